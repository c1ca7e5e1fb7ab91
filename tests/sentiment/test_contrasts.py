"""The rules as a whole on own minimal pairs: the first of a pair scores higher, and so do most of them by label."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from textmine.sentiment.clauses import score_clauses
from textmine.sentiment.model import SentimentModel
from textmine.sentiment.score import score_sentiment

PAIRS = {
    "turn": [
        ("起初嫌吵，后来睡得香", "起初睡得香，后来嫌吵"),
        ("包装破了，好在杯子完好", "杯子完好，可惜包装破了"),
        ("以为要排长队，没想到一下就轮到", "本来图它划算，没想到一直排长队"),
    ],
    "remedy": [("水管坏了，当晚就来人修好了", "水管坏了，到今晚都没人修")],
    "staff": [
        ("店员说可能会缩水，洗完却很合身", "店员说绝对合身，洗完却缩水了"),
        ("客服说要等一周，第二天就到我手里", "客服说第二天就到，等了一周才到"),
        ("中介说走路半小时，我走了五分钟", "中介说走路五分钟，我走了半小时"),
    ],
    "comparison": [
        ("隔壁那家不如这家干净", "这家不如隔壁那家干净"),
        ("别家冷冰冰，这家很热情", "别家很热情，这家冷冰冰"),
    ],
    "rhetorical": [
        ("这么新鲜的菜，谁不想再来", "这么脏的桌子，谁还敢来"),
        ("修得这么好，上哪儿找这样的师傅", "修得这么差，凭什么收我钱"),
    ],
    "irony": [("佩服，一个人就把事办好了", "佩服，三个人都把事办砸了")],
    "suggestion": [
        ("提的意见真的改了，点赞", "提的意见石沉大海，至今没改"),
        ("建议大家早点来，晚了没位子", "建议老板先尝尝自己做的面"),
    ],
    "double negation": [
        ("没有一个月不想来这儿", "没有一个月让人满意"),
        ("物业从没推脱过", "物业从没爽快过"),
        ("不夸两句都过意不去", "不投诉两句都睡不着"),
    ],
    "degree": [("肉炖得正够味", "肉炖得太硬咬不动"), ("声音大小正合适", "声音吵得没法睡")],
    "typos": [("炒鸡稀饭，灰常好", "灰常失忘，辣鸡"), ("不愧是好平多的店", "叉评，质量太茶")],
    "emoji": [("师傅刚走[肌肉]", "师傅刚走[蜗牛]"), ("客服回我了[红心]", "客服回我了[白眼]")],
}


@pytest.fixture(scope="module")
def rules(bundle: Path, vocabulary: Path, tmp_path_factory: pytest.TempPathFactory) -> SentimentModel:
    folder = tmp_path_factory.mktemp("rules")
    shutil.copytree(bundle, folder, dirs_exist_ok=True)
    shutil.copy(vocabulary / "constructions.toml", folder)
    return SentimentModel.load(folder)


@pytest.mark.parametrize("kind", PAIRS)
def test_the_better_sentence_of_a_pair_scores_higher(
    rules: SentimentModel, cut_texts: Callable[[Sequence[str]], pa.Table], kind: str
) -> None:
    tokens = cut_texts([text for pair in PAIRS[kind] for text in pair])
    documents = pd.DataFrame({"validity": ["ok"] * 2 * len(PAIRS[kind])})
    scores = score_sentiment(documents, tokens, score_clauses(tokens, model=rules), model=rules)["sentiment_score"].to_numpy()
    assert (scores[::2] > scores[1::2]).all(), list(zip(PAIRS[kind], scores[::2], scores[1::2], strict=True))
    assert (scores[::2] > 0).mean() + (scores[1::2] < 0).mean() >= 1.5

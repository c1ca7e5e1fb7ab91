import importlib
import importlib.util
import itertools
import math
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import spearmanr

from textmine.errors import BundleError
from textmine.sentiment.model import SentimentModel
from textmine.sentiment.snownlp_bayes import SnowNlpBayes

WHO = [
    "这家店",
    "客服小王",
    "昨天订的房间",
    "新买的耳机",
    "楼下那家面馆",
    "快递师傅",
    "这本小说",
    "公司的报销系统",
    "阳台上的洗衣机",
    "孩子的书包",
    "2024年的旧手机",
    "A座3楼的前台",
]
WHAT = [
    "真的很好，下次还来！",
    "让人失望透顶。",
    "一般般吧…",
    "又快又便宜~",
    "用了两天就坏了？？",
    "质量不错 但是 有点贵",
    "没有说明书，不会用",
    "完全不值这个价!!!",
    "比想象中漂亮得多",
    "气味刺鼻，孩子头晕",
    "服务周到、热情，给个赞👍",
    "打了3次电话，都没人接",
    "good quality, 推荐",
    "嗯",
    "尺寸偏小，已经退货",
    "非常安静，睡得很香",
    "功能齐全，操作也简单",
    "等了一个小时，菜全凉了",
]
SENTENCES = [who + what for who, what in itertools.product(WHO, WHAT)]

SMALL = SnowNlpBayes(
    words=pa.array(["好", "差", "耐", "脏", "的"]),
    log_ratio=np.array([1.0, -2.0, 0.5, -0.7, 0.0]),
    log_frequency=np.log([0.2, 0.2, 0.1, 0.1, 0.4]),
    unknown=-0.1,
    prior=0.25,
)


def _table(*documents: Sequence[str]) -> pa.Table:
    pairs = [(doc, word) for doc, document in enumerate(documents) for word in document]
    docs, words = [doc for doc, _ in pairs], [word for _, word in pairs]
    return pa.table({"doc": pa.array(docs, pa.int32()), "token": pa.array(words, pa.string())})


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))


@pytest.fixture(scope="module")
def snownlp() -> Iterator[Any]:
    """SnowNLP's sentiment module alone: the package itself would load every model it has."""
    spec = importlib.util.find_spec("snownlp")
    assert spec is not None and spec.submodule_search_locations is not None
    package = types.ModuleType("snownlp")
    package.__path__ = list(spec.submodule_search_locations)
    sys.modules["snownlp"] = package
    yield importlib.import_module("snownlp.sentiment")
    for name in [name for name in sys.modules if name.split(".")[0] == "snownlp"]:
        del sys.modules[name]


def test_the_score_is_the_sigmoid_of_prior_and_word_weights() -> None:
    score = SMALL.score(_table(["好", "的", "天"], ["差"]), n_documents=3)
    assert score.tolist() == pytest.approx([_sigmoid(0.25 + 1.0 + 0.0 - 0.1), _sigmoid(0.25 - 2.0), _sigmoid(0.25)])


def test_an_unknown_word_is_cut_into_known_ones_on_request() -> None:
    ratios = SMALL.log_ratios(_table(["耐脏", "好耐脏", "耐天", "ok"]), recut=True)
    assert ratios.tolist() == pytest.approx([0.5 - 0.7, 1.0 + 0.5 - 0.7, 0.5 - 0.1, -0.1])
    assert SMALL.log_ratios(_table(["耐脏"])).tolist() == [-0.1]


def test_a_very_long_text_neither_overflows_nor_leaves_the_range() -> None:
    assert SMALL.score(_table(["差"] * 100_000, ["好"] * 100_000), n_documents=2).tolist() == pytest.approx([0.0, 1.0])


@given(st.lists(st.lists(st.sampled_from(["好", "差", "耐脏", "天地", "x"]), max_size=6), max_size=6), st.integers(0, 6))
def test_splitting_the_documents_changes_no_score(documents: list[list[str]], at: int) -> None:
    whole = SMALL.score(_table(*documents), n_documents=len(documents), recut=True)
    parts = [documents[:at], documents[at:]]
    assert whole.tolist() == [s for part in parts for s in SMALL.score(_table(*part), n_documents=len(part), recut=True).tolist()]


def test_a_saved_model_loads_equal_small_and_the_same_bytes_each_time(model: SentimentModel, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    model.bayes.save(tmp_path)
    loaded = SnowNlpBayes.load(tmp_path)
    loaded.save(tmp_path / "again")
    content = (tmp_path / "snownlp.npz").read_bytes()
    assert loaded.words.equals(model.bayes.words)
    assert np.array_equal(loaded.log_ratio, model.bayes.log_ratio)
    assert (loaded.unknown, loaded.prior) == (model.bayes.unknown, model.bayes.prior)
    assert content == (tmp_path / "again" / "snownlp.npz").read_bytes()
    assert len(content) < 2_000_000


def test_a_file_that_is_missing_broken_or_holds_pickles_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BundleError):
        SnowNlpBayes.load(tmp_path)
    (tmp_path / "snownlp.npz").write_bytes(b"PK\x03\x04 cut off")
    with pytest.raises(BundleError):
        SnowNlpBayes.load(tmp_path)
    np.savez(tmp_path / "snownlp.npz", words=np.array([object()], dtype=object))
    with pytest.raises(BundleError):
        SnowNlpBayes.load(tmp_path)


def test_arrays_of_different_lengths_are_refused(tmp_path: Path) -> None:
    SnowNlpBayes(SMALL.words, SMALL.log_ratio[:-1], SMALL.log_frequency, -0.1, 0.25).save(tmp_path)
    with pytest.raises(BundleError, match="length"):
        SnowNlpBayes.load(tmp_path)


@pytest.mark.slow
def test_on_snownlps_own_words_the_score_is_snownlps_own(model: SentimentModel, snownlp: Any) -> None:
    own_words = [[*_own_words(snownlp, sentence)] for sentence in SENTENCES]
    compiled = model.bayes.score(_table(*own_words), n_documents=len(SENTENCES))
    assert len(SENTENCES) >= 200
    assert np.abs(compiled - [snownlp.classify(sentence) for sentence in SENTENCES]).max() < 1e-9


def _own_words(snownlp: Any, sentence: str) -> list[str]:
    return sys.modules["snownlp.seg"].seg(sentence)  # stop words included: the compiled model must ignore them itself


@pytest.mark.slow
def test_on_jiebas_words_it_ranks_and_sides_like_snownlp(
    model: SentimentModel, snownlp: Any, shared: Path, cut_texts: Callable[[Sequence[str]], pa.Table]
) -> None:
    texts = pd.read_parquet(shared / "data" / "reviews.parquet")["text"].sample(2000, random_state=7).tolist()
    ours = model.bayes.score(cut_texts(texts), n_documents=len(texts), recut=True)
    theirs = np.array([snownlp.classify(text) for text in texts])
    assert spearmanr(ours, theirs).statistic >= 0.94
    assert ((ours > 0.5) == (theirs > 0.5)).mean() >= 0.91

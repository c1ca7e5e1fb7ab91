"""The shipped words on real texts, and on texts written for the borders of the guideline."""

from __future__ import annotations

import pandas as pd
import pytest

from textmine.categories.categories import assign_categories
from textmine.categories.flags import FLAGS
from textmine.categories.intent import assign_intent
from textmine.categories.vocabulary import read_flags, read_intents
from textmine.tables import INTENTS
from textmine.taxonomy import read_taxonomy
from textmine.text.phrases import PhraseMatcher


@pytest.fixture(scope="module")
def rules(request):
    folder = request.config.rootpath / "src" / "textmine" / "vocabulary"
    taxonomy = read_taxonomy(folder / "taxonomy.toml")
    intents, flags = read_intents(folder / "intents.toml", codes=INTENTS), read_flags(folder / "flags.toml", codes=FLAGS)
    return taxonomy, flags, PhraseMatcher([*taxonomy.phrases(), *intents.phrases(), *flags.phrases()])


def _documents(texts) -> pd.DataFrame:
    rows = len(texts)
    plain = {"text": pd.Series(list(texts), dtype="str"), "validity": pd.Series(["ok"] * rows, dtype="str")}
    notes = pd.Series([[] for _ in range(rows)], dtype="object")
    return pd.DataFrame(plain | {"staff_text": pd.Series([None] * rows, dtype="str"), "notes": notes})


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("骑手进门就吼人，态度恶劣", {"logistics", "service"}),
        ("写了不要蒜，不看备注", {"service", "product"}),
        ("等到手里面条都坨了", {"logistics", "product"}),
        ("这瓶面霜是假货", {"safety", "product"}),
        ("平板玩十分钟就发烫", {"product"}),
        ("更新之后一打开就闪退", {"technical"}),
        ("宾馆的wifi每晚都断网", {"technical", "environment"}),
        ("隔音差，楼道整夜有人说话", {"environment"}),
        ("工厂已经三个月拖欠工资", {"safety"}),
        ("想问户口不在本市的孩子怎么落户", {"other"}),
        ("吃完半夜拉肚子", {"safety"}),
        ("外箱没有破损", {"logistics"}),
    ],
)
def test_the_borders_of_the_guideline_hold(rules, text, needed) -> None:
    taxonomy, _, matcher = rules
    found = assign_categories(_documents([text]), matcher.find([text]), taxonomy=taxonomy)
    assert needed <= set(found["categories"][0])


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("说好三天上门，结果一周没人来", "promise_not_kept"),
        ("售后和物流互相推诿", "passed_between_departments"),
        ("这事我已经多次反映", "repeat_complaint"),
        ("下个月就携号转网", "churn_risk"),
        ("效果超出预期", "expectation_exceeded"),
        ("滤网没有想象中那么好", "expectation_missed"),
        ("维修工走之前让我给好评", "leading_prompt"),
    ],
)
def test_the_words_of_a_flag_raise_it(rules, text, flag) -> None:
    hits = rules[2].find([text])
    assert flag in set(hits.loc[hits["list"].eq("flag") & ~hits["negated"], "label"].astype(str))


@pytest.mark.parametrize("text", ["大家都说好，不过我没去", "再也不用担心停电了", "衣服很好，给五星", "没有踢皮球"])
def test_look_alikes_raise_no_flag(rules, text) -> None:
    hits = rules[2].find([text])
    assert hits[hits["list"].eq("flag") & ~hits["negated"]].empty


def test_primary_category_and_intent_of_the_analyst_gold_set(rules, shared) -> None:
    gold = pd.read_parquet(shared / "data" / "gold_dev.parquet")
    documents, hits = _documents(gold["text"]), rules[2].find(gold["text"])
    categories = assign_categories(documents, hits, taxonomy=rules[0])
    intents = assign_intent(documents, hits, gold[["sentiment"]])
    assert (categories["primary_category"] == gold["primary"]).mean() >= 0.70
    assert (intents["intent"] == gold["intent"]).mean() >= 0.88

"""The contrast suite itself: whole pairs, balanced kinds, and no way through it by counting words.

The two baselines are the reason for the suite: a model that only counts words cannot pass it. Nothing here looks at a
model of textmine.
"""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import rjieba
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import make_pipeline, make_union
from threadpoolctl import threadpool_limits

FOLDER = Path(__file__).parent
FILES = ["frozen", "open"]
KINDS = ["negation", "double_negation", "turn", "degree", "comparison", "rhetorical", "suggestion", "irony_with_cues",
         "staff_words", "emoji", "typos_homophones", "numbers"]  # fmt: skip
SENTIMENTS = ["neg", "neu", "pos"]
KEYS = {"id", "pair", "kind", "text", "sentiment"}
BAG_OF_WORDS_LIMIT = 0.75

POSITIVE = ["好", "满意", "喜欢", "舒服", "方便", "快", "便宜", "划算", "惊喜", "干净", "清楚", "安静", "新鲜", "负责", "贴心",
            "放心", "推荐", "厉害", "感谢", "赞", "免费", "值"]  # fmt: skip
NEGATIVE = ["差", "不", "失望", "后悔", "难吃", "慢", "贵", "坏", "吵", "卡", "闪退", "拖", "骗", "坑", "累", "垃", "毛病", "亏",
            "没有", "麻烦", "生气", "吐"]  # fmt: skip


def read(name):
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def files():
    return {name: read(name) for name in FILES}


@pytest.fixture(scope="module")
def cases(files):
    return [case for name in FILES for case in files[name]]


def pairs(cases):
    whole = {}
    for case in cases:
        whole.setdefault(case["pair"], []).append(case)
    return whole


def test_every_case_has_the_declared_keys_and_allowed_values(cases):
    for case in cases:
        assert set(case) - {"note"} == KEYS, case["id"]
        assert case["kind"] in KINDS, case["id"]
        assert case["sentiment"] in SENTIMENTS, case["id"]
        assert 6 <= len(case["text"]) <= 40, case["id"]
        assert case["text"] == case["text"].strip(), case["id"]
        assert case.get("note", "-").strip(), case["id"]


def test_an_id_is_its_pair_and_a_letter_and_a_pair_is_its_kind_and_a_number(cases):
    for name, members in pairs(cases).items():
        kind, _, number = name.rpartition("-")
        assert [case["id"] for case in members] == [name + letter for letter in "abc"[: len(members)]]
        assert {case["kind"] for case in members} == {kind}
        assert number.isdigit()


def test_there_are_enough_cases_of_every_kind(files, cases):
    assert len(cases) >= 300
    assert set(Counter(case["kind"] for case in cases)) == set(KINDS)
    assert min(Counter(case["kind"] for case in cases).values()) >= 25
    for name in FILES:
        assert min(Counter(case["kind"] for case in files[name])[kind] for kind in KINDS) >= 12, name


def test_negative_and_positive_are_about_equal_in_every_kind_of_every_file(files):
    for name in FILES:
        for kind in KINDS:
            count = Counter(case["sentiment"] for case in files[name] if case["kind"] == kind)
            assert abs(count["neg"] - count["pos"]) <= 2, (name, kind, count)


def test_a_pair_is_whole_in_one_file_and_its_labels_differ(files):
    frozen, opened = (pairs(files[name]) for name in FILES)
    assert not set(frozen) & set(opened)
    for name, members in (frozen | opened).items():
        assert len(members) >= 2, name
        assert len({case["sentiment"] for case in members}) == len(members), name


def test_the_texts_of_a_pair_share_at_least_half_of_their_characters(cases):
    for name, members in pairs(cases).items():
        for left, right in combinations([Counter(case["text"]) for case in members], 2):
            assert (left & right).total() >= 0.5 * min(left.total(), right.total()), name


def test_no_text_stands_twice_in_a_file_or_in_both(cases):
    twice = [text for text, n in Counter(case["text"] for case in cases).items() if n > 1]
    assert twice == []


def test_the_readme_has_an_open_example_of_every_kind_and_no_frozen_text(files):
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for kind in KINDS:
        row = next(line for line in readme.splitlines() if line.startswith(f"| `{kind}` |"))
        assert any(f"{case['sentiment']} {case['text']}" in row for case in files["open"] if case["kind"] == kind), kind
    assert [case["id"] for case in files["frozen"] if case["text"] in readme] == []


@pytest.mark.slow
def test_a_trained_bag_of_words_fails_on_pairs_it_has_not_seen(cases):
    features = make_union(
        CountVectorizer(analyzer="char", ngram_range=(1, 2)),
        CountVectorizer(analyzer=rjieba.cut),
    )
    with threadpool_limits(1):  # so small a problem takes twenty times longer on the threads of a busy machine
        predicted = cross_val_predict(
            make_pipeline(features, LogisticRegression(max_iter=500)),
            [case["text"] for case in cases],
            [case["sentiment"] for case in cases],
            groups=[case["pair"] for case in cases],
            cv=GroupKFold(n_splits=10),
        )
    assert accuracy(predicted, cases) < BAG_OF_WORDS_LIMIT


@pytest.mark.parametrize("tie", SENTIMENTS)
def test_counting_plain_words_fails_whatever_a_tie_is_taken_for(cases, tie):
    scores = [sum(map(case["text"].count, POSITIVE)) - sum(map(case["text"].count, NEGATIVE)) for case in cases]
    predicted = np.select([np.sign(scores) > 0, np.sign(scores) < 0], ["pos", "neg"], tie)
    assert accuracy(predicted, cases) < BAG_OF_WORDS_LIMIT


def accuracy(predicted, cases):
    return float(np.mean(np.array(predicted) == [case["sentiment"] for case in cases]))

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.priority.score import score_terms
from textmine.priority.terms import TERMS, listed_values
from textmine.tables import PRIORITIES

NEUTRAL = {
    "sentiment": "neu",
    "sentiment_score": 0.0,
    "intent": "statement",
    "categories": ["other"],
    "flags": [],
    "rating": None,
    "nps": None,
    "votes": None,
    "customer_value": None,
    "red_lines": [],
}
ANGRY = {"sentiment": "neg", "sentiment_score": -0.9, "intent": "complaint"}
QUIET = {"burst": 0.0, "repeat": 0.0, "reach": 0.0, "duplicate": 0.0}


def frame(*rows: dict) -> pd.DataFrame:
    table = pd.DataFrame([{**NEUTRAL, **row} for row in rows])
    numbers = {"rating": "float64", "nps": "float64", "customer_value": "float64", "votes": "Int64", "sentiment_score": "float64"}
    return table.astype(numbers)


def scored(policy, *rows: dict, history: dict | None = None) -> pd.DataFrame:
    return score_terms(frame(*rows), pd.DataFrame([{**QUIET, **(history or {})}] * len(rows)), policy=policy)


def only(policy, row: dict, term: str, history: dict | None = None) -> float:
    return dict(scored(policy, row, history=history)["priority_terms"][0])[term]


def test_the_values_of_flags_are_added(policy):
    values = policy.values.flag
    amount = policy.weights.flag * (values["promise_not_kept"] + values["churn_risk"])
    assert only(policy, {"flags": ["promise_not_kept", "churn_risk"]}, "flag") == pytest.approx(amount, abs=1e-4)


def test_praise_without_an_issue_is_p3(policy):
    praise = {"sentiment": "pos", "sentiment_score": 0.9, "intent": "praise", "categories": ["product"]}
    assert scored(policy, praise)["priority"].tolist() == ["P3"]


def test_a_plain_complaint_is_p2_and_one_about_safety_in_urgent_words_p1(policy):
    calm, pressing = {**ANGRY, "learned_urgency": 0.1}, {**ANGRY, "learned_urgency": 0.6}
    result = scored(policy, {**calm, "categories": ["product"]}, {**pressing, "categories": ["product", "safety"]})
    assert result["priority"].tolist() == ["P2", "P1"]
    weights = policy.weights
    plain = weights.severity * 0.9 + weights.intent * policy.values.intent["complaint"]
    values = policy.values.category  # only the highest of the categories counts
    amounts = zip(("product", "safety"), (0.1, 0.6), strict=True)
    expected = [plain + weights.category * values[code] + weights.learned_urgency * value for code, value in amounts]
    assert result["priority_score"].tolist() == [round(score, 4) for score in expected]


def test_inquiries_and_suggestions_are_p2(policy):
    assert scored(policy, {"intent": "inquiry"}, {"intent": "suggestion"})["priority"].tolist() == ["P2", "P2"]


def test_a_red_line_lifts_to_its_level_and_never_lowers(policy):
    rows = [{"red_lines": ["illness"]}, {"red_lines": ["fraud"]}, {"red_lines": ["fraud", "illness"]}, {"red_lines": None}]
    assert scored(policy, *rows)["priority"].tolist() == ["P0", "P1", "P0", "P3"]


def test_p0_is_for_red_lines_alone(policy):
    worst = {**ANGRY, "sentiment_score": -1.0, "categories": ["safety"], "flags": ["repeat_complaint", "promise_not_kept"]}
    worst |= {"rating": 1, "nps": 0, "votes": 10**6, "customer_value": 1e9}
    everything = {"burst": 99.0, "repeat": 99.0, "reach": 9999.0}
    assert scored(policy, worst, history=everything)["priority"].tolist() == ["P1"]


def test_rows_beyond_the_cap_are_at_best_p2_red_lines_included(policy):
    rows = [{"red_lines": ["illness"]}, {**ANGRY, "categories": ["safety"]}, {"intent": "praise"}]
    assert scored(policy, *rows, history={"duplicate": 1.0})["priority"].tolist() == ["P2", "P2", "P3"]


@pytest.mark.parametrize(
    ("row", "history", "term", "value"),
    [
        ({"sentiment_score": -0.7}, {}, "severity", 0.7),
        ({"sentiment_score": 0.7}, {}, "severity", 0.0),
        ({"intent": "praise", "categories": ["safety"]}, {}, "category", 0.0),
        ({"rating": 1}, {}, "rating", 1.0),
        ({"rating": 2}, {}, "rating", 0.5),
        ({"rating": 5}, {}, "rating", 0.0),
        ({"nps": 0}, {}, "nps", 1.0),
        ({"nps": 9}, {}, "nps", 0.0),
        ({"votes": 100}, {}, "votes", 1.0),
        ({"customer_value": 5000.0}, {}, "customer_value", 0.5),
        ({"flags": ["promise_not_kept", "repeat_complaint"]}, {}, "flag", 1.0),
        ({"flags": ["a_flag_nobody_weighed"]}, {}, "flag", 0.0),
        ({}, {"burst": 3.0}, "burst", 0.5),
        ({}, {"repeat": 9.0}, "repeat", 1.0),
        ({}, {"reach": 200.0}, "reach", 1.0),
        ({}, {"duplicate": 1.0}, "duplicate", 1.0),
        ({"worst_clause": -0.5}, {}, "flaw", 0.5),
        ({"worst_clause": -0.5, "sentiment": "neg"}, {}, "flaw", 0.0),
        ({"worst_clause": None}, {}, "flaw", 0.0),
        ({"learned_urgency": 0.25}, {}, "learned_urgency", 0.25),
    ],
)
def test_each_term_is_weight_times_value(policy, row, history, term, value):
    assert only(policy, row, term, history) == round(getattr(policy.weights, term) * value, 4)


def test_a_row_that_is_not_scored_is_p3_with_all_terms(policy):
    unscored = {
        "learned_urgency": 0.0,
        "sentiment": None,
        "sentiment_score": None,
        "intent": None,
        "categories": None,
        "flags": None,
        "rating": 4,
    }
    result = scored(policy, unscored)
    assert result["priority"].tolist() == ["P3"]
    assert dict(result["priority_terms"][0]) == dict.fromkeys(TERMS, 0.0)


NUMBER = st.floats(-1, 1, allow_nan=False)
ROW = {
    "sentiment": st.sampled_from(["neg", "neu", "pos", None]),
    "sentiment_score": NUMBER,
    "worst_clause": NUMBER,
    "learned_urgency": st.floats(0, 1).map(lambda value: round(value, 4)),
    "intent": st.sampled_from(["complaint", "inquiry", "praise", None]),
    "categories": st.lists(st.sampled_from(["safety", "service", "other", "unknown"]), max_size=3),
    "flags": st.lists(st.sampled_from(["churn_risk", "promise_not_kept", "unknown"]), max_size=3),
    "rating": st.one_of(st.none(), st.floats(1, 5)),
    "nps": st.one_of(st.none(), st.floats(0, 10)),
    "votes": st.one_of(st.none(), st.integers(0, 10**7)),
    "customer_value": st.one_of(st.none(), st.floats(0, 1e7)),
    "red_lines": st.lists(st.sampled_from(["illness", "fraud"]), max_size=2, unique=True),
}
COUNTS = {
    "burst": st.floats(0, 50),
    "repeat": st.integers(0, 30),
    "reach": st.integers(0, 5000),
    "duplicate": st.sampled_from([0.0, 1.0]),
}


@settings(deadline=None, max_examples=12)
@given(st.lists(st.tuples(st.fixed_dictionaries(ROW), st.fixed_dictionaries(COUNTS)), min_size=1, max_size=8))
def test_anyone_can_recompute_score_and_priority_from_the_published_columns(policy, drawn):
    rows, history = frame(*(row for row, _ in drawn)), pd.DataFrame([counts for _, counts in drawn]).astype("float64")
    result = score_terms(rows, history, policy=policy)
    levels = {line.code: line.level for line in policy.red_line}
    for at in range(len(rows)):
        terms = dict(result["priority_terms"][at])
        assert list(terms) == list(TERMS)
        score = round(sum(terms.values()), 4)
        assert score == result["priority_score"][at]
        by_score = (
            "P1"
            if score >= policy.cuts.lowest_p1(learned="learned_urgency" in terms)
            else "P2"
            if score >= policy.cuts.P2
            else "P3"
        )
        level = min([by_score, *(levels[code] for code in rows["red_lines"][at])])
        if terms["duplicate"] < 0:
            level = max(level, policy.caps.priority)
        assert result["priority"][at] == level
        assert level in PRIORITIES


@pytest.mark.slow
@settings(deadline=None, max_examples=30)
@given(st.lists(st.tuples(st.fixed_dictionaries(ROW), st.fixed_dictionaries(COUNTS)), min_size=2, max_size=8), st.data())
def test_chunks_give_what_the_whole_gives(policy, drawn, data):
    rows, history = frame(*(row for row, _ in drawn)), pd.DataFrame([counts for _, counts in drawn]).astype("float64")
    cut = data.draw(st.integers(1, len(rows) - 1))
    whole = score_terms(rows, history, policy=policy)
    parts = [
        score_terms(rows.iloc[part].reset_index(drop=True), history.iloc[part], policy=policy)
        for part in (slice(0, cut), slice(cut, None))
    ]
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)


def test_lists_may_be_python_lists_arrow_lists_or_missing():
    lists = pd.Series([["a", "b"], None, [], ["b", "x"]], dtype="object")
    worth = {"a": 1.0, "b": 0.5}
    expected = [1.5, 0.0, 0.0, 0.5]
    assert listed_values(lists, worth, ufunc=np.add).tolist() == expected
    arrow = pd.Series(pd.arrays.ArrowExtensionArray(pa.array(lists.tolist())))
    assert listed_values(arrow, worth, ufunc=np.add).tolist() == expected
    assert listed_values(pd.Series([None, None], dtype="object"), worth, ufunc=np.add).tolist() == [0.0, 0.0]

"""The learned urgency: a calibrated probability, a term only where the policy weighs it, never the way to P0."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.priority.test_score import ANGRY, QUIET, frame
from textmine.errors import BundleError, ConfigError
from textmine.heads.model import LinearHeads
from textmine.heads.score import HeadScores
from textmine.policy import Policy
from textmine.priority.score import score_terms
from textmine.priority.urgency import FILE, HEAD, UrgencyModel, load_urgency, shown_urgency, tell_urgency

HEADS = LinearHeads.of((HEAD,), np.eye(2, 1), [0.0])


def weighed(policy: Policy, weight: float) -> Policy:
    return policy.model_copy(update={"weights": policy.weights.model_copy(update={"learned_urgency": weight})})


def scored(policy: Policy, *rows: dict) -> pd.DataFrame:
    return score_terms(frame(*rows), pd.DataFrame([QUIET] * len(rows)), policy=policy)


def test_the_value_is_a_probability_to_four_decimals_and_rises_with_the_score():
    value = UrgencyModel(2.0, 0.0).value(np.array([-99.0, 0.0, 0.5, 99.0]))
    assert value.tolist() == [0.0, 0.5, 0.7311, 1.0]


def test_a_text_that_is_not_scored_is_not_urgent_and_words_are_shown_from_a_half():
    heads = HeadScores((HEAD,), np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros((0, 1)), np.array([[3.0], [3.0], [-3.0]]))
    values = tell_urgency(heads, scored=np.array([True, False, True]), model=UrgencyModel(1.0, 0.0))
    assert values.tolist() == [0.9526, 0.0, 0.0474]
    shown = shown_urgency(values)
    assert shown[0] == "urgent"
    assert shown[1:].isna().all()


def test_the_term_is_weight_times_value_and_none_for_praise(policy):
    rows = [{"learned_urgency": 0.4}, {"learned_urgency": 0.4, "intent": "praise"}, {"learned_urgency": None}]
    terms = [dict(cell)["learned_urgency"] for cell in scored(weighed(policy, 1.5), *rows)["priority_terms"]]
    assert terms == [0.6, 0.0, 0.0]


def test_without_weight_or_without_a_value_there_is_no_term_and_the_rest_stays(policy):
    plain = scored(weighed(policy, 1.5), ANGRY)
    unweighed = scored(weighed(policy, 0.0), {**ANGRY, "learned_urgency": 0.9})
    for result in (plain, unweighed):
        assert "learned_urgency" not in dict(result["priority_terms"][0])
    assert plain["priority_score"].tolist() == unweighed["priority_score"].tolist()


def test_words_alone_lift_no_row_to_p0_however_much_they_weigh(policy):
    result = scored(weighed(policy, 99.0), {"learned_urgency": 1.0}, {**ANGRY, "learned_urgency": 1.0})
    assert result["priority"].tolist() == ["P1", "P1"]


def test_the_shipped_policy_lets_no_statement_become_p1_by_its_words_alone(policy):
    assert scored(policy, {"learned_urgency": 1.0})["priority"].tolist() == ["P2"]


def test_rows_without_the_term_are_cut_lower_since_they_score_lower(policy):
    cuts = policy.cuts.model_copy(update={"P1": 2.0, "P1_without": 1.0, "P2": 0.5})
    numbers = policy.model_copy(update={"cuts": cuts})
    middling = {"sentiment": "neg", "sentiment_score": -0.5, "intent": "complaint"}
    assert 1.0 < scored(numbers, middling)["priority_score"][0] < 2.0
    assert scored(numbers, middling)["priority"].tolist() == ["P1"]
    assert scored(weighed(numbers, 0.1), {**middling, "learned_urgency": 0.0})["priority"].tolist() == ["P2"]
    same = numbers.model_copy(update={"cuts": cuts.model_copy(update={"P1_without": None})})
    assert scored(same, middling)["priority"].tolist() == ["P2"]


def test_a_bundle_without_the_file_has_no_learned_urgency_and_one_with_it_reads_it(tmp_path: Path):
    assert load_urgency(tmp_path, heads=HEADS) is None
    (tmp_path / FILE).write_text(json.dumps(UrgencyModel(4.5, -1.0).plain()), "utf-8")
    assert load_urgency(tmp_path, heads=HEADS) == UrgencyModel(4.5, -1.0)


@pytest.mark.parametrize(
    ("text", "heads", "error"),
    [
        ("{", HEADS, BundleError),
        ('{"slope": 1.0}', HEADS, ConfigError),
        ('{"slope": "steep", "offset": 0}', HEADS, BundleError),
        ('{"slope": -1.0, "offset": 0}', HEADS, BundleError),
        ('{"slope": 1.0, "offset": 0}', LinearHeads.none(), BundleError),
    ],
)
def test_a_broken_file_or_a_missing_head_is_refused(tmp_path: Path, text: str, heads: LinearHeads, error: type[Exception]):
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(error):
        load_urgency(tmp_path, heads=heads)

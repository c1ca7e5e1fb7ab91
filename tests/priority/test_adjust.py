from __future__ import annotations

import numpy as np
import pandas as pd

from tests.priority.test_score import ANGRY, QUIET, frame
from textmine.priority.adjust import break_down, levels, numbers_of
from textmine.priority.score import score_terms
from textmine.tables import PRIORITIES

ROWS = (
    {},
    {**ANGRY, "categories": ["product", "safety"], "flags": ["churn_risk", "promise_not_kept"], "cues": ["remedy", "again"]},
    {"intent": "praise", "sentiment": "pos", "categories": ["safety"], "cues": ["remedy"]},
    {"intent": "inquiry", "red_lines": ["illness"], "cues": ["hazard", "hazard", "hazard"]},
    {**ANGRY, "red_lines": ["fraud"], "rating": 1.0, "votes": 30},
)


def test_score_and_level_are_those_of_the_product(policy):
    rows = frame(*({"cues": [], "learned_urgency": 0.3, **row} for row in ROWS))
    history = pd.DataFrame([{**QUIET, "burst": 2.0}] * len(ROWS))
    basis, numbers = break_down(rows, history, policy=policy), numbers_of(policy)
    scored = score_terms(rows, history, policy=policy)
    score = basis.score(numbers)
    assert np.abs(score - scored["priority_score"]).max() < 2e-4
    level = levels(basis, score, p1=policy.cuts.P1, p2=policy.cuts.P2)
    assert [PRIORITIES[at] for at in level] == scored["priority"].tolist()


def test_other_numbers_give_another_score(policy):
    rows, history = frame({**ANGRY}), pd.DataFrame([QUIET])
    numbers = numbers_of(policy)
    heavier = numbers | {("weights", "severity"): numbers["weights", "severity"] + 1}
    basis = break_down(rows, history, policy=policy)
    assert round(float(basis.score(heavier)[0] - basis.score(numbers)[0]), 4) == 0.9

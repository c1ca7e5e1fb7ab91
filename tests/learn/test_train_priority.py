from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from textmine.learn.train_priority import ASKING, Aim, cross_validate, figures_of, fit_policy
from textmine.policy import read_policy
from textmine.priority.adjust import break_down, levels, numbers_of


@pytest.fixture(scope="module")
def policy(vocabulary: Path):
    return read_policy(vocabulary / "policy.toml")


def rows_of(policy, n: int = 240):
    """Complaints: those with a demand are urgent, whatever they are about; those of ``price`` without one are not."""
    demand = np.arange(n) % 3 == 0
    praise = np.arange(n) % 4 == 1
    rows = pd.DataFrame(
        {
            "sentiment": np.where(praise, "pos", "neg"),
            "sentiment_score": np.where(praise, 0.8, -0.6),
            "intent": np.where(praise, "praise", "complaint"),
            "categories": [["price"]] * n,
            "flags": [[]] * n,
            "cues": [["remedy"] if asked else [] for asked in demand],
            "red_lines": [[]] * n,
            **dict.fromkeys(("rating", "nps", "votes", "customer_value"), np.nan),
        }
    )
    truth = np.where(praise, 3, np.where(demand, 1, 2)).astype(np.int64)
    quiet = pd.DataFrame(0.0, index=rows.index, columns=["burst", "repeat", "reach", "duplicate"])
    return break_down(rows, quiet, policy=policy), truth


def test_the_fit_finds_what_makes_rows_urgent(policy):
    basis, truth = rows_of(policy)
    numbers = fit_policy(basis, truth, start=numbers_of(policy))
    found = levels(basis, basis.score(numbers), p1=numbers["cuts", "P1"], p2=numbers["cuts", "P2"])
    assert figures_of(found, truth).accuracy == figures_of(found, truth).recall == 1.0


def test_numbers_have_two_decimals_and_only_those_of_the_texts_move(policy):
    basis, truth = rows_of(policy)
    start = numbers_of(policy)
    numbers = fit_policy(basis, truth, start=start)
    assert set(numbers) == set(start)
    assert all(round(value, 2) == value for value in numbers.values())
    still = ("rating", "nps", "votes", "customer_value", "burst", "repeat", "reach", "duplicate")
    assert all(numbers["weights", term] == start["weights", term] for term in still)


def test_every_intent_that_asks_for_something_stays_p2_and_none_outweighs_a_complaint(policy):
    basis, truth = rows_of(policy)
    numbers = fit_policy(basis, np.where(truth == 2, 3, truth), start=numbers_of(policy))
    amounts = [numbers["weights", "intent"] * numbers["values", "intent", code] for code in ASKING]
    assert min(amounts) >= numbers["cuts", "P2"] > 0
    assert max(amounts) == amounts[0]


def test_the_same_rows_give_the_same_numbers(policy):
    basis, truth = rows_of(policy)
    assert fit_policy(basis, truth, start=numbers_of(policy)) == fit_policy(basis, truth, start=numbers_of(policy))


def test_a_stronger_hold_moves_less(policy):
    basis, truth = rows_of(policy)
    start = numbers_of(policy)

    def moved(hold: float) -> float:
        numbers = fit_policy(basis, truth, start=start, aim=Aim(hold=hold))
        return sum(abs(numbers[key] - start[key]) for key in start if key[0] != "cuts")

    assert moved(2000.0) < moved(1.0)


def test_cross_validation_counts_each_row_once(policy):
    basis, truth = rows_of(policy)
    fold = np.arange(len(truth)) // 80
    figures = cross_validate(basis, truth, (fold == part for part in range(3)), start=numbers_of(policy))
    assert figures.n == len(truth)
    assert figures.accuracy > 0.95


def test_figures_of_priorities_that_a_reader_can_count():
    figures = figures_of(np.array([0, 1, 2, 3, 1]), np.array([1, 1, 1, 3, 2]))
    assert (figures.accuracy, round(figures.recall, 4), round(figures.precision, 4)) == (0.4, 0.6667, 0.6667)

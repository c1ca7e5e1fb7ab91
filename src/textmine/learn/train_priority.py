"""Fit the numbers of a policy to labelled priorities: weights, values of codes and the two cut points. Red lines stay."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from textmine.priority.adjust import Basis, Key, levels

Levels = npt.NDArray[np.int64]  # 0 to 3 for P0 to P3
STEPS = (0.3, 0.1, 0.05, 0.02)
# the other terms are silent in labelled texts
FITTED_WEIGHTS = ("severity", "flaw", "intent", "category", "flag", "cue", "learned_urgency")
AT_MOST = {"weights": 3.0, "values": 1.0}
ASKING = ("complaint", "inquiry", "suggestion")  # each alone makes P2 (labelling.md), and none weighs more than a complaint
SILENT = ("statement", "praise")  # nothing is asked for: these stay as they are

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Figures:
    """How priorities fit the labels: share right, and recall and precision of P0 and P1 taken together; number of rows."""

    accuracy: float
    recall: float
    precision: float
    n: int


@dataclass(frozen=True)
class Aim:
    """What is aimed at.

    ``recall``: of P0 and P1; each point below costs ``price`` points of accuracy. ``softness``: width of the cuts while the
    weights are fitted. ``urgent_weight``: how much more an urgent row counts then. ``hold``: how strongly numbers are held to
    the present ones (half a sum of squares, in rows), so that few labels move little.
    """

    recall: float = 0.90
    price: float = 0.5
    softness: float = 0.3
    urgent_weight: float = 2.0
    hold: float = 5.0


def fit_policy(basis: Basis, truth: Levels, *, start: Mapping[Key, float], aim: Aim | None = None) -> dict[Key, float]:
    """The numbers of ``start``, of two decimals, moved to fit the labels.

    First weights, values and cuts by coordinate search on the loss of an ordinal logistic model (proportional odds;
    McCullagh 1980) with a ridge towards ``start``; then the cuts alone on what is wanted: accuracy, with the recall of P0 and
    P1 at its aim. Rows that a red line lifts teach no weights. Nothing is random: the same rows give the same numbers.

    Parameters
    ----------
    basis : Basis
        The rows, see `break_down`; the labels are best those the models give, with their faults.
    truth : ndarray of int64
        0 to 3 for P0 to P3.
    start : mapping
        Present numbers, see `numbers_of`.
    """
    aim = aim or Aim()
    numbers = dict(start)
    names = [key for key in start if _fitted(key)]
    best = _loss(basis, truth, numbers, start, aim)
    for step in STEPS:
        improved = True
        while improved:
            improved = False
            for key in names:
                for value in (numbers[key] - step, numbers[key] + step):
                    changed = numbers | {key: round(value, 2)}
                    if _allowed(changed, key) and (loss := _loss(basis, truth, changed, start, aim)) < best - 1e-7:
                        numbers, best, improved = changed, loss, True
    return _cut(basis, truth, numbers, aim)


def figures_of(found: Levels, truth: Levels) -> Figures:
    """Accuracy, and recall and precision of P0 and P1 together (nan where there are none)."""
    asked, said = truth <= 1, found <= 1
    both = float((asked & said).sum())
    recall = both / float(asked.sum()) if asked.any() else float("nan")
    precision = both / float(said.sum()) if said.any() else float("nan")
    return Figures(float((found == truth).mean()), recall, precision, len(truth))


def cross_validate(
    basis: Basis, truth: Levels, folds: Iterator[npt.NDArray[np.bool_]], *, start: Mapping[Key, float], aim: Aim | None = None
) -> Figures:
    """Figures of rows whose fold took no part in the fit. ``folds``: masks of the rows held back, as of ``learn.split.folds``."""
    found, seen = np.full(len(truth), 3, np.int64), np.zeros(len(truth), bool)
    for held in folds:
        numbers = fit_policy(take(basis, ~held), truth[~held], start=start, aim=aim)
        found[held] = _levels(take(basis, held), numbers)
        seen |= held
    return figures_of(found[seen], truth[seen])


def take(basis: Basis, rows: npt.NDArray[np.bool_]) -> Basis:
    """The basis of some of the rows."""
    return replace(
        basis,
        plain={term: values[rows] for term, values in basis.plain.items()},
        parts={term: (codes, matrix[rows], highest) for term, (codes, matrix, highest) in basis.parts.items()},
        lifted=basis.lifted[rows],
        capped=basis.capped[rows],
    )


def _fitted(key: Key) -> bool:
    if key[0] == "weights":
        return key[1] in FITTED_WEIGHTS
    return key[0] == "cuts" or key[2] not in SILENT


def _allowed(numbers: Mapping[Key, float], key: Key) -> bool:
    p1, p2 = numbers["cuts", "P1"], numbers["cuts", "P2"]
    asking = [numbers["weights", "intent"] * numbers["values", "intent", code] for code in ASKING]
    if not 0 < p2 < p1 or min(asking) < p2 or max(asking) > asking[0]:
        return False
    if key[0] == "cuts":
        return True
    return 0 <= numbers[key] <= AT_MOST[key[0]]


def _loss(basis: Basis, truth: Levels, numbers: Mapping[Key, float], start: Mapping[Key, float], aim: Aim) -> float:
    free = basis.lifted > 1
    score = basis.score(numbers)
    weight = np.where(truth <= 1, aim.urgent_weight, 1.0) * free
    total = 0.0
    for cut, above in (("P1", truth <= 1), ("P2", truth <= 2)):
        margin = (score - numbers["cuts", cut]) / aim.softness * np.where(above, 1.0, -1.0)
        total += float((weight * np.logaddexp(0.0, -margin)).sum())
    moved = sum((numbers[key] - start[key]) ** 2 for key in start)
    return (total + aim.hold * moved / 2) / len(truth)


def _cut(basis: Basis, truth: Levels, numbers: Mapping[Key, float], aim: Aim) -> dict[Key, float]:
    """The numbers with the cuts that serve the aim best; of equals the ones nearest to those given."""
    score = basis.score(numbers)
    best, chosen = (-np.inf, 0.0), (numbers["cuts", "P1"], numbers["cuts", "P2"])
    for p1 in np.round(np.arange(-0.6, 0.61, 0.02) + numbers["cuts", "P1"], 2):
        for p2 in np.round(np.arange(-0.3, 0.31, 0.05) + numbers["cuts", "P2"], 2):
            if _allowed({**numbers, ("cuts", "P1"): float(p1), ("cuts", "P2"): float(p2)}, ("cuts", "P2")):
                figures = figures_of(levels(basis, score, p1=p1, p2=p2), truth)
                worth = figures.accuracy - aim.price * max(0.0, aim.recall - figures.recall)
                rank = (round(worth, 6), -abs(p1 - numbers["cuts", "P1"]) - abs(p2 - numbers["cuts", "P2"]))
                if rank > best:
                    best, chosen = rank, (float(p1), float(p2))
    return dict(numbers) | {("cuts", "P1"): chosen[0], ("cuts", "P2"): chosen[1]}


def _levels(basis: Basis, numbers: Mapping[Key, float]) -> Levels:
    return levels(basis, basis.score(numbers), p1=numbers["cuts", "P1"], p2=numbers["cuts", "P2"])

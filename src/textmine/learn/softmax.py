"""Decisions between classes on dense numbers: softmax or one class at a time, and what they say of rows they did not see."""

from __future__ import annotations

import warnings
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

from textmine.categories.decision import NOT_LEARNED

Reals = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
LEAST = 3  # rows of a class without which it is not learned
_ROUNDS = 300


class Fitted(NamedTuple):
    """Coefficients [numbers, classes] and bias [classes]; a class that was not learned has bias ``NOT_LEARNED``."""

    coefficients: Reals
    bias: Reals

    def odds(self, numbers: Reals) -> Reals:
        """Log odds [rows, classes]."""
        return numbers @ self.coefficients + self.bias

    def favouring(self, classes: Ints, rare: float) -> Fitted:
        """The same with each class helped by ``rare`` times the log of how rare it is among ``classes``: recall for accuracy."""
        counts = np.bincount(classes, minlength=len(self.bias))
        help_ = -rare * np.log(np.maximum(counts, 1) / len(classes))
        return Fitted(self.coefficients, np.where(self.bias > NOT_LEARNED, self.bias + help_, self.bias))


def fit_softmax(numbers: Reals, classes: Ints, n: int, *, weight: Reals, C: float, rare: float = 0.0) -> Fitted:  # noqa: N803
    """Multinomial logistic regression of ``n`` classes; those with fewer than three rows are left out.

    ``rare``: see ``Fitted.favouring``.
    """
    counts = np.bincount(classes, minlength=n)
    kept = np.isin(classes, np.flatnonzero(counts >= LEAST))
    coefficients, bias = np.zeros((numbers.shape[1], n)), np.full(n, NOT_LEARNED)
    present = np.unique(classes[kept])
    if len(present) < 2:
        bias[present] = 0.0
        return Fitted(coefficients, bias)
    model = _fit(numbers[kept], classes[kept], weight[kept], C)
    if len(present) == 2:  # one column of coefficients, for the second class
        coefficients[:, present[1]], bias[present] = model.coef_[0], (0.0, model.intercept_[0])
    else:
        coefficients[:, present], bias[present] = model.coef_.T, model.intercept_
    return Fitted(coefficients, bias).favouring(classes, rare)


def fit_each(numbers: Reals, targets: Mask, *, weight: Reals, C: float) -> Fitted:  # noqa: N803
    """One logistic regression a class [rows, classes]; a class with fewer than three rows, or all rows, is not learned."""
    coefficients, bias = np.zeros((numbers.shape[1], targets.shape[1])), np.full(targets.shape[1], NOT_LEARNED)
    for place, target in enumerate(targets.T):
        if LEAST <= target.sum() < len(target):
            model = _fit(numbers, target.astype(np.int64), weight, C)
            coefficients[:, place], bias[place] = model.coef_[0], model.intercept_[0]
    return Fitted(coefficients, bias)


def unseen_softmax(
    numbers: Reals,
    classes: Ints,
    n: int,
    *,
    folds: Ints,
    weight: Reals,
    C: float,  # noqa: N803
    rare: float = 0.0,
) -> Reals:
    """Log odds [rows, classes] of each row by the softmax of the other folds."""
    odds = np.full((len(numbers), n), NOT_LEARNED)
    for fold in np.unique(folds):
        rest = folds != fold
        fitted = fit_softmax(numbers[rest], classes[rest], n, weight=weight[rest], C=C, rare=rare)
        odds[~rest] = fitted.odds(numbers[~rest])
    return odds


def unseen_each(numbers: Reals, targets: Mask, *, folds: Ints, weight: Reals, C: float) -> Reals:  # noqa: N803
    """Log odds [rows, classes] of each row by the regressions of the other folds."""
    odds = np.full(targets.shape, NOT_LEARNED)
    for fold in np.unique(folds):
        rest = folds != fold
        odds[~rest] = fit_each(numbers[rest], targets[rest], weight=weight[rest], C=C).odds(numbers[~rest])
    return odds


def best_thresholds(probability: Reals, targets: Mask, *, low: float = 0.25, high: float = 0.6, step: float = 0.05) -> Reals:
    """Threshold of each class with the highest F1 among ``low`` to ``high``; the lowest of equals nearest to a half."""
    tried = np.round(np.arange(low, high + step / 2, step), 4)
    found = np.full(targets.shape[1], 0.5)
    for place in range(targets.shape[1]):
        given = probability[:, place, None] >= tried
        right = (given & targets[:, place, None]).sum(axis=0)
        f1 = 2 * right / np.maximum(given.sum(axis=0) + targets[:, place].sum(), 1)
        best = np.flatnonzero(f1 >= f1.max() - 1e-9)
        found[place] = tried[best[np.argmin(np.abs(tried[best] - 0.5))]]
    return found


def _fit(numbers: Reals, classes: Ints, weight: Reals, C: float) -> LogisticRegression:  # noqa: N803
    with warnings.catch_warnings(), threadpool_limits(1):
        warnings.simplefilter("ignore", ConvergenceWarning)  # the rounds are enough for scores that are calibrated later
        return LogisticRegression(C=C, max_iter=_ROUNDS, tol=1e-3).fit(numbers, classes, sample_weight=weight)

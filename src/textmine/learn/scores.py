"""Figures of predictions against labels, each with n and a 95 % interval: shares by Wilson, the others by bootstrap."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from textmine.measure.intervals import share_interval

Flags = npt.NDArray[np.bool_]
Reals = npt.NDArray[np.float64]

RESAMPLES = 1000
SEED = 20261122
BINS = 10  # of equal count, as the project's target for calibration says
_TAILS = (0.025, 0.975)


class Score(NamedTuple):
    """One figure: how many rows, value, and the ends of its 95 % interval (NaN where there is none)."""

    n: int
    value: float
    low: float
    high: float


class Counts(NamedTuple):
    """For each row (first axis) and class: said rightly, said wrongly, missed; 0 or 1."""

    hit: Reals
    extra: Reals
    missed: Reals


Statistic = Callable[[Reals, Reals, Reals], Reals]  # of summed hit, extra and missed, [..., classes], one value each


def share(hits: Flags) -> Score:
    """Share of True, Wilson interval; NaN of no rows."""
    n = len(hits)
    if n == 0:
        return Score(0, np.nan, np.nan, np.nan)
    return Score(n, float(hits.mean()), *share_interval(int(hits.sum()), n))


def counts(given: Flags, said: Flags) -> Counts:
    """Counts of two indicator arrays [rows, classes]: the labels and what was predicted."""
    return Counts((given & said).astype(np.float64), (said & ~given).astype(np.float64), (given & ~said).astype(np.float64))


def f1(hit: Reals, extra: Reals, missed: Reals) -> Reals:
    """F1 of summed counts, elementwise; 0 where a class is neither given nor said."""
    whole = 2 * hit + extra + missed
    value: Reals = np.divide(2 * hit, whole, out=np.zeros_like(whole), where=whole > 0)
    return value


def macro(hit: Reals, extra: Reals, missed: Reals) -> Reals:
    """Mean F1 of all classes."""
    mean: Reals = np.asarray(f1(hit, extra, missed).mean(axis=-1))
    return mean


def micro(hit: Reals, extra: Reals, missed: Reals) -> Reals:
    """F1 of all classes together; of single labels this is accuracy."""
    return f1(hit.sum(axis=-1), extra.sum(axis=-1), missed.sum(axis=-1))


def macro_f1(counted: Counts) -> Score:
    """Mean F1 of the classes that some label has; bootstrap interval over rows."""
    present = (counted.hit + counted.missed).sum(axis=0) > 0
    return _bootstrapped(counted, lambda *sums: macro(*(part[..., present] for part in sums)))


def micro_f1(counted: Counts) -> Score:
    """F1 of all rows and classes together; bootstrap interval over rows."""
    return _bootstrapped(counted, micro)


def class_f1(counted: Counts, place: int) -> Score:
    """F1 of one class; bootstrap interval over rows. ``n`` is the number of its labels."""
    one = Counts(*(part[:, [place]] for part in counted))
    score = _bootstrapped(one, micro)
    return score._replace(n=int((one.hit + one.missed).sum()))


def calibration_error(confidence: Reals, right: Flags) -> float:
    """Expected calibration error: mean distance of confidence and share of right labels over 10 bins of equal count.

    Source: Naeini, Cooper and Hauskrecht (AAAI 2015), with bins of equal count instead of equal width.
    """
    if len(right) == 0:
        return float("nan")
    order = np.argsort(confidence, kind="stable")
    parts = [part for part in np.array_split(order, BINS) if len(part)]
    return float(sum(len(part) * abs(confidence[part].mean() - right[part].mean()) for part in parts) / len(right))


def paired_difference(one: Counts, other: Counts, statistic: Statistic) -> tuple[float, float]:
    """95 % interval of ``statistic(other) - statistic(one)``, both on the same resamples of the same rows."""
    sums = _resampled([*one, *other])
    low, high = np.quantile(statistic(*sums[3:]) - statistic(*sums[:3]), _TAILS)
    return float(low), float(high)


def indicator(labels: list[list[str]], classes: list[str]) -> Flags:
    """True where the row (list of codes) has the class."""
    place = {code: number for number, code in enumerate(classes)}
    flags = np.zeros((len(labels), len(classes)), np.bool_)
    for row, codes in enumerate(labels):
        flags[row, [place[code] for code in codes if code in place]] = True
    return flags


def _bootstrapped(counted: Counts, statistic: Statistic) -> Score:
    n = len(counted.hit)
    if n == 0:
        return Score(0, np.nan, np.nan, np.nan)
    value = float(statistic(*(part.sum(axis=0) for part in counted)))
    low, high = np.quantile(statistic(*_resampled(list(counted))), _TAILS)
    return Score(n, value, float(low), float(high))


def _resampled(parts: list[Reals]) -> list[Reals]:
    """Sums [resamples, classes] of each part over 1,000 resamples of the rows.

    Equal rows are drawn together: how often each kind of row comes is multinomial, which is the same bootstrap and cheap.
    """
    kinds, often = np.unique(np.hstack(parts), axis=0, return_counts=True)
    draws = np.random.default_rng(SEED).multinomial(often.sum(), often / often.sum(), size=RESAMPLES)
    return np.split(draws @ kinds, len(parts), axis=1)

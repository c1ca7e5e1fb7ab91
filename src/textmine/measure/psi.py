"""Population stability index: how far one distribution moved from another, and how far chance alone moves it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv

Counts = npt.NDArray[np.int64]

WATCH, ALARM = 0.1, 0.25  # SOURCE: Siddiqi, Credit Risk Scorecards (Wiley 2006): below .1 stable, above .25 shifted
SMOOTHING = 0.5  # added to every class, so that a class seen on one side only stays finite (Jeffreys' prior)
CERTAINTY = 0.95


def psi(now: Counts, before: Counts) -> float:
    """The index of two counts over the same classes: sum of (p - q) ln(p / q), not below 0; both sums must be above 0."""
    p, q = _shares(now), _shares(before)
    return float(np.sum((p - q) * np.log(p / q)))


def psi_by_chance(n: int, m: int, *, classes: int) -> tuple[float, float]:
    """Mean and 95 % point of the index of two samples of ``n`` and ``m`` of one and the same distribution.

    Then PSI is about (1/n + 1/m) times a chi-square of ``classes - 1`` degrees of freedom. SOURCE: Yurdakul and Naranjo,
    Statistical properties of the population stability index (Journal of Risk Model Validation, 2020).
    """
    scale, freedom = 1 / n + 1 / m, classes - 1
    return scale * freedom, scale * 2 * float(gammaincinv(freedom / 2, CERTAINTY)) if freedom else 0.0


def _shares(counts: Counts) -> npt.NDArray[np.float64]:
    smoothed = counts + SMOOTHING
    return np.asarray(smoothed / smoothed.sum(), np.float64)

"""From the probability a model states to the share of right labels: isotonic regression, kept as a few points."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from sklearn.isotonic import IsotonicRegression

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
STEPS = 24  # points kept: quantiles of what the model states


def calibration_points(stated: Reals, right: Flags, *, weight: Reals | None = None, steps: int = STEPS) -> Reals:
    """Points [points, 2], rising, of stated probability and share of right labels, to be joined by straight lines.

    Both columns lie in [0, 1]. The share in the middle of each of ``steps`` equal-count bins, made rising by isotonic
    regression over all rows first (Zadrozny and Elkan 2002). A single point (0, share) where no probability differs.
    """
    curve = IsotonicRegression(out_of_bounds="clip").fit(stated, right.astype(np.float64), sample_weight=weight)
    edges = np.unique(np.quantile(stated, np.linspace(0, 1, steps + 1)))
    place = np.clip(np.searchsorted(edges, stated, side="right") - 1, 0, max(len(edges) - 2, 0))
    share = curve.predict(stated)
    count = np.maximum(np.bincount(place), 1)
    used = np.bincount(place) > 0
    middle, value = (np.bincount(place, weights=column)[used] / count[used] for column in (stated, share))
    points: Reals = np.column_stack([middle, value]).astype(np.float64).round(4)
    return points


def calibration_error(confidence: Reals, right: Flags, *, bins: int = 10) -> float:
    """Expected calibration error: mean gap of confidence and share of right labels over bins of equal counts, in [0, 1]."""
    order = np.argsort(confidence, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    gaps = [abs(float(confidence[part].mean()) - float(right[part].mean())) * len(part) for part in parts]
    return sum(gaps) / max(len(order), 1)

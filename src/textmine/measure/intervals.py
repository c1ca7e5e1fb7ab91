"""Ninety-five per cent intervals of a share and of a mean."""

from __future__ import annotations

import math

import numpy as np

Z = 1.959963984540054  # 97.5 % point of the normal distribution


def share_interval(hits: int, n: int) -> tuple[float, float]:
    """Wilson score interval of ``hits / n``, in [0, 1].

    Source: Wilson, Probable inference, the law of succession, and statistical inference (JASA 1927).
    """
    share, square = hits / n, Z * Z
    centre = (share + square / (2 * n)) / (1 + square / n)
    half = Z * math.sqrt(share * (1 - share) / n + square / (4 * n * n)) / (1 + square / n)
    return max(0.0, centre - half), min(1.0, centre + half)


def mean_interval(values: np.ndarray) -> tuple[float, float]:
    """Normal interval of the mean of ``values`` (at least two), in their unit."""
    half = Z * float(np.std(values, ddof=1)) / math.sqrt(len(values))
    middle = float(np.mean(values))
    return middle - half, middle + half

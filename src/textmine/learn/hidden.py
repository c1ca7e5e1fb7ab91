"""A small network over hashed n-grams: its hidden units are heads like any other, so that they cost one column each.

One layer of units lets a word weigh differently in a hotel and in a bowl of soup, which no single linear head can.
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

Reals = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]
BATCH = 128
SCALE = 3.0  # features are this times count / root of the number of n-grams: about as large as words in other networks
SOFT = 0.02  # labels are taken for .02 and .98: some are wrong
START = 0.01  # of AdaGrad's sums of squares (Duchi et al. 2011), one a column
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hidden:
    """Weights of the units float32 [columns, units] and their biases; ``out`` and ``constant`` join the units to a logit.

    Unit u of a row is max(0, (counts @ weights[:, u]) / sqrt(sum of counts) + bias[u]), as ``score_heads`` computes it before
    the maximum.
    """

    weights: Floats
    bias: Reals
    out: Reals
    constant: float


@dataclass
class _Net:
    """What is being fitted, and AdaGrad's sums of squares."""

    weights: Floats
    bias: Floats
    out: Floats
    constant: float
    seen: Floats
    seen_bias: Floats
    seen_out: Floats


def fit_hidden(
    matrix: Any,
    targets: npt.ArrayLike,
    *,
    sample_weight: npt.ArrayLike | None = None,
    units: int = 16,
    rounds: int = 4,
    rate: float = 0.05,
    drop: float = 0.3,
    min_df: int = 10,
    seed: int = 0,
) -> Hidden:
    """A network with one hidden layer (ReLU) and a logistic output, by AdaGrad on batches of 128 rows.

    ``matrix``: CSR counts (``Ngrams.matrix``); ``targets``: share of pos in [0, 1] of each row; ``drop``: share of n-grams left
    out at random in training (Srivastava et al. 2014). Columns in fewer than ``min_df`` rows get no weight. The same input
    and seed give the same network.
    """
    began, random = time.perf_counter(), np.random.default_rng(seed)
    columns = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]) >= min_df)
    features = _features(matrix, columns)
    wanted = np.clip(np.asarray(targets, np.float32), SOFT, 1 - SOFT)
    weight = np.ones(len(wanted), np.float32) if sample_weight is None else np.asarray(sample_weight, np.float32)
    net = _start(len(columns), units, random)
    for number in range(rounds):
        order, step = random.permutation(len(wanted)), rate * (1 - number / rounds) ** 0.5
        for first in range(0, len(order), BATCH):
            rows = order[first : first + BATCH]
            _learn(net, _dropped(features[rows], drop, random), wanted[rows], weight[rows], step)
    weights = np.zeros((matrix.shape[1], units), np.float32)
    weights[columns] = net.weights * np.float32(SCALE)
    log.info("hidden: %d rows, %d columns, %d units, %.1f s", len(wanted), len(columns), units, time.perf_counter() - began)
    return Hidden(weights, net.bias.astype(np.float64), net.out.astype(np.float64), float(net.constant))


def _features(matrix: Any, columns: npt.NDArray[np.int64]) -> Any:
    root = np.sqrt(np.maximum(np.asarray(matrix.sum(axis=1), np.float64).ravel(), 1.0))
    narrow = matrix[:, columns].tocsr().astype(np.float32)
    narrow.data *= np.repeat(SCALE / root, np.diff(narrow.indptr)).astype(np.float32)
    return narrow


def _start(columns: int, units: int, random: np.random.Generator) -> _Net:
    weights = (random.standard_normal((columns, units)) * 0.05).astype(np.float32)
    out = (random.standard_normal(units) * 0.3).astype(np.float32)
    flat = np.full(units, START, np.float32)
    return _Net(weights, np.zeros(units, np.float32), out, 0.0, np.full(columns, START, np.float32), flat, flat.copy())


def _dropped(rows: Any, drop: float, random: np.random.Generator) -> Any:
    rows.data *= (random.random(len(rows.data), dtype=np.float32) >= drop) / np.float32(1 - drop)
    return rows


def _learn(net: _Net, rows: Any, wanted: Floats, weight: Floats, step: float) -> None:
    """One step of AdaGrad; only the columns that occur in the batch move."""
    used, places = np.unique(rows.indices, return_inverse=True)
    narrow = sp.csr_matrix((rows.data, places.astype(np.int32), rows.indptr), shape=(rows.shape[0], len(used)))
    units = np.maximum(narrow @ net.weights[used] + net.bias, 0)
    share = 1 / (1 + np.exp(-np.clip(units @ net.out + net.constant, -20, 20)))
    error = ((share - wanted) * weight).astype(np.float32)
    slope = np.outer(error, net.out) * (units > 0)
    change, change_out, change_bias = narrow.T @ slope / 10, units.T @ error / BATCH, slope.sum(axis=0) / BATCH
    net.seen[used] += np.square(change).mean(axis=1)
    net.weights[used] -= step * change / np.sqrt(net.seen[used])[:, None]
    net.seen_out += np.square(change_out)
    net.seen_bias += np.square(change_bias)
    net.out -= 0.3 * step * change_out / np.sqrt(net.seen_out)
    net.bias -= 0.3 * step * change_bias / np.sqrt(net.seen_bias)

"""A small space of texts learned from their words alone; a linear decision in it folds back into weights of n-gram buckets."""

from __future__ import annotations

import dataclasses
import logging
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_limits

from textmine.text.ngrams import Ngrams

Reals = npt.NDArray[np.float64]
Weights = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
ORDERS = (0, 1, 4)  # single characters, pairs of characters, single words: what labels of few texts can tell apart
SPREAD = 3.0  # length of an average text in the space. SOURCE: cross-validation on guideline labels (docs/experiments)
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TextSpace:
    """Latent semantic analysis of the n-grams (Deerwester et al. 1990), computed as ``score_heads`` computes scores.

    ``columns``: buckets in use; ``axes`` float32 [columns, rank]: what each adds to a text. ``points`` float64 [documents, rank]:
    the documents it was made of.
    """

    bits: int
    columns: npt.NDArray[np.int64]
    axes: Weights
    points: Reals

    def fold(self, coefficients: Reals) -> Weights:
        """Weights float32 [2 ** bits, heads] of linear heads in the space (``coefficients`` [rank, heads])."""
        weights = np.zeros((1 << self.bits, coefficients.shape[1]), np.float32)
        weights[self.columns] = self.axes @ coefficients.astype(np.float32)
        return weights


def fit_space(ngrams: Ngrams, rows: Mask, *, rank: int, columns: int, least: int = 5) -> TextSpace:
    """The space of the documents ``rows``, with the points of all documents.

    The ``columns`` buckets that most documents have (of characters, pairs and words; in ``least`` documents or more), weighed
    by their rarity, documents divided by the root of their number of n-grams. The same n-grams give the same space. Rank 0: none.
    """
    since = time.monotonic()
    if not rank:
        nothing = np.zeros((0, 0), np.float32)
        return TextSpace(ngrams.bits, np.zeros(0, np.int64), nothing, np.zeros((ngrams.n_documents, 0)))
    common = _common(ngrams, rows, columns=columns, least=least)
    counts = ngrams.matrix()[:, common]
    sizes = np.add.reduceat(np.append(ngrams.sizes, 0), np.minimum(ngrams.first_clause[:-1], len(ngrams.sizes)))
    sizes = np.where(np.diff(ngrams.first_clause) > 0, sizes, 1)
    met = np.bincount(counts[rows].indices, minlength=len(common))
    rarity = np.log((1.0 + rows.sum()) / (1.0 + met))
    weighed = (sp.diags(1.0 / np.sqrt(sizes)) @ counts @ sp.diags(rarity)).tocsr().astype(np.float32)
    with threadpool_limits(1):  # sums of several threads differ in their last bits
        _, _, turned = randomized_svd(_of_one_length(weighed[rows]), min(rank, len(common) - 1), n_iter=2, random_state=0)
        points = np.asarray(weighed @ turned.T.astype(np.float32), np.float64)
    scale = SPREAD / max(np.sqrt((points[rows] ** 2).sum(axis=1).mean()), 1e-9)
    axes = (turned.T * rarity[:, None] * scale).astype(np.float32)
    _log.info("space: %d documents, %d columns, %.1f s", int(rows.sum()), len(common), time.monotonic() - since)
    return TextSpace(ngrams.bits, common, axes, points * scale)


def _common(ngrams: Ngrams, rows: Mask, *, columns: int, least: int) -> npt.NDArray[np.int64]:
    simple = dataclasses.replace(ngrams, orders=tuple(ngrams.orders[place] for place in ORDERS))
    met = np.bincount(simple.matrix()[rows].indices, minlength=1 << ngrams.bits)
    order = np.argsort(-met, kind="stable")[:columns]
    return np.sort(order[met[order] >= least]).astype(np.int64)


def _of_one_length(matrix: Any) -> Any:
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    return (sp.diags((1.0 / np.maximum(length, 1e-9)).astype(np.float32)) @ matrix).tocsr()

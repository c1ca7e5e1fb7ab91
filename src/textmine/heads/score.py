"""Scores of all heads for all clauses and documents: one product of sparse n-grams and the table of heads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from textmine.errors import BundleError, ContractError, nearest
from textmine.heads.model import LinearHeads, Reals, Weights

if TYPE_CHECKING:  # only the type: heads and text stay siblings
    from textmine.text.ngrams import Ngrams

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class HeadScores:
    """Scores of all heads.

    Attributes
    ----------
    names : tuple of str
        "task.code" of each head.
    doc, clause : ndarray of int32
        Document and number of each clause that has tokens, as in the n-grams.
    clauses : ndarray of float64
        Sum of the weights of each clause's n-grams [clauses, heads].
    documents : ndarray of float64
        Score of each document [documents, heads]; the bias alone for a document without tokens.
    """

    names: tuple[str, ...]
    doc: Ints
    clause: Ints
    clauses: Reals
    documents: Reals

    def has(self, name: str) -> bool:
        """Whether a head has this name or, for one that ends in ".", whether its task has any head."""
        return any(head == name or (name.endswith(".") and head.startswith(name)) for head in self.names)

    def codes(self, task: str) -> tuple[str, ...]:
        """Codes of a task's heads, such as those of "category.", in the order of ``columns``."""
        return tuple(name.removeprefix(task) for name in self.names if name.startswith(task))

    def column(self, name: str) -> Reals:
        """Scores of the documents by one head.

        Raises
        ------
        ContractError
            If there is no such head.
        """
        return self.documents[:, self._place(name)]

    def columns(self, task: str) -> Reals:
        """Scores of the documents by the heads whose names begin with ``task`` ("category."); no column without any."""
        return self.documents[:, self._places(task)]

    def clause_column(self, name: str) -> Reals:
        """Sums of the clauses by one head; raises as ``column``."""
        return self.clauses[:, self._place(name)]

    def clause_columns(self, task: str) -> Reals:
        """Sums of the clauses by the heads whose names begin with ``task``; no column without any."""
        return self.clauses[:, self._places(task)]

    def _place(self, name: str) -> int:
        if name not in self.names:
            raise ContractError("no such head", where="heads", got=name, allowed=nearest(name, self.names) or "(none near)")
        return self.names.index(name)

    def _places(self, task: str) -> list[int]:
        return [place for place, name in enumerate(self.names) if name.startswith(task)]


def score_heads(ngrams: Ngrams, heads: LinearHeads) -> HeadScores:
    """Scores of every clause and document by every head.

    A clause's is the sum of the weights of its n-grams. A document's is the sum of its clauses', divided by the square root
    of its number of n-grams, plus the bias, so that long texts do not score higher than short ones merely by length. Each
    sum runs over one document in the order of its text: the same bits however the documents are split.

    Raises
    ------
    BundleError
        If the n-grams were hashed to another number of buckets than the heads'.
    """
    if heads.names and ngrams.bits != heads.bits:
        raise BundleError("n-grams of other buckets", where="heads", got=f"{ngrams.bits} bits", allowed=f"{heads.bits} bits")
    clauses = _sum_clauses(ngrams, heads).astype(np.float64)
    documents = _sum_rows(clauses, ngrams.first_clause)
    sizes = _sum_rows(ngrams.sizes.astype(np.float64)[:, None], ngrams.first_clause)
    documents /= np.sqrt(np.maximum(sizes, 1.0))
    documents += heads.bias
    return HeadScores(heads.names, ngrams.doc, ngrams.clause, clauses, documents)


def _sum_clauses(ngrams: Ngrams, heads: LinearHeads) -> Weights:
    total = np.zeros((len(ngrams.doc), len(heads.names)), np.float32)
    if not total.size:
        return total
    ones = np.ones(max(len(buckets) for buckets, _ in ngrams.orders), np.float32)
    for buckets, offsets in ngrams.orders:
        counted = (ones[: len(buckets)], heads.rows[buckets], _narrow(offsets))
        total += sp.csr_matrix(counted, shape=(len(total), len(heads.table)), copy=False) @ heads.table
    return total


def _sum_rows(values: Reals, offsets: npt.NDArray[np.int64]) -> Reals:
    """Sums of consecutive rows, added one after the other (reduceat and sum add pairwise, by the length)."""
    parts = (np.ones(len(values)), np.arange(len(values), dtype=np.int32), _narrow(offsets))
    sums: Reals = sp.csr_matrix(parts, shape=(len(offsets) - 1, len(values)), copy=False) @ values
    return sums


def _narrow(offsets: npt.NDArray[np.int64]) -> npt.NDArray[np.int32] | npt.NDArray[np.int64]:
    """Offsets in int32 where they fit, as scipy wants them beside int32 places: no copies."""
    return offsets.astype(np.int32) if offsets[-1] < np.iinfo(np.int32).max else offsets

"""How well the keywords of a topic go together in texts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

KEYWORDS = 10


def coherence(tokens: pa.Table, topics: Sequence[Sequence[str]], *, n_documents: int) -> float:
    """Mean NPMI of all pairs among the first ten keywords of each topic, -1 to 1; NaN without topics or texts.

    A pair that is never together counts -1. Reads ``doc`` and ``token``. Source: Bouma, Normalized (pointwise) mutual
    information in collocation extraction (GSCL 2009), over whole documents.
    """
    words = sorted({word for topic in topics for word in topic[:KEYWORDS]})
    if not words or n_documents == 0:
        return float("nan")
    found = pc.index_in(tokens["token"], value_set=pa.array(words)).to_numpy(zero_copy_only=False)
    known = ~np.isnan(found)
    places = (tokens["doc"].to_numpy()[known], found[known].astype(np.int64))
    marks = sparse.csr_array((np.ones(int(known.sum())), places), shape=(n_documents, len(words)))
    marks.data[:] = 1.0
    together = (marks.T @ marks).toarray() / n_documents
    place = {word: number for number, word in enumerate(words)}
    pairs = [(place[one], place[other]) for topic in topics for one, other in combinations(topic[:KEYWORDS], 2)]
    return float(np.mean([_npmi(together, one, other) for one, other in pairs])) if pairs else float("nan")


def _npmi(together: np.ndarray, one: int, other: int) -> float:
    joint = together[one, other]
    if joint <= 0:
        return -1.0
    return float(np.log(joint / (together[one, one] * together[other, other])) / max(-np.log(joint), 1e-12))

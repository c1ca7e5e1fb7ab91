"""Cues: words that make a matter more pressing without deciding it alone, unlike a red line."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from textmine.policy import Policy
from textmine.priority.red_lines import CODES, counting_words


def find_cues(hits: pd.DataFrame, n: int) -> pd.Series:
    """Codes of the cues in each of ``n`` documents, a code once for each different word found (Arrow list of strings).

    A word counts once a document; a word with a weight below 1 (``词^0.5``) needs another of its group, so that the number
    of codes is the sum of the weights, rounded down. Words with a guard of the same cue in their clause do not count; negated
    ones do. How many words count full is ``policy.full.cue``. Reads the columns of ``hits`` that `find_red_lines` reads.
    """
    words = counting_words(hits, kind="cue", deniable=False)
    strength = np.floor(words.groupby(["doc", "label"], sort=True)["weight"].sum().round(4)).astype(np.int64)
    codes: list[list[str]] = [[] for _ in range(n)]
    for (doc, label), times in strength[strength > 0].items():
        codes[doc] += [label] * times
    return pd.Series(pd.arrays.ArrowExtensionArray(pa.array(codes, CODES)))


def cue_values(cues: pd.Series, *, policy: Policy) -> np.ndarray:
    """Value in [0, 1] of the term ``cue`` for each row: over the groups, value x words found / ``full.cue``, at most 1."""
    counts = count_cues(cues, policy=policy)
    full = np.minimum(counts / policy.full.cue, 1.0)
    return np.asarray(np.clip(full @ np.array([cue.value for cue in policy.cue], np.float64), 0.0, 1.0))


def count_cues(cues: pd.Series, *, policy: Policy) -> np.ndarray:
    """Words found of each cue of the policy, int64 [rows, cues]; codes the policy does not have are passed over."""
    cells = pa.chunked_array([pa.array(cues, from_pandas=True)]) if not len(cues) else pa.array(cues, from_pandas=True)
    cells = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    counts = np.zeros((len(cues), len(policy.cue)), np.int64)
    if pa.types.is_null(cells.type) or not policy.cue:
        return counts
    at = {cue.code: place for place, cue in enumerate(policy.cue)}
    for row, codes in enumerate(cells.to_pylist()):
        for code in codes or ():
            if code in at:
                counts[row, at[code]] += 1
    return counts

"""Priority of each feedback: an open sum of terms, cut at two points, with red lines above it and a cap on floods."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from textmine.policy import Policy
from textmine.priority.terms import listed_values, term_values, terms_of
from textmine.priority.urgency import COLUMN as URGENCY
from textmine.tables import PRIORITIES


def score_terms(rows: pd.DataFrame, history: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """Priority of each row with everything it was made of.

    Each term is weight x value, rounded to 4 decimals; the score is their sum, rounded again, and P1, P2 and P3 are cut on
    the rounded score. A red line lifts the row to its level. Beyond the caps (``duplicate`` 1) the row is at best
    ``policy.caps.priority``, red lines included. So the published row tells it all: see `priority_of`.

    Parameters
    ----------
    rows : pd.DataFrame
        The columns `term_values` reads, and ``red_lines`` (lists of codes).
    history : pd.DataFrame
        ``burst``, ``repeat``, ``reach``, ``duplicate`` of the same rows (see `count_history`).
    policy : Policy
        Source of weights, cut points, red lines and caps.

    Returns
    -------
    pd.DataFrame
        ``priority``, ``priority_score`` and ``priority_terms`` (Arrow map of the terms, see `terms_of`, to their amounts),
        RangeIndex.
    """
    values = term_values(rows, history, policy=policy)
    weights, terms = policy.weights.model_dump(), terms_of(rows, policy=policy)
    amounts = np.column_stack([np.round(weights[term] * values[term], 4) for term in terms]).reshape(len(rows), len(terms))
    score = np.zeros(len(rows))
    for at in range(len(terms)):
        score += amounts[:, at]
    score = np.round(score, 4) + 0.0
    priority = priority_of(score, rows["red_lines"], values["duplicate"] > 0, policy=policy, learned=URGENCY in terms)
    return pd.DataFrame(
        {"priority": pd.array(priority, dtype="str"), "priority_score": score, "priority_terms": _maps(amounts, terms)}
    )


def priority_of(
    score: np.ndarray, red_lines: pd.Series, flooded: np.ndarray, *, policy: Policy, learned: bool = True
) -> np.ndarray:
    """P0 to P3 from the published score, red lines and whether the row is beyond the caps of its author.

    ``learned``: the score has the term ``learned_urgency``, see `Cuts`.
    """
    by_score = np.where(score >= policy.cuts.lowest_p1(learned=learned), 1, np.where(score >= policy.cuts.P2, 2, 3))
    heights = {line.code: float(3 - PRIORITIES.index(line.level)) for line in policy.red_line}
    by_line = 3 - listed_values(red_lines, heights, ufunc=np.maximum).astype(np.int64)
    level = np.minimum(by_score, by_line)
    capped = np.maximum(level, PRIORITIES.index(policy.caps.priority))
    return np.asarray(PRIORITIES, dtype=object)[np.where(flooded, capped, level)]


def _maps(amounts: np.ndarray, terms: tuple[str, ...]) -> pd.arrays.ArrowExtensionArray:
    """One Arrow map per row, every term in the order given."""
    n = len(amounts)
    offsets = pa.array(np.arange(n + 1, dtype=np.int32) * len(terms))
    keys = pa.array(terms, pa.string()).take(pa.array(np.tile(np.arange(len(terms), dtype=np.int32), n)))
    maps = pa.MapArray.from_arrays(offsets, keys, pa.array((amounts + 0.0).ravel(), pa.float64()))
    return pd.arrays.ArrowExtensionArray(maps)

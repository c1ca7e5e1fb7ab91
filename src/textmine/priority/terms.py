"""The terms of the priority score: what each says of a row, as a value from 0 to 1."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.policy import Policy, Weights
from textmine.priority.cues import cue_values
from textmine.priority.urgency import COLUMN as URGENCY

TERMS = tuple(Weights.model_fields)


def terms_of(rows: pd.DataFrame, *, policy: Policy) -> tuple[str, ...]:
    """Terms that rows are scored by: ``TERMS``, the learned urgency only where the policy weighs it and the rows have it."""
    learned = policy.weights.learned_urgency > 0 and URGENCY in rows
    return tuple(term for term in TERMS if learned or term != URGENCY)


def term_values(rows: pd.DataFrame, history: pd.DataFrame, *, policy: Policy) -> dict[str, np.ndarray]:
    """Value in [0, 1] of each term of ``TERMS`` for each row; what is missing counts 0.

    - ``severity``: -sentiment_score where negative. ``flaw``: -worst_clause (score of the worst clause) where negative
      and the whole text is not neg; 0 if there is no such column.
    - ``intent``, ``flag``: by ``policy.values``, flags summed up to 1. ``category``: highest of all categories,
      0 for praise.
    - ``rating``: (3 - rating) / 2. ``nps``: (7 - nps) / 7.
    - ``burst``, ``repeat``, ``customer_value``: in proportion to ``policy.full``; ``reach``, ``votes``: log1p over log1p.
    - ``duplicate``: as counted. ``cue``: see `cue_values`; 0 for praise and if there is no column ``cues``.
    - ``learned_urgency``: the column of that name (see `tell_urgency`); 0 for praise and if there is none.

    Parameters
    ----------
    rows : pd.DataFrame
        ``sentiment``, ``sentiment_score``, ``intent``, ``categories``, ``flags``, ``rating``, ``nps``, ``votes``,
        ``customer_value`` and, if known, ``worst_clause``, ``cues`` and ``learned_urgency``.
    history : pd.DataFrame
        ``burst``, ``repeat``, ``reach``, ``duplicate`` of the same rows, in the same order.
    policy : Policy
        Source of values and of the amounts that count full.
    """
    values, full = policy.values, policy.full
    worst = _numbers(rows["worst_clause"]) if "worst_clause" in rows else np.zeros(len(rows))
    praise = np.asarray((rows["intent"] == "praise").fillna(False), bool)
    whole = np.asarray((rows["sentiment"] != "neg").fillna(True), bool)
    return {
        "severity": _unit(-_numbers(rows["sentiment_score"])),
        "intent": _numbers(rows["intent"].map({str(code): value for code, value in values.intent.items()})),
        "category": np.where(praise, 0.0, listed_values(rows["categories"], values.category, ufunc=np.maximum)),
        "flag": _unit(listed_values(rows["flags"], values.flag, ufunc=np.add)),
        "flaw": np.where(whole, _unit(-worst), 0.0),
        "rating": _unit((3 - _numbers(rows["rating"], missing=3)) / 2),
        "nps": _unit((7 - _numbers(rows["nps"], missing=7)) / 7),
        "votes": _unit(np.log1p(_numbers(rows["votes"]).clip(min=0)) / np.log1p(full.votes)),
        "customer_value": _unit(_numbers(rows["customer_value"]) / full.customer_value),
        "burst": _unit(_numbers(history["burst"]) / full.burst),
        "repeat": _unit(_numbers(history["repeat"]) / full.repeat),
        "reach": _unit(np.log1p(_numbers(history["reach"])) / np.log1p(full.reach)),
        "duplicate": _numbers(history["duplicate"]),
        "cue": np.where(praise, 0.0, cue_values(rows["cues"], policy=policy)) if "cues" in rows else np.zeros(len(rows)),
        URGENCY: np.where(praise, 0.0, _unit(_numbers(rows[URGENCY]))) if URGENCY in rows else np.zeros(len(rows)),
    }


def listed_values(lists: pd.Series, values: Mapping[str, float], *, ufunc: np.ufunc) -> np.ndarray:
    """Values of the codes in each list, put together by ``np.add`` or ``np.maximum``; unknown codes and no list give 0."""
    cells = pa.array(lists, from_pandas=True)
    cells = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    result = np.zeros(len(lists))
    if not values or pa.types.is_null(cells.type):
        return result
    at = pc.index_in(pc.list_flatten(cells).cast(pa.string()), pa.array(list(values), pa.string()))
    found = np.asarray(pc.fill_null(at, len(values)), np.int64)
    amounts = np.append(np.array(list(values.values()), np.float64), 0.0)[found]
    ufunc.at(result, np.asarray(pc.list_parent_indices(cells), np.int64), amounts)
    return result


def _numbers(column: pd.Series, *, missing: float = 0.0) -> np.ndarray:
    return np.asarray(column.fillna(missing).to_numpy(dtype=np.float64, na_value=missing))


def _unit(values: np.ndarray) -> np.ndarray:
    return np.asarray(np.clip(values, 0.0, 1.0))

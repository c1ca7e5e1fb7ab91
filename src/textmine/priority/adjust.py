"""The numbers of a policy as one vector, and the score of rows as a function of it, for who wants to fit or compare them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.policy import Policy
from textmine.priority.cues import count_cues
from textmine.priority.score import priority_of
from textmine.priority.terms import TERMS, listed_values, term_values
from textmine.tables import PRIORITIES

Reals = npt.NDArray[np.float64]
Key = tuple[str, ...]  # ("weights", "severity"), ("values", "category", "safety"), ("cue", "remedy"), ("cuts", "P1")


@dataclass(frozen=True)
class Basis:
    """Rows broken down so that their score is a few array operations away from any numbers of the policy.

    ``plain``: values of the terms that have no table of values; ``parts``: per term with one, a matrix [rows, codes] and
    whether the highest code counts or the sum; ``lifted``: 0 where a red line makes P0, 1 for P1, 3 for none; ``capped``: rows
    beyond the caps of their author.
    """

    plain: Mapping[str, Reals]
    parts: Mapping[str, tuple[tuple[str, ...], Reals, bool]]
    lifted: npt.NDArray[np.int64]
    capped: npt.NDArray[np.bool_]

    def score(self, numbers: Mapping[Key, float]) -> Reals:
        """The priority score of each row under these numbers (weights, values of codes), to 4 decimals."""
        total = np.zeros(len(self.lifted))
        for term, values in self.plain.items():
            total += np.round(numbers["weights", term] * values, 4)
        for term, (codes, matrix, highest) in self.parts.items():
            values = np.array([numbers["values", term, code] for code in codes])
            amount = (matrix * values).max(axis=1, initial=0.0) if highest else np.clip(matrix @ values, 0.0, 1.0)
            total += np.round(numbers["weights", term] * amount, 4)
        return np.asarray(np.round(total, 4))


def break_down(rows: pd.DataFrame, history: pd.DataFrame, *, policy: Policy) -> Basis:
    """Basis of rows that ``score_terms`` could score, with their red lines."""
    values = term_values(rows, history, policy=policy)
    plain = {term: values[term] for term in TERMS if term not in ("intent", "category", "flag", "cue")}
    praise = np.asarray((rows["intent"] == "praise").fillna(False), bool)[:, None]
    intents = tuple(str(code) for code in policy.values.intent)
    intent = np.column_stack([np.asarray((rows["intent"] == code).fillna(False), np.float64) for code in intents])
    cues = tuple(cue.code for cue in policy.cue)
    counts = count_cues(rows["cues"], policy=policy) if "cues" in rows else np.zeros((len(rows), len(cues)))
    quiet = np.zeros(len(rows))
    level = priority_of(quiet - 9.0, rows["red_lines"], quiet > 0, policy=policy)
    return Basis(
        plain=plain,
        parts={
            "intent": (intents, intent, True),
            "category": (*_listed(rows["categories"], policy.values.category, praise), True),
            "flag": (*_listed(rows["flags"], policy.values.flag, np.zeros_like(praise)), False),
            "cue": (cues, np.minimum(counts / policy.full.cue, 1.0) * ~praise, False),
        },
        lifted=np.array([PRIORITIES.index(code) for code in level], np.int64),
        capped=values["duplicate"] > 0,
    )


def _listed(lists: pd.Series, values: Mapping[str, float], praise: npt.NDArray[np.bool_]) -> tuple[tuple[str, ...], Reals]:
    columns = [listed_values(lists, {code: 1.0}, ufunc=np.maximum) for code in values]
    return tuple(values), np.column_stack(columns or [np.zeros(len(lists))])[:, : len(values)] * ~praise


def numbers_of(policy: Policy) -> dict[Key, float]:
    """Every weight, value of a code, value of a cue (as ``values``, ``cue``) and cut point of the policy."""
    weights: dict[Key, float] = {("weights", term): float(weight) for term, weight in policy.weights.model_dump().items()}
    tables: dict[str, Mapping[Any, float]] = {
        "intent": policy.values.intent,
        "category": policy.values.category,
        "flag": policy.values.flag,
        "cue": {cue.code: cue.value for cue in policy.cue},
    }
    values = {("values", table, str(code)): float(value) for table, codes in tables.items() for code, value in codes.items()}
    return weights | values | {("cuts", "P1"): policy.cuts.P1, ("cuts", "P2"): policy.cuts.P2}


def levels(basis: Basis, score: Reals, *, p1: float, p2: float) -> npt.NDArray[np.int64]:
    """0 to 3 for P0 to P3: cut at ``p1`` and ``p2``, lifted by red lines; caps on floods are left out."""
    by_score = np.where(score >= p1, 1, np.where(score >= p2, 2, 3))
    return np.asarray(np.minimum(by_score, basis.lifted), np.int64)

"""The hits of one list, with their labels as numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from textmine.categories.lists import Bools, Ints, Reals


@dataclass(frozen=True)
class Mentions:
    """Columns of the hits of one list: document, clause, start, label (position in the labels asked for), weight, negated."""

    doc: Ints
    clause: Ints
    start: Ints
    label: Ints
    weight: Reals
    negated: Bools


def read_mentions(hits: pd.DataFrame, *, kind: str, labels: Sequence[str]) -> Mentions:
    """The hits of list ``kind`` whose label is one of ``labels``, in their order.

    Reads ``doc``, ``clause``, ``start``, ``list``, ``label``, ``weight``, ``negated``.
    """
    number = {label: place for place, label in enumerate(labels)}
    known = np.array([number.get(str(label), -1) for label in hits["label"].cat.categories] or [-1], dtype=np.int64)
    label = np.where(of_list(hits, kind=kind), known[hits["label"].cat.codes.to_numpy()], -1)
    keep = np.flatnonzero(label >= 0)
    doc, clause, start = (hits[name].to_numpy()[keep].astype(np.int64) for name in ("doc", "clause", "start"))
    weight, negated = hits["weight"].to_numpy()[keep].astype(np.float64), hits["negated"].to_numpy(dtype=np.bool_)[keep]
    return Mentions(doc, clause, start, label[keep], weight, negated)


def of_list(hits: pd.DataFrame, *, kind: str) -> Bools:
    """Which hits belong to the list ``kind``."""
    kinds = [str(name) for name in hits["list"].cat.categories]
    code = kinds.index(kind) if kind in kinds else -2
    return np.asarray(hits["list"].cat.codes.to_numpy() == code)

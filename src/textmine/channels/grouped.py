"""Rows that belong together (the messages of a session) brought to one row a group, in the order in which groups begin."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.channels.feedback import STRING

Groups = npt.NDArray[np.int64]


def groups_of(keys: pd.Series[str]) -> Groups:
    """Number of the group of each row, from 0 in the order of first rows; a row without a key is a group of its own."""
    alone = keys.isna().to_numpy()
    codes = pd.factorize(keys)[0].astype(np.int64)
    codes[alone] = codes.max(initial=-1) + 1 + np.arange(alone.sum())
    return pd.factorize(codes)[0].astype(np.int64)


def first_of_groups(frame: pd.DataFrame, groups: Groups, *, columns: Sequence[str]) -> pd.DataFrame:
    """One row a group: the first value that is not null of each column, and ``_row`` of the group's first row."""
    found: dict[str, Any] = {"_row": frame["_row"].to_numpy()[first_rows(groups)]}
    for name in columns:
        known = np.flatnonzero(frame[name].notna().to_numpy())
        places = np.full(int(groups.max(initial=-1)) + 1, -1, dtype=np.int64)
        places[groups[known[::-1]]] = known[::-1]  # written from the last to the first, the first stays
        found[name] = frame[name].take(np.maximum(places, 0)).reset_index(drop=True).where(places >= 0)
    return pd.DataFrame(found)


def first_rows(groups: Groups) -> npt.NDArray[np.int64]:
    """Position of the first row of each group."""
    return np.unique(groups, return_index=True)[1]


def joined_words(words: pd.Series[str], groups: Groups, *, where: npt.NDArray[np.bool_]) -> pd.Series[str]:
    """The words of each group's rows under ``where``, a line a row, in row order; null for a group without."""
    kept = np.flatnonzero(where & words.notna().to_numpy())
    lines: list[list[str]] = [[] for _ in range(int(groups.max(initial=-1)) + 1)]
    for group, word in zip(groups[kept].tolist(), words.take(kept).tolist(), strict=True):
        lines[group].append(word)
    return pd.Series(["\n".join(part) if part else None for part in lines], dtype=STRING)


def rows_of_groups(frame: pd.DataFrame, groups: Groups, wanted: npt.NDArray[np.int64]) -> list[list[dict[Any, Any]]]:
    """The raw rows of some groups, for the content of rejects."""
    return [frame.take(np.flatnonzero(groups == group)).to_dict(orient="records") for group in wanted]

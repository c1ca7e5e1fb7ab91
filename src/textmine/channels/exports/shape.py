"""What every export has: how it is told from other tables, and how its rows become a table that a channel reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.channels.rawframe import Reject, Shape
from textmine.channels.rejected import reject_rows
from textmine.channels.times import parse_times
from textmine.channels.values import as_label
from textmine.settings import Channel, Columns

OTHER = "raw."
"""Before the name of a column that no field is read from: kept for the quarantine, known to no reader by its name."""


@dataclass(frozen=True)
class Shaped:
    """The records of an export as a frame with ``_row``, what its columns are, and the rows that are no customer's."""

    frame: pd.DataFrame
    shape: Shape
    rejects: list[Reject] = field(default_factory=list)


class Detect(Protocol):
    """Tells an export from every other table."""

    def __call__(self, frame: pd.DataFrame) -> bool:
        """Whether the raw frame of a file has this export's shape."""
        ...


class ShapeRows(Protocol):
    """Brings the rows of an export to a frame that a channel reads."""

    def __call__(self, frame: pd.DataFrame, *, zone: str) -> Shaped:
        """The records; ``frame`` was detected and is not changed. Times without an offset are of ``zone``."""
        ...


@dataclass(frozen=True)
class Export:
    """One system's export file."""

    detect: Detect
    shape: ShapeRows


def has_columns(frame: pd.DataFrame, *names: str) -> bool:
    """Whether the frame has all of these columns, by their exact names."""
    return set(names) <= set(map(str, frame.columns))


def first_column(frame: pd.DataFrame, *names: str) -> str | None:
    """The first of some columns that the frame has."""
    return next((name for name in names if name in frame.columns), None)


def first_known(frame: pd.DataFrame, *names: str) -> pd.Series[str]:
    """In each row the first of some columns that is not blank, trimmed; null where all are, or none is there."""
    found = pd.Series([None] * len(frame), index=frame.index, dtype="str")
    for name in names:
        if name in frame.columns:
            found = found.fillna(as_label(frame[name]))
    return found


def named(
    frame: pd.DataFrame,
    fields: Mapping[str, str | None],
    *,
    export: str,
    channel: Channel,
    lists: Mapping[str, Sequence[str]] | None = None,
    dropped: Sequence[str] = (),
) -> Shaped:
    """A frame whose columns are told by name: fields that it lacks are left out, columns of no field get ``OTHER`` before them.

    ``dropped`` are columns that are never kept: addresses of machines and places of persons.
    """
    present = {name: column for name, column in fields.items() if column in frame.columns}
    lists = {name: [column for column in columns if column in frame.columns] for name, columns in (lists or {}).items()}
    used = {"_row", *present.values(), *(column for columns in lists.values() for column in columns)}
    kept = frame.drop(columns=[column for column in dropped if column in frame.columns and column not in used])
    renamed = {column: f"{OTHER}{column}" for column in kept.columns if column not in used}
    return Shaped(kept.rename(columns=renamed), Shape(export, channel, Columns.model_validate({**present, **lists})))


def without(shaped: Shaped, left_out: npt.NDArray[np.bool_], *, reason: str, detail: str) -> Shaped:
    """The records without some, which become rejects."""
    places = np.flatnonzero(left_out)
    if not len(places):
        return shaped
    rejects = reject_rows(shaped.frame, places, reason=reason, details=[detail] * len(places))
    return Shaped(shaped.frame[~left_out].reset_index(drop=True), shaped.shape, shaped.rejects + rejects)


def with_offset(cells: pd.Series[Any], *, zone: str) -> pd.Series[Any]:
    """Times of ``zone`` written with their offset; a cell that is no time stays as it is, for the reader to refuse."""
    times, bad = parse_times(cells, zone=zone)
    return times.astype("str").astype(object).where(times.notna().to_numpy(), cells.where(bad).astype(object))


def emptied(cells: pd.Series[Any], empty: frozenset[str]) -> pd.Series[Any]:
    """The cells, null where they hold nothing but one of some marks such as (空)."""
    marked = as_label(cells).isin(list(empty)).to_numpy()
    return cells.mask(marked) if marked.any() else cells

"""What a format reader hands to a channel reader: raw frames, and the records that could not be read.

A batch balances: ``read == len(frame) + sum(reject.records for reject in rejects)``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from types import MappingProxyType
from typing import Any

import pandas as pd

from textmine.settings import Channel, Columns


@dataclass(frozen=True)
class Reject:
    """A record that could not be read, with its bytes for the encrypted reject store.

    Parameters
    ----------
    row_number : int
        Record number in the unit, from 1 (the ``_row`` it would have had).
    reason : str
        Reason code, such as ``row_ragged``.
    detail : str
        What was found and what was expected. Never the record's own content.
    content : bytes
        The record as it came; as UTF-8 where the unit was decoded. The caller encrypts it; it is never logged.
    records : int
        How many records this reject stands for.
    """

    row_number: int
    reason: str
    detail: str
    content: bytes
    records: int = 1


@dataclass(frozen=True)
class Shape:
    """What the export of a known system says of itself, so that no config has to.

    Parameters
    ----------
    export : str
        Name in ``exports.known.EXPORTS``.
    channel : str
        Channel whose reader takes the frame.
    columns : Columns
        Which column of the frame holds what.
    renamed : mapping of str to str
        Column as the file calls it to column of the frame, so that a config may go on naming the former.
    parts : mapping of str to int
        Question to the number that is its ``part``: its place would change with every question that is added.
    """

    export: str
    channel: Channel
    columns: Columns
    renamed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    parts: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class RawBatch:
    """Some consecutive records of a unit: those read, and those rejected.

    Parameters
    ----------
    frame : pandas.DataFrame
        The records as the source has them, plus ``_row`` (int64, record number in the unit from 1).
    rejects : list of Reject
        The records that could not be read.
    read : int
        Records seen: ``len(frame)`` plus the records of the rejects. Header rows are no records.
    shape : Shape, optional
        Set where the records came as the export of a known system; None for any other table.
    """

    frame: pd.DataFrame
    rejects: list[Reject]
    read: int
    shape: Shape | None = None

    @property
    def last_row(self) -> int:
        """The highest record number of the batch, 0 for none."""
        rows = [int(self.frame["_row"].iloc[-1])] if len(self.frame) else []
        return max(rows + [reject.row_number for reject in self.rejects], default=0)


@dataclass(frozen=True)
class Record:
    """A record that was read: its number in the unit from 1, and its cells by column name."""

    row_number: int
    cells: Mapping[str, Any]


def raw_frame(records: list[Record], *, columns: Iterable[str]) -> pd.DataFrame:
    """The frame of some records: ``columns`` as given, then ``_row``.

    A column that holds only text and None gets dtype ``str``; every other one stays ``object``, so that
    pandas never turns a long whole number into a float. A cell that a record lacks is None.
    """
    frame: dict[str, Any] = {}
    for column in columns:
        values = [record.cells.get(column) for record in records]
        text = set(map(type, values)) <= {str, type(None)}
        frame[column] = pd.Series(values, dtype="str" if text else "object")
    frame["_row"] = pd.Series([record.row_number for record in records], dtype="int64")
    return pd.DataFrame(frame)


def batches(records: Iterable[Record | Reject], *, batch_rows: int, columns: Iterable[str] = ()) -> Iterator[RawBatch]:
    """Batches of up to ``batch_rows`` records each, in order.

    The columns of a batch are ``columns``, then those of its own records in the order first seen.
    """
    source, always = iter(records), list(columns)
    while chunk := list(islice(source, batch_rows)):
        good = [record for record in chunk if isinstance(record, Record)]
        rejects = [record for record in chunk if isinstance(record, Reject)]
        found = dict.fromkeys(chain(always, *(record.cells for record in good)))
        read = len(good) + sum(reject.records for reject in rejects)
        yield RawBatch(raw_frame(good, columns=found), rejects, read)


def shifted(batch: RawBatch, *, rows: int) -> RawBatch:
    """The batch with ``rows`` added to every record number, for the later members of an archive."""
    if not rows:
        return batch
    frame = batch.frame.assign(_row=batch.frame["_row"] + rows)
    rejects = [replace(reject, row_number=reject.row_number + rows) for reject in batch.rejects]
    return replace(batch, frame=frame, rejects=rejects)


def distinct_names(names: Iterable[str]) -> list[str]:
    """Column names in order: stripped, blank ones named ``column_<n>``, repeated ones given ``_2``, ``_3`` ...

    ``_row`` counts as taken, because every raw frame has it.
    """
    out: dict[str, None] = {"_row": None}
    used: dict[str, int] = {"_row": 1}
    for position, raw in enumerate(names, start=1):
        name = raw.replace("\0", "").strip("\ufeff \t\r\n\u3000") or f"column_{position}"
        unique = name
        while unique in out:
            used[name] = used.get(name, 1) + 1
            unique = f"{name}_{used[name]}"
        out[unique] = None
    return list(out)[1:]

"""The fields every channel shares, read from the columns of a table; what a channel adds is only the words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.channels.feedback import Parsed, make_feedback
from textmine.channels.mapping import Mapped
from textmine.channels.rejected import reject_rows
from textmine.channels.scores import parse_scores, parse_votes
from textmine.channels.times import parse_times
from textmine.channels.values import as_key, as_label, as_maps, as_text
from textmine.settings import Source

KEYS = ("source_ref", "answer_id", "customer", "agent")
LABELS = ("question", "segment", "team", "product", "region", "status")
TIMES = ("created_at", "received_at", "first_response_at", "resolved_at", "informed_at")
NUMBERS = ("rating", "nps", "ces", "customer_value")


@dataclass(frozen=True)
class Fields:
    """Fields of the rows of a table, by position.

    Parameters
    ----------
    frame : pandas.DataFrame
        The raw rows, for the content of rejects.
    values : dict of str to sequence
        Column of the feedback frame to its values.
    bad : numpy.ndarray of str
        Where a date cannot be read (``column 'created_at'``), '' where the row is good.
    """

    frame: pd.DataFrame
    values: dict[str, Any]
    bad: npt.NDArray[np.object_]


def read_fields(frame: pd.DataFrame, mapped: Mapped, *, source: Source) -> Fields:
    """Every field but the words, of each row of ``frame`` (its index has to be 0, 1, 2 ...)."""
    where = source.name
    values: dict[str, Any] = {"row_number": frame["_row"].to_numpy(np.int64)}
    bad = np.full(len(frame), "", dtype=object)
    for field, column in mapped.one.items():
        cells = frame[column]
        if field in KEYS:
            values[field] = as_key(cells, column=column, where=where)
        elif field in LABELS:
            values[field] = as_label(cells)
        elif field in TIMES:
            values[field], wrong = parse_times(cells, zone=source.timezone)
            bad[wrong & (bad == "")] = f"column {column!r}"
        elif field in NUMBERS:
            values[field] = parse_scores(cells, field=field, where=where)
    if votes := mapped.get("votes"):
        values["votes"] = parse_votes(frame[votes], where=where)
    values["dimension_scores"] = _dimensions(frame, mapped, where)
    values["attributes"] = _attributes(frame, mapped)
    return Fields(frame, {name: value for name, value in values.items() if value is not None}, bad)


def words_of_columns(frame: pd.DataFrame, mapped: Mapped) -> pd.Series[str]:
    """The text columns of each row, one under the other where the config names several; null where all are blank."""
    columns = [as_text(frame[name]) for name in mapped.texts]
    words = columns[0]
    for further in columns[1:]:
        words = (words + "\n" + further).where(words.notna() & further.notna(), words.fillna(further))
    return words


def settle(fields: Fields, words: Mapping[str, Any], *, channel: str, records: npt.NDArray[np.int64] | None = None) -> Parsed:
    """The ``Parsed`` of fields and words, one row of feedback a row; rows with a bad date become rejects ``bad_date``.

    ``records`` says how many records each row will be expanded to (1 where left out); ``read`` counts those.
    """
    counts = np.ones(len(fields.frame), dtype=np.int64) if records is None else records
    feedback = make_feedback({**fields.values, **words, "channel": channel}, rows=len(fields.frame))
    wrong = np.flatnonzero(fields.bad != "")
    if not len(wrong):
        return Parsed(feedback, [], int(counts.sum()))
    details = [f"{fields.bad[place]}: no date of a known form" for place in wrong]
    rejects = reject_rows(fields.frame, wrong, reason="bad_date", details=details, records=counts[wrong].tolist())
    return Parsed(feedback[fields.bad == ""].reset_index(drop=True), rejects, int(counts.sum()))


def numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows with index 0, 1, 2 ..., names of columns as strings, and ``_row`` (from 1) if it was not there; a shallow copy."""
    renamed = frame.set_axis([str(name) for name in frame.columns], axis=1).reset_index(drop=True)
    return renamed if "_row" in renamed else renamed.assign(_row=np.arange(1, len(renamed) + 1, dtype=np.int64))


def add_attributes(fields: Fields, further: Mapping[str, Any]) -> Fields:
    """The fields with further attributes (name to strings) beside those the config names; these win where a name is the same."""
    if not further:
        return fields
    found = as_maps(further)
    own = fields.values.get("attributes", [None] * len(found))
    joined = [{**(more or {}), **(given or {})} or None for more, given in zip(found, own, strict=True)]
    return replace(fields, values={**fields.values, "attributes": joined})


def _dimensions(frame: pd.DataFrame, mapped: Mapped, where: str) -> pd.Series[Any] | None:
    if not mapped.dimension_scores:
        return None
    scores = {name: parse_scores(frame[name], field="dimension_scores", where=where) for name in mapped.dimension_scores}
    return _maps(scores)


def _attributes(frame: pd.DataFrame, mapped: Mapped) -> pd.Series[Any] | None:
    if not mapped.attributes:
        return None
    return _maps({name: as_label(frame[name]) for name in mapped.attributes})


def _maps(columns: Mapping[str, Any]) -> pd.Series[Any]:
    maps: list[Any] = as_maps(columns)
    return pd.Series(maps, dtype=object)

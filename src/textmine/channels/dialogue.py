"""Tables with a whole dialogue in one cell: what hotline calls and chat sessions share."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from textmine.channels.feedback import Parsed
from textmine.channels.fields import Fields, read_fields, settle, words_of_columns
from textmine.channels.mapping import Mapped
from textmine.channels.times import parse_times
from textmine.channels.turns import part_dialogues
from textmine.channels.values import as_key
from textmine.settings import Source


def read_dialogues(rows: pd.DataFrame, mapped: Mapped, *, source: Source, channel: str) -> Parsed:
    """Records of a table with a dialogue, or the customer's words alone, in each row.

    ``text`` is what the customer said, ``staff_text`` what staff and machines said; ``had_turns`` tells a dialogue from plain
    words. Times of messages fill ``created_at`` (the first) and ``first_response_at`` (the first of a person of the staff) where
    the row has none.
    """
    fields = with_session_number(read_fields(rows, mapped, source=source), rows, mapped, source=source)
    cells = rows[mapped.texts[0]] if len(mapped.texts) == 1 else words_of_columns(rows, mapped)
    parted = part_dialogues(cells, customers=fields.values.get("customer"), agents=fields.values.get("agent"))
    fields = fill_time(fields, "created_at", parted["first_time"], source=source)
    fields = fill_time(fields, "first_response_at", parted["first_staff_time"], source=source)
    return settle(fields, {name: parted[name] for name in ("text", "staff_text", "had_turns")}, channel=channel)


def with_session_number(fields: Fields, rows: pd.DataFrame, mapped: Mapped, *, source: Source) -> Fields:
    """The fields with the session's number as ``source_ref``, unless the config names another column for it."""
    column = mapped.get("session")
    if column is None or "source_ref" in mapped.named:
        return fields
    numbers, other = as_key(rows[column], column=column, where=source.name), fields.values.get("source_ref")
    return replace(fields, values={**fields.values, "source_ref": numbers if other is None else numbers.fillna(other)})


def fill_time(fields: Fields, field: str, cells: pd.Series[Any], *, source: Source) -> Fields:
    """The fields with a time filled from ``cells`` where it is null; a cell that is needed and no date makes the row bad."""
    if cells.isna().all():
        return fields
    known = fields.values.get(field)
    needed = np.ones(len(cells), dtype=bool) if known is None else known.isna().to_numpy()
    found, wrong = parse_times(cells.where(needed).reset_index(drop=True), zone=source.timezone)
    bad = fields.bad.copy()
    bad[wrong & (bad == "")] = "the time of a message"
    return Fields(fields.frame, {**fields.values, field: found if known is None else known.fillna(found)}, bad)

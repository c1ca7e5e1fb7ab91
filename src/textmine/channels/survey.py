"""Survey answers: ratings and open questions in one row; every answered question becomes a record."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from textmine.channels.feedback import Parsed, empty_feedback, make_feedback
from textmine.channels.fields import Fields, numbered, read_fields, settle
from textmine.channels.mapping import Mapped, find_columns
from textmine.channels.values import as_text
from textmine.settings import Source


def read_survey(frame: pd.DataFrame, *, source: Source) -> Parsed:
    """Records of a survey: one for each open question that was answered.

    Shape: one row an answer, ratings (``rating``, ``nps``, ``ces``, ``dimension_scores``) beside the open questions. Where the
    config gives ``text`` as a list, each column is a question: ``question`` is its name, ``part`` its place in the list, from 0,
    and ``answer_id`` (the answer's number, where the source has one) links the parts. A question left blank makes no record; an
    answer with no words at all makes one record with null text, so that its ratings count. Every part carries the ratings of its
    answer.

    Raises
    ------
    UnitError
        ``missing_column`` where no column holds the words, or one that the config names is not there.
    """
    if frame.empty:
        return Parsed(empty_feedback(), [], 0)
    rows = numbered(frame)
    mapped = find_columns(rows, source.columns, where=source.name)
    fields = _linked(read_fields(rows, mapped, source=source))
    if not mapped.listed:
        return settle(fields, {"text": as_text(rows[mapped.texts[0]])}, channel="survey")
    return _expanded(rows, mapped, fields)


def _linked(fields: Fields) -> Fields:
    """The fields with the one number of the answer as both ``source_ref`` and ``answer_id`` where the source has only one."""
    own, linked = fields.values.get("source_ref"), fields.values.get("answer_id")
    if own is None and linked is None:
        return fields
    own, linked = (linked if own is None else own), (own if linked is None else linked)
    return replace(fields, values={**fields.values, "source_ref": own, "answer_id": linked})


def _expanded(rows: pd.DataFrame, mapped: Mapped, fields: Fields) -> Parsed:
    answers = [as_text(rows[name]) for name in mapped.texts]
    said = np.column_stack([answer.notna().to_numpy() for answer in answers])
    silent = np.flatnonzero(~said.any(axis=1))
    kept = said.copy()
    kept[silent, 0] = True
    parsed = settle(fields, {}, channel="survey", records=kept.sum(axis=1))
    good = np.flatnonzero(fields.bad == "")
    place, part = np.nonzero(kept[good])
    words = np.column_stack([answer.to_numpy(dtype=object) for answer in answers])[good[place], part]
    asked = np.array(mapped.texts, dtype=object)[part]
    asked[np.isin(good[place], silent)] = None
    wide = parsed.feedback.take(place)
    values = {name: wide[name] for name in wide.columns} | {"part": part, "question": asked, "text": words}
    return Parsed(make_feedback(values, rows=len(place)), parsed.rejects, parsed.read)

"""Qualtrics: CSV, TSV or Excel with three header rows (names, questions, ImportId), and the JSON and NDJSON of response exports.

Shapes: Qualtrics, "Data Export Formats" and "Understanding Your Dataset"; API v3, "Response Exports".
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.channels.exports.questions import Kind, Question, answers_frame, kind_of
from textmine.channels.exports.shape import Export, Shaped, first_known, has_columns, with_offset, without
from textmine.channels.scores import RATING_WORDS
from textmine.channels.values import cell_text

PREVIEW = frozenset(("survey preview", "survey test", "preview spam", "offline preview", "1", "2", "9", "17"))
"""Values of Status that stand for an answer nobody gave; Qualtrics, "Response Type"."""

MACHINE = ("IPAddress", "ipAddress", "LocationLatitude", "locationLatitude", "LocationLongitude", "locationLongitude")
_NAMES: Mapping[str, str] = {
    # of the JSON export to those of the CSV
    "responseId": "ResponseId",
    "_recordId": "ResponseId",
    "startDate": "StartDate",
    "endDate": "EndDate",
    "recordedDate": "RecordedDate",
    "status": "Status",
    "finished": "Finished",
    "recipientEmail": "RecipientEmail",
    "recipientFirstName": "RecipientFirstName",
    "recipientLastName": "RecipientLastName",
    "externalDataReference": "ExternalReference",
    "distributionChannel": "DistributionChannel",
    "userLanguage": "UserLanguage",
    "progress": "Progress",
    "duration": "Duration (in seconds)",
}
_TIMES = ("EndDate", "RecordedDate", "StartDate")
_IMPORT_ID = re.compile(r"\{\s*\"ImportId\"")
_QUESTION_ID = re.compile(r"(?:\d+_)?QID\d+")
_OPEN_ID = re.compile(r"(?:\d+_)?QID[\d#_]+_TEXT")
_CHOICE_ID = re.compile(r"(?:\d+_)?QID\d+(?:#\d+)?(?:_\d+)?")
_ROW_OF_MATRIX = re.compile(r"(?:\d+_)?QID\d+(?:#\d+)?_\d+")


def is_qualtrics(frame: pd.DataFrame) -> bool:
    """Whether the frame is a table with the row of ImportIds, or records with ``values`` of a response export."""
    if has_columns(frame, "responseId", "values"):
        return True
    return has_columns(frame, "ResponseId") and bool(_import_rows(frame.head(5)).any())


def shape_qualtrics(frame: pd.DataFrame, *, zone: str) -> Shaped:
    """One row a response: open questions, scores, the time it ended, the respondent's reference or mail.

    Naive times are of the zone that their ImportId names, else of ``zone``. ``attributes`` hold ``finished`` where the answer
    was broken off, and ``response_status`` where it is not the usual one. Addresses of machines and places are left out.

    Previews and tests become rejects ``survey_preview``: they are kept and counted, but published they would move every score,
    and no column of the tables could tell them from customers.
    """
    if has_columns(frame, "responseId", "values"):
        rows, asked = _flat(frame)
        return _shaped(rows, asked, zone=zone, zones={})
    heads = _import_rows(frame)
    above = np.append(heads[1:], False)
    ids = {str(name): _import_id(frame[name][heads].iloc[0]) for name in frame.columns if name != "_row"}
    words = frame[above].iloc[0] if above.any() else pd.Series({name: name for name in ids})
    questions = [
        Question(name, cell_text(words[name]) or name, _kind(import_id, cell_text(words[name]) or name), import_id)
        for name, about in ids.items()
        if _QUESTION_ID.match(import_id := str(about.get("ImportId", "")))
    ]
    zones = {name: told for name in _TIMES if name in ids and (told := _known_zone(ids[name].get("timeZone")))}
    answers = frame[~heads & ~above].reset_index(drop=True)
    return _shaped(answers, _recommending(questions), zone=zone, zones=zones)


def _shaped(rows: pd.DataFrame, questions: list[Question], *, zone: str, zones: Mapping[str, str]) -> Shaped:
    status, finished = first_known(rows, "Status"), first_known(rows, "Finished").str.casefold()
    times = rows.assign(**{name: with_offset(rows[name], zone=zones.get(name, zone)) for name in _TIMES if name in rows.columns})
    fields: dict[str, pd.Series[Any]] = {
        "answer_id": first_known(rows, "ResponseId"),
        "created_at": first_known(times, *_TIMES),
        "customer": first_known(rows, "ExternalReference", "RecipientEmail"),
    }
    more = {
        "finished": pd.Series("false", index=rows.index).where(finished.isin(("false", "0"))),
        "response_status": status.mask(status.str.casefold().isin(("ip address", "0"))),
    }
    fields |= {name: cells for name, cells in more.items() if cells.notna().any()}
    shaped = answers_frame(rows, questions, fields, export="qualtrics", dropped=MACHINE, attributes=tuple(more))
    preview = status.str.casefold().isin(PREVIEW).to_numpy()
    return without(shaped, preview, reason="survey_preview", detail="an answer given as preview or test of the survey")


def _kind(import_id: str, words: str) -> Kind:
    if _OPEN_ID.fullmatch(import_id):
        return "contact" if kind_of(words) == "contact" else "open"
    found = kind_of(words, matrix=bool(_ROW_OF_MATRIX.fullmatch(import_id)))
    if found not in ("open", "other"):
        return found
    # whatever a question's words say, what was written has _TEXT in its id, but for the fields of a form
    return "other" if _ROW_OF_MATRIX.fullmatch(import_id) else "choice"


def _recommending(questions: list[Question]) -> list[Question]:
    """The questions without the columns of NPS groups, which say whose scores are those of the recommendation."""
    scored = {question.column.removesuffix("_NPS_GROUP") for question in questions if question.column.endswith("_NPS_GROUP")}
    kept = [question for question in questions if not question.column.endswith("_NPS_GROUP")]
    return [replace(question, kind="nps") if question.column in scored else question for question in kept]


def _flat(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[Question]]:
    """A column a value of the JSON records, and the questions by their ids: this export does not say how they were asked.

    Of a question with choices only grades are kept: their labels say what the numbers mean.
    """
    values = [cell if isinstance(cell, dict) else {} for cell in frame["values"]]
    given = frame["labels"].tolist() if "labels" in frame.columns else [{}] * len(frame)
    labels = [cell if isinstance(cell, dict) else {} for cell in given]
    names = list(dict.fromkeys(name for cell in values for name in cell))
    kinds = {name: kind for name in names if (kind := _kind_of_id(name, names))}
    columns: dict[str, list[Any]] = {}
    for name in (name for name in names if not name.endswith("_NPS_GROUP")):
        source = labels if kinds.get(name) == "dimension" or name == "status" else values
        columns.setdefault(_NAMES.get(name, name), [cell.get(name) for cell in source])
    columns |= {
        name: [cell if _is_grade(cell) else None for cell in columns[name]] for name in kinds if kinds[name] == "dimension"
    }
    rows = pd.DataFrame({**columns, "ResponseId": frame["responseId"].to_numpy(), "_row": frame["_row"].to_numpy()})
    return rows, [Question(name, name, kind, name) for name, kind in kinds.items()]


def _kind_of_id(name: str, names: list[str]) -> Kind | None:
    if _OPEN_ID.fullmatch(name):
        return "open"
    if f"{name}_NPS_GROUP" in names:
        return "nps"
    return "dimension" if _CHOICE_ID.fullmatch(name) else None


def _is_grade(label: Any) -> bool:
    return isinstance(label, str) and label.strip().casefold() in RATING_WORDS


def _import_rows(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Rows of ImportIds: two or more of the first columns hold one, which are dates and states and no customer's to fill."""
    first = [name for name in frame.columns if name != "_row"][:6]
    marks = [[isinstance(cell, str) and bool(_IMPORT_ID.match(cell)) for cell in frame[name]] for name in first]
    return np.asarray(np.sum(marks, axis=0) >= 2) if len(frame) else np.zeros(0, dtype=bool)


def _known_zone(name: Any) -> str:
    try:
        return ZoneInfo(name).key if isinstance(name, str) else ""
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ""


def _import_id(cell: Any) -> dict[str, Any]:
    try:
        found = json.loads(cell)
    except (TypeError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


QUALTRICS = Export(is_qualtrics, shape_qualtrics)

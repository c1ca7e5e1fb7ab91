"""SurveyMonkey: saved pages of the bulk-responses call (API v3, ``GET /surveys/{id}/responses/bulk``), plain or ``simple``.

A response holds pages, these questions, these answers. With ``simple`` a question says its ``heading`` and ``family``, an answer
its ``simple_text``; without, questions are known by their ids and only written answers have a ``text``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from textmine.channels.exports.questions import Kind, Question, answers_frame, kind_of
from textmine.channels.exports.shape import Export, Shaped, first_known, has_columns
from textmine.channels.values import as_label, cell_text

MACHINE = ("ip_address", "pages", "page_path", "logic_path", "metadata", "href", "analyze_url", "edit_url")


def is_surveymonkey_pages(frame: pd.DataFrame) -> bool:
    """Whether the frame holds responses with pages of a collector."""
    return has_columns(frame, "id", "pages", "collector_id")


def shape_surveymonkey_pages(frame: pd.DataFrame, *, zone: str) -> Shaped:
    """One row a response; ``attributes`` hold ``response_status`` where the response was not completed."""
    answers = [dict(_answers(cell)) for cell in frame["pages"]]
    asked = {key: question for answer in answers for key, (question, _) in answer.items()}
    cells = {key: pd.Series([answer[key][1] if key in answer else None for answer in answers], dtype=object) for key in asked}
    rows = pd.concat([frame.reset_index(drop=True), pd.DataFrame(cells, index=range(len(frame)))], axis=1)
    status = first_known(rows, "response_status")
    fields: dict[str, pd.Series[Any]] = {
        "answer_id": as_label(rows["id"]),
        "created_at": first_known(rows, "date_modified", "date_created"),
        "customer": first_known(rows, "custom_value", "email_address"),
    }
    broken_off = status.mask(status == "completed")
    fields |= {"response_status": broken_off} if broken_off.notna().any() else {}
    return answers_frame(
        rows, list(asked.values()), fields, export="surveymonkey_pages", attributes=("response_status",), dropped=MACHINE
    )


def _answers(pages: Any) -> Iterator[tuple[str, tuple[Question, Any]]]:
    for question in (question for page in _dicts(pages) for question in _dicts(page.get("questions"))):
        number, heading = str(question.get("id")), cell_text(question.get("heading")) or ""
        for answer in _dicts(question.get("answers")):
            key, words, kind = _asked(question, answer, heading)
            name = f"q{number}.{key}" if key else f"q{number}"
            yield name, (Question(name, words or f"Q{number}", kind, name), _said(answer, kind))


def _asked(question: Mapping[str, Any], answer: Mapping[str, Any], heading: str) -> tuple[str, str, Kind]:
    """Key of the answer within its question, the question's words and its kind."""
    row = str(answer.get("row_id") or "")
    if "text" in answer and "choice_id" not in answer:
        several = question.get("family") == "demographic" or bool(row)
        contact = kind_of(heading) == "contact" or question.get("family") == "demographic"
        key = row if several else "other" if answer.get("other_id") else ""
        return key, f"{heading} - {row}".strip(" -") if several and heading else heading, "contact" if contact else "open"
    kind = kind_of(
        heading, matrix=bool(row) and question.get("subtype") not in ("rating", "single_rating") and _rows(question) > 1
    )
    return f"{row}.{answer.get('col_id', '')}".strip("."), heading, "choice" if kind in ("open", "other") else kind


def _rows(question: Mapping[str, Any]) -> int:
    return len({answer.get("row_id") for answer in _dicts(question.get("answers"))})


def _said(answer: Mapping[str, Any], kind: Kind) -> Any:
    """The words written, or the weight of the grade that was chosen, else its label."""
    if kind in ("open", "contact"):
        return answer.get("text")
    about = answer.get("choice_metadata")
    weight = about.get("weight") if isinstance(about, Mapping) else None
    return weight if weight not in (None, "") else answer.get("simple_text")


def _dicts(value: Any) -> Sequence[dict[str, Any]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


SURVEYMONKEY_PAGES = Export(is_surveymonkey_pages, shape_surveymonkey_pages)

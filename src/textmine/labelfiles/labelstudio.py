"""Label Studio: tasks with the model's labels as pre-annotations out, its JSON and JSON-MIN exports in.

SOURCE: https://labelstud.io/guide/tasks (task format), https://labelstud.io/guide/export (JSON, JSON_MIN).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import pandas as pd

from textmine.errors import ConfigError
from textmine.labelfiles.choices import Choices
from textmine.labelfiles.columns import ABOUT, LABELS, SEPARATOR

Task = dict[str, Any]
DATA = (*ABOUT, "text_digest")
COLUMNS = ("feedback_id", "text", "text_digest", "annotator", *LABELS)


class Annotated(NamedTuple):
    """``rows``: COLUMNS, one row an annotation, several choices joined by ``;``, index the number of the task from 1.

    ``cancelled`` and ``empty``: how many annotations were thrown away by their annotator, or say nothing.
    """

    rows: pd.DataFrame
    cancelled: int
    empty: int


def write_tasks(tasks: pd.DataFrame, file: BinaryIO, *, choices: Choices, model: str) -> None:
    """The tasks (columns TASK) as a JSON list, one a line, the labels of the model as predictions under the name ``model``."""
    known = {label: set(names) for label, names in choices.items()}
    columns = tasks[[*DATA, *LABELS]].astype("str").fillna("")
    file.write(b"[")
    for number, row in enumerate(columns.to_dict("records")):
        result = [_choice(label, str(row[label]), known[label]) for label in LABELS if row[label]]
        task = {"data": {name: row[name] for name in DATA}, "predictions": [{"model_version": model, "result": result}]}
        file.write((b",\n" if number else b"\n") + json.dumps(task, ensure_ascii=False).encode("utf-8", "replace"))
    file.write(b"\n]\n")


def read_label_studio(path: Path) -> pd.DataFrame:
    """``feedback_id``, ``text`` and the label columns of an export of Label Studio (JSON or JSON-MIN), one row an annotation.

    ``categories`` are lists; labels are as written in Label Studio, null where none was chosen. Cancelled annotations are
    left out.

    Raises
    ------
    ConfigError
        If the file is no such export.
    """
    rows = read_annotations(path.read_bytes(), where=str(path)).rows.reset_index(drop=True)
    lists = [cell.split(SEPARATOR) if isinstance(cell, str) else None for cell in rows["categories"]]
    return rows[["feedback_id", "text", *LABELS]].assign(categories=pd.Series(lists, index=rows.index, dtype=object))


def read_annotations(data: bytes, *, where: str) -> Annotated:
    """Every annotation of an export of Label Studio. Raises like ``read_label_studio``."""
    try:
        tasks = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise ConfigError("not JSON", where=where, got=type(error).__name__, todo="export as JSON or JSON-MIN") from None
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise ConfigError("no list of tasks", where=where, todo="export as JSON or JSON-MIN")
    found: list[Task] = []
    numbers: list[int] = []
    cancelled = 0
    for number, task in enumerate(tasks, start=1):
        for about, labels in _annotations(task):
            if labels is None:
                cancelled += 1
            else:
                found.append(about | labels)
                numbers.append(number)
    rows = pd.DataFrame(found, columns=list(COLUMNS), index=numbers, dtype="str")
    blank = rows[list(LABELS)].isna().all(axis=1)
    return Annotated(rows[~blank], cancelled, int(blank.sum()))


def _choice(label: str, cell: str, known: set[str]) -> Task:
    chosen = [code for code in cell.split(SEPARATOR) if code in known]
    return {"from_name": label, "to_name": "text", "type": "choices", "value": {"choices": chosen}}


def _annotations(task: Task) -> Iterator[tuple[Task, Task | None]]:
    """Who annotated what, and the labels; None for a cancelled one."""
    if "annotations" not in task:  # JSON-MIN: an object an annotation, the data and the labels side by side
        about = _about(task, task.get("annotator"))
        yield about, {label: _joined(task.get(label)) for label in LABELS}
        return
    data = task.get("data")
    for annotation in task["annotations"] or []:
        about = _about(data if isinstance(data, dict) else {}, annotation.get("completed_by"))
        yield about, None if annotation.get("was_cancelled") else _labels(annotation)


def _about(data: Task, by: Any) -> Task:
    who = by.get("email") or by.get("id") if isinstance(by, dict) else by
    return {name: _plain(data.get(name)) for name in ("feedback_id", "text", "text_digest")} | {"annotator": _plain(who)}


def _labels(annotation: Task) -> Task:
    results = annotation.get("result") or []
    values = {part.get("from_name"): part.get("value") for part in results if isinstance(part, dict)}
    return {label: _joined(values.get(label)) for label in LABELS}


def _joined(value: Any) -> str | None:
    """A choice, a list of choices or ``{"choices": [...]}`` as text joined by ``;``; null for none."""
    chosen = value.get("choices") if isinstance(value, dict) else value
    parts = chosen if isinstance(chosen, list) else [chosen]
    return SEPARATOR.join(str(part).strip() for part in parts if part is not None and str(part).strip()) or None


def _plain(value: Any) -> str | None:
    return None if value is None or value == "" else str(value)

"""Labels that come back: read, checked as a whole, and kept in the lake; or refused, and nothing is written."""

from __future__ import annotations

import logging
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textmine.errors import ConfigError, shown_names
from textmine.labelfiles.checks import check_labels
from textmine.labelfiles.choices import choices_of
from textmine.labelfiles.columns import LABELS, SEPARATOR, TASK, as_given
from textmine.labelfiles.csvfile import read_csv
from textmine.labelfiles.excel import read_excel
from textmine.labelfiles.labelstudio import read_annotations
from textmine.reviewing.desk import Desk
from textmine.store.corrections import KEY, append_corrections
from textmine.store.records import published_texts

logger = logging.getLogger(__name__)
SUFFIXES = (".xlsx", ".csv", ".json")


class LabelFile(NamedTuple):
    """``rows``: feedback_id, text, text_digest, annotator and LABELS as written; ``left_out``: how many annotations, and why."""

    rows: pd.DataFrame
    left_out: dict[str, int]


class Imported(NamedTuple):
    """What an import came to. ``labels``: how many of each column; ``written``: False where the lake had them all before."""

    texts: int
    labels: dict[str, int]
    path: Path
    written: bool
    nights: list[date]


def read_label_file(path: Path, *, with_ids: bool = True) -> LabelFile:
    """What people wrote in a workbook, a CSV file or an export of Label Studio (JSON, JSON-MIN).

    ``with_ids``: the file must name each text by its feedback_id; without, it may be labels of texts from anywhere.

    Raises
    ------
    ConfigError
        If the file cannot be read, or has no column ``feedback_id``.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"the file cannot be read ({error.strerror})", where=str(path)) from None
    if path.suffix == ".json":
        rows, cancelled, empty = read_annotations(data, where=str(path))
        counts = {"cancelled": cancelled, "without a label": empty}
        return LabelFile(rows, {why: n for why, n in counts.items() if n})
    if path.suffix not in SUFFIXES:
        raise ConfigError("the extension says the format", where=str(path), got=path.suffix or "none", allowed=SUFFIXES)
    table = read_csv(data, where=str(path)) if path.suffix == ".csv" else read_excel(data, where=str(path))
    if with_ids and "feedback_id" not in table:
        raise ConfigError(
            "no column feedback_id",
            where=str(path),
            got=shown_names(table.columns, known=TASK),
            todo="give a file of `textmine labels export`",
        )
    return LabelFile(as_given(table), {})


def import_labels(given: pd.DataFrame, *, desk: Desk, by: str, at: datetime, guideline: str = "", where: str = "") -> Imported:
    """The labels, now in the lake; they win over the models from the next run of each of ``nights`` on.

    ``given``: ``rows`` of a LabelFile; where no annotator is named it was ``by``.

    Raises
    ------
    LabelsRefusedError, ConfigError
        If anything is wrong with them (see ``check_labels``); nothing is written.
    """
    published = published_texts(given["feedback_id"], lake=desk.lake)
    named = given.assign(annotator=given["annotator"].fillna(by))
    labels = check_labels(named, choices=choices_of(desk.taxonomy), published=published, where=where)
    lists = [cell.split(SEPARATOR) if isinstance(cell, str) else None for cell in labels["categories"]]
    kept = labels.assign(categories=pd.Series(lists, index=labels.index, dtype=object))
    appended = append_corrections(kept, lake=desk.lake, keyring=desk.keyring, at=at, guideline=guideline)
    said = pd.MultiIndex.from_frame(labels[KEY])
    nights = sorted(set(published["night"][pd.MultiIndex.from_frame(published[KEY].astype("str")).isin(said)]))
    logger.info("labels: %d texts %s", len(labels), "kept" if appended.written else "were there before")
    counts = {label: int(labels[label].notna().sum()) for label in LABELS}
    return Imported(len(labels), counts, appended.path, appended.written, nights)

"""Labels people gave, kept under ``labels/`` of the lake: files are only ever added, the newest word on a text wins."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.schema import TEXT, TIME, WORDS, Column, Table
from textmine.store.casting import fitted
from textmine.store.durable import write_durably
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.lock import short_lock
from textmine.store.parquet import read_parquet, write_parquet
from textmine.tables import INTENTS, PRIORITIES, SENTIMENTS

# fmt: off
CORRECTIONS = Table(
    "corrections", "Labels people gave, one row a text of one import; null where nothing was said.", "人工更正",
    ("feedback_id", "text_digest"),
    (
        Column("feedback_id", TEXT, "The feedback.", "反馈编号", nullable=False),
        Column("text_digest", TEXT, "Keyed digest of the text it was said of, as in the ledger.", "正文摘要", nullable=False),
        Column("sentiment", TEXT, "Overall attitude.", "情感", values=SENTIMENTS),
        Column("categories", WORDS, "Every category the text speaks of.", "类别"),
        Column("primary_category", TEXT, "The most important category.", "主类别"),
        Column("intent", TEXT, "What the customer wants.", "意图", values=INTENTS),
        Column("priority", TEXT, "P0 to P3.", "优先级", values=PRIORITIES),
        Column("annotator", TEXT, "Who said it.", "标注人", nullable=False),
        Column("labelled_at", TIME, "When it was imported.", "标注时间", "UTC", nullable=False),
        Column("guideline_version", TEXT, "Version of the labelling guideline.", "标注规范版本"),
    ),
)
# fmt: on
KEY = ["feedback_id", "text_digest"]
LABELS = ("sentiment", "categories", "primary_category", "intent", "priority")
NAME = re.compile(r"(?P<number>\d{6,})-(?P<digest>[0-9a-f]{16})\.parquet")
DIGITS = 16


class Appended(NamedTuple):
    """Where the labels are, and whether this import wrote them: the same ones again change nothing."""

    path: Path
    written: bool


def append_corrections(labels: pd.DataFrame, *, lake: Lake, keyring: Keyring, at: datetime, guideline: str = "") -> Appended:
    """The labels as the next file of the lake, whole or not there at all.

    ``labels``: KEY, LABELS (``categories`` as lists) and ``annotator``. The same labels of the same annotators and guideline
    that were imported before are not written again, whatever came after them.

    Raises
    ------
    ContractError
        If a column is missing, a code is not known or a text comes twice.
    TextmineError
        If the disk is full or broken; nothing is there then.
    """
    rows = labels.sort_values(KEY, ignore_index=True).assign(labelled_at=at, guideline_version=guideline or None)
    [table] = fitted(rows.astype({"guideline_version": "str"})[CORRECTIONS.names], table=CORRECTIONS)
    CORRECTIONS.check(table)
    said = json.dumps(table.drop_columns(["labelled_at"]).to_pylist(), ensure_ascii=False, sort_keys=True)
    digest = keyring.digest(said.encode("utf-8", "surrogatepass"))[:DIGITS]
    with short_lock(lake.ledger / "labels.lock"):
        files = correction_files(lake)
        for path in files:
            if path.stem.endswith(digest):
                return Appended(path, written=False)
        path = lake.labels / f"{_number(files[-1]) + 1 if files else 1:06}-{digest}.parquet"
        write_durably(
            path,
            lambda file: write_parquet(file, [table], schema=CORRECTIONS.schema, run_id=""),
            check=lambda temp: CORRECTIONS.check(read_parquet(temp)),
        )
    return Appended(path, written=True)


def read_corrections(lake: Lake, *, feedback_ids: pd.Series | None = None) -> pd.DataFrame:
    """What people said last of each text: CORRECTIONS, one row a text, sorted by KEY, index from 0; no rows where nobody spoke.

    Label by label the newest word counts, so a later file may add to an earlier one without repeating it. ``annotator``,
    ``labelled_at`` and ``guideline_version`` are those of the last file. ``feedback_ids``: only those.

    Raises
    ------
    ContractError
        If a file is damaged.
    """
    parts = [read_parquet(path) for path in correction_files(lake)]
    table = pa.concat_tables([CORRECTIONS.schema.empty_table().replace_schema_metadata(None), *parts], promote_options="default")
    if feedback_ids is not None:
        asked = pa.array(np.unique(feedback_ids.dropna().to_numpy(dtype=object).astype(str)), TEXT)
        table = table.filter(pc.is_in(table["feedback_id"], asked))
    rows: pd.DataFrame = table.to_pandas()
    if rows.duplicated(KEY).any():
        rows = rows.groupby(KEY, sort=False, as_index=False).last()  # of each column the last that is not null
    return rows[CORRECTIONS.names].sort_values(KEY, ignore_index=True)


def correction_files(lake: Lake) -> list[Path]:
    """Files of labels, the oldest first."""
    return sorted((path for path in lake.labels.glob("*.parquet") if NAME.fullmatch(path.name)), key=_number)


def _number(path: Path) -> int:
    match = NAME.fullmatch(path.name)
    return int(match["number"]) if match else 0

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
CATEGORIES = ["categories", "primary_category"]
NAME = re.compile(r"(?P<number>\d{6,})-(?P<digest>[0-9a-f]{16})\.parquet")
DIGITS = 16


class Appended(NamedTuple):
    """Where the labels are, and whether this import wrote them: labels that still hold change nothing."""

    path: Path
    written: bool


def append_corrections(labels: pd.DataFrame, *, lake: Lake, keyring: Keyring, at: datetime, guideline: str = "") -> Appended:
    """The labels as the next file of the lake, whole or not there at all.

    ``labels``: KEY, LABELS (``categories`` as lists) and ``annotator``. The same labels of the same annotators and guideline
    that were imported before are not written again as long as all of them still hold (see ``read_corrections``); where a
    later file overruled one of them they are, and win.

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
        before = [path for path in files if path.stem.endswith(digest)]
        if before and _hold(table, lake):
            return Appended(before[-1], written=False)
        path = lake.labels / f"{_number(files[-1]) + 1 if files else 1:06}-{digest}.parquet"
        write_durably(
            path,
            lambda file: write_parquet(file, [table], schema=CORRECTIONS.schema, run_id=""),
            check=lambda temp: CORRECTIONS.check(read_parquet(temp)),
        )
    return Appended(path, written=True)


def read_corrections(lake: Lake, *, feedback_ids: pd.Series | None = None) -> pd.DataFrame:
    """What people said last of each text: CORRECTIONS, one row a text, sorted by KEY, index from 0; no rows where nobody spoke.

    Label by label the newest word counts, so a later file may add to an earlier one without repeating it. But a primary
    category and a list without it cannot both be meant: the one said later stands, the other is null. ``annotator``,
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
        last = rows.groupby(KEY, sort=False, as_index=False).last()  # of each column the last that is not null
        rows = last.assign(**_categories(rows))
    return rows[CORRECTIONS.names].sort_values(KEY, ignore_index=True)


def correction_files(lake: Lake) -> list[Path]:
    """Files of labels, the oldest first."""
    return sorted((path for path in lake.labels.glob("*.parquet") if NAME.fullmatch(path.name)), key=_number)


def _categories(rows: pd.DataFrame) -> dict[str, pd.Series]:
    """``categories`` and ``primary_category`` of each text in the order in which texts come first; the later word stands."""
    now: dict[tuple[str, str], tuple[np.ndarray | None, str | None]] = {}
    for feedback_id, digest, listed, main in rows[[*KEY, *CATEGORIES]].itertuples(index=False, name=None):
        old_list, old_main = now.get((feedback_id, digest), (None, None))
        named, first = listed is not None, isinstance(main, str)
        if named and not first:
            main = old_main if old_main in listed else None
        elif first and not named:
            listed = old_list if old_list is not None and main in old_list else None
        elif not named:
            listed, main = old_list, old_main
        now[feedback_id, digest] = listed, main
    pairs = zip(CATEGORIES, zip(*now.values(), strict=True), strict=True)
    return {name: pd.Series(cells, dtype=rows[name].dtype) for name, cells in pairs}


def _hold(table: pa.Table, lake: Lake) -> bool:
    """Whether every label of the table is still what people said last of its text."""
    standing = read_corrections(lake, feedback_ids=table["feedback_id"].to_pandas())
    now = {tuple(row[name] for name in KEY): row for row in _lines(standing)}
    return all(row[label] in (None, now[row[KEY[0]], row[KEY[1]]][label]) for row in table.to_pylist() for label in LABELS)


def _lines(rows: pd.DataFrame) -> list[dict[str, object]]:
    schema = pa.schema([CORRECTIONS.schema.field(name) for name in (*KEY, *LABELS)])
    lines: list[dict[str, object]] = pa.Table.from_pandas(rows[schema.names], schema=schema, preserve_index=False).to_pylist()
    return lines


def _number(path: Path) -> int:
    match = NAME.fullmatch(path.name)
    return int(match["number"]) if match else 0

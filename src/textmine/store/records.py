"""What became of every record: one sorted file a night, for conservation, duplicates and revisions."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from textmine.schema import BIG, TEXT, WHOLE, Column, Table
from textmine.store.casting import fitted
from textmine.store.durable import write_durably
from textmine.store.lake import Lake
from textmine.store.manifest import published_nights, read_manifest
from textmine.store.parquet import open_parquet, read_parquet, run_of_file, write_parquet
from textmine.tables import FATES

RECORDS = Table(
    "records",
    "What became of every record of the night.",
    "记录去向",
    (),
    (
        Column("feedback_id", TEXT, "Keyed id; null for what could not be parsed.", "反馈编号"),
        Column("text_digest", TEXT, "Keyed digest of the text.", "正文摘要"),
        Column("revision", WHOLE, "Revision of the text under this id.", "修订号"),
        Column("fate", TEXT, "What became of it.", "去向", values=FATES, nullable=False),
        Column("unit", TEXT, "Keyed digest of the unit.", "单元", nullable=False),
        Column("row_number", BIG, "Row or record in the unit, from 1.", "行号", nullable=False),
        Column("part", WHOLE, "Part of the row, from 0.", "部分", nullable=False),
    ),
)
COLUMNS = tuple(RECORDS.names)
ORDER = ["feedback_id", "unit", "row_number", "part"]
GROUP_ROWS = 8_000  # the step in which a look-up can skip


def write_records(records: pd.DataFrame, *, lake: Lake, night: date, run_id: str) -> None:
    """The night's records (columns of RECORDS), sorted; written after the manifest.

    Raises
    ------
    ContractError
        If columns or types differ from RECORDS or a fate is not known.
    """
    [table] = fitted(records, table=RECORDS)
    RECORDS.check(table)
    ordered = table.sort_by([(name, "ascending") for name in ORDER])
    write_durably(
        lake.records_file(night),
        lambda file: write_parquet(file, [ordered], schema=RECORDS.schema, run_id=run_id, group_rows=GROUP_ROWS),
        check=read_parquet,
        mode=0o600,
    )


def read_records(night: date, *, lake: Lake) -> pd.DataFrame:
    """Records of one night, sorted by feedback_id (null last), unit, row_number, part; no rows if there is no file."""
    path = lake.records_file(night)
    return _frame(read_parquet(path) if path.is_file() else RECORDS.schema.empty_table())


def known_before(night: date, feedback_ids: pd.Series, *, lake: Lake) -> pd.DataFrame:
    """``night`` and the columns of RECORDS of every earlier record whose id is asked for, by feedback_id and night.

    Of each file only those groups of rows are read that an id may lie in; a Bloom filter is not kept yet.
    """
    asked = np.unique(feedback_ids.dropna().to_numpy(dtype=object).astype(str))
    found = [(day, table) for day in published_nights(lake) if day < night for table in _matches(lake.records_file(day), asked)]
    frame = _frame(pa.concat_tables([RECORDS.schema.empty_table().replace_schema_metadata(None), *(table for _, table in found)]))
    frame.insert(0, "night", pd.Series([day for day, table in found for _ in range(table.num_rows)], dtype=object))
    return frame.sort_values(["feedback_id", "night", "unit", "row_number", "part"], ignore_index=True)


def published_texts(feedback_ids: pd.Series, *, lake: Lake, nights: Collection[date] | None = None) -> pd.DataFrame:
    """``night``, ``feedback_id``, ``text_digest`` of what is published under these ids, in date order; ``nights``: only those."""
    known = known_before(date.max, feedback_ids, lake=lake)
    shown = known["fate"].eq("published") & (known["night"].isin(list(nights)) if nights is not None else True)
    found: pd.DataFrame = known.loc[shown, ["night", "feedback_id", "text_digest"]]
    return found.sort_values(["night", "feedback_id"], ignore_index=True)


def unfinished_nights(lake: Lake) -> list[date]:
    """Published nights whose records file is missing or of another run (killed after the manifest): run them again first."""
    return [
        night
        for night in published_nights(lake)
        if run_of_file(lake.records_file(night)) != read_manifest(night, lake=lake).run_id
    ]


def _matches(path: Path, asked: np.ndarray) -> Iterator[pa.Table]:
    if not path.is_file():
        return
    with open_parquet(path) as file:
        groups = [number for number in range(file.num_row_groups) if _may_hold(file, number, asked)]
        hits = pc.is_in(file.read_row_groups(groups, columns=["feedback_id"])["feedback_id"], pa.array(asked, TEXT))
        if pc.any(hits).as_py():
            yield file.read_row_groups(groups).replace_schema_metadata(None).filter(hits)


def _may_hold(file: pq.ParquetFile, number: int, asked: np.ndarray) -> bool:
    """Whether an id asked for lies between the lowest and the highest of the row group."""
    bounds = file.metadata.row_group(number).column(0).statistics
    if bounds is None or not bounds.has_min_max:
        return False
    return bool(np.searchsorted(asked, bounds.min, "left") < np.searchsorted(asked, bounds.max, "right"))


def _frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas()
    return frame.astype({"revision": "Int32"})

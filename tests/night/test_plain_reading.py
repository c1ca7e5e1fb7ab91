"""Published tables are plain parquet: anyone reads them with what they have, and always a whole night."""

from __future__ import annotations

import os
import time

import duckdb
import pandas as pd
import polars
import pyarrow.parquet as pq
import pytest

import textmine
from tests.night.small import NIGHT, Published, run
from textmine.tables import TABLES


@pytest.mark.parametrize("name", TABLES)
def test_pandas_polars_and_duckdb_read_the_folder_of_a_table(small: Published, name: str):
    folder = small.root / "published" / name
    rows = small.result.rows[name]
    by_pandas = pd.read_parquet(folder)
    by_polars = polars.read_parquet(folder / "**" / "*.parquet", hive_partitioning=True)
    by_duckdb = duckdb.sql(f"SELECT * FROM read_parquet('{folder}/*/*.parquet', hive_partitioning = true)")
    assert len(by_pandas) == len(by_polars) == len(by_duckdb) == rows
    assert set(by_pandas.columns) == set(by_polars.columns) == set(by_duckdb.columns) == {*TABLES[name].names, "night"}
    if rows:
        assert {str(night) for night in by_pandas["night"]} == {str(night) for night in by_polars["night"]} == {str(NIGHT)}
        assert duckdb.sql("SELECT DISTINCT night FROM by_duckdb").fetchall() == [(NIGHT,)]


@pytest.mark.parametrize("name", TABLES)
def test_the_night_is_in_the_name_of_the_folder_and_never_in_the_file(small: Published, name: str):
    [path] = (small.root / "published" / name).rglob("*.parquet")
    assert path.parent.name == f"night={NIGHT}"
    schema = pq.read_schema(path)
    assert schema.names == TABLES[name].names
    assert schema.types == TABLES[name].schema.types
    assert schema.field(0).metadata[b"chinese"].decode() == TABLES[name].columns[0].chinese


def test_read_table_gives_the_night_as_a_date_and_maps_as_dicts(small: Published):
    rows = textmine.read_table("labelled_feedback", nights=NIGHT, root=small.root)
    assert rows.columns.tolist() == ["night", *TABLES["labelled_feedback"].names]
    assert set(rows["night"]) == {NIGHT}
    assert all(isinstance(terms, dict) and terms for terms in rows["priority_terms"])
    assert rows.loc[rows["source"] == "问卷", "attributes"].tolist() == [{"备注": "无"}] * 10


def test_every_priority_can_be_worked_out_again_from_its_terms(small: Published):
    rows = textmine.read_table("labelled_feedback", nights=NIGHT, root=small.root)
    summed = rows["priority_terms"].map(lambda terms: sum(terms.values()))
    assert (summed - rows["priority_score"]).abs().max() < 0.001


def test_a_reader_sees_whole_nights_while_they_are_published_again(own_small: Published):
    child = os.fork()
    if child == 0:
        try:
            run(own_small.folder)
            os._exit(0)
        finally:
            os._exit(1)
    seen, reads = set(), 0
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        tables = [textmine.read_table(name, nights=NIGHT, root=own_small.root) for name in ("labelled_feedback", "runs")]
        for rows in tables:
            [run_id] = set(rows["run_id"])
            seen.add(run_id)
        assert len(tables[0]) == small_rows(own_small)
        reads += 1
        time.sleep(0.005)
    seen |= set(textmine.read_table("runs", nights=NIGHT, root=own_small.root)["run_id"])
    assert reads > 10
    assert len(seen) == 2


def small_rows(published: Published) -> int:
    return sum(fate.published for fate in published.fates.values())

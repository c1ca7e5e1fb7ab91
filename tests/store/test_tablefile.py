from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from textmine.errors import ContractError
from textmine.store import tablefile
from textmine.store.parquet import open_parquet, read_parquet, run_of_file
from textmine.store.tablefile import publish_table
from textmine.tables import ASPECTS, LABELLED_FEEDBACK, TABLES

Rows = Callable[..., pd.DataFrame]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "aspects" / "night=2026-09-01" / "data.parquet"


def left(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_the_file_is_what_was_reported(path: Path, aspects: Rows) -> None:
    made = publish_table(aspects("a", "b"), table=ASPECTS, path=path, run_id="run1")
    data = path.read_bytes()
    assert made == (2, hashlib.sha256(data).hexdigest(), len(data))
    assert run_of_file(path) == "run1" and left(path) == ["data.parquet"]


def test_pandas_polars_and_duckdb_read_the_folder_plainly(path: Path, aspects: Rows) -> None:
    publish_table(aspects("a", "b"), table=ASPECTS, path=path, run_id="run1")
    folder = path.parent.parent
    plain = pd.read_parquet(folder)
    assert plain["feedback_id"].tolist() == ["a", "b"] and plain["night"].astype(str).tolist() == ["2026-09-01"] * 2
    assert pl.read_parquet(folder / "**" / "*.parquet", hive_partitioning=True)["clause"].to_list() == [0, 0]
    assert duckdb.sql(f"select evidence[1] from '{folder}/*/*.parquet'").fetchall() == [("热情",)] * 2


@pytest.mark.parametrize("name", TABLES)
def test_every_declared_table_can_be_published_empty(name: str, tmp_path: Path) -> None:
    table = TABLES[name]
    made = publish_table([], table=table, path=tmp_path / "data.parquet", run_id="run1")
    assert made.rows == 0 and pq.read_schema(tmp_path / "data.parquet").types == table.schema.types
    assert list(pd.read_parquet(tmp_path / "data.parquet").columns) == table.names


def test_the_meaning_of_a_column_is_in_the_file(tmp_path: Path) -> None:
    publish_table([], table=LABELLED_FEEDBACK, path=tmp_path / "data.parquet", run_id="run1")
    metadata = pq.read_schema(tmp_path / "data.parquet").field("rating").metadata
    assert metadata[b"unit"] == b"1 to 5" and metadata[b"chinese"].decode() == "评分"


def test_the_file_does_not_depend_on_how_the_rows_were_chunked(
    tmp_path: Path, aspects: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = aspects(*"abcdefg")
    monkeypatch.setattr("textmine.store.parquet.write_parquet.__kwdefaults__", {"group_rows": 3})
    digests = {
        publish_table((frame[i : i + size] for i in range(0, 7, size)), table=ASPECTS, path=tmp_path / "x", run_id="r").sha256
        for size in (1, 2, 3, 5, 7)
    }
    assert len(digests) == 1
    with open_parquet(tmp_path / "x") as file:
        assert [file.metadata.row_group(i).num_rows for i in range(file.num_row_groups)] == [3, 3, 1]


@pytest.mark.parametrize("fault", [{"polarity": "great"}, {"feedback_id": "same"}, {"clause": None}])
def test_rows_that_break_the_contract_replace_nothing(path: Path, aspects: Rows, fault: dict[str, object]) -> None:
    publish_table(aspects("old"), table=ASPECTS, path=path, run_id="run1")
    with pytest.raises(ContractError):
        publish_table(aspects("a", "b").assign(**fault), table=ASPECTS, path=path, run_id="run2")
    assert read_parquet(path)["feedback_id"].to_pylist() == ["old"] and left(path) == ["data.parquet"]


def test_a_key_that_repeats_far_apart_is_found(path: Path, aspects: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textmine.store.parquet.write_parquet.__kwdefaults__", {"group_rows": 2})
    with pytest.raises(ContractError, match="the key repeats"):
        publish_table(aspects("a", "b", "c", "d", "a"), table=ASPECTS, path=path, run_id="run1")


def test_a_source_that_fails_half_way_replaces_nothing(path: Path, aspects: Rows) -> None:
    def failing() -> object:
        yield aspects("a")
        raise KeyError("half way")

    with pytest.raises(KeyError, match="half way"):
        publish_table(failing(), table=ASPECTS, path=path, run_id="run1")  # type: ignore[arg-type]
    assert left(path) == []


def test_every_flipped_bit_of_the_data_is_noticed(path: Path, aspects: Rows) -> None:
    publish_table(aspects("a", "b"), table=ASPECTS, path=path, run_id="run1")
    whole = path.read_bytes()
    before = read_parquet(path)
    with open_parquet(path) as file:
        end = sum(file.metadata.row_group(0).column(c).total_compressed_size for c in range(file.metadata.num_columns)) + 4
    unnoticed = 0
    for place in range(4, end, 11):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
        try:
            unnoticed += not read_parquet(path).equals(before)
        except ContractError:
            continue
    assert unnoticed == 0


def test_what_the_disk_garbles_before_the_replace_is_noticed(path: Path, aspects: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    def garbled(file: object, tables: object, **named: object) -> None:
        write(file, tables, **named)  # type: ignore[arg-type]
        file.seek(40)  # type: ignore[attr-defined]
        file.write(b"\xff\x00\xff")  # type: ignore[attr-defined]

    publish_table(aspects("old"), table=ASPECTS, path=path, run_id="run1")
    write = tablefile.write_parquet
    monkeypatch.setattr(tablefile, "write_parquet", garbled)
    with pytest.raises(ContractError, match="damaged"):
        publish_table(aspects("a", "b"), table=ASPECTS, path=path, run_id="run2")
    assert read_parquet(path)["feedback_id"].to_pylist() == ["old"] and left(path) == ["data.parquet"]


def test_what_is_no_parquet_is_called_damaged(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"not parquet at all")
    with pytest.raises(ContractError, match="damaged"):
        read_parquet(tmp_path / "x.parquet")


@pytest.mark.slow
def test_memory_stays_flat_when_rows_come_one_chunk_at_a_time(path: Path, aspects: Rows, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textmine.store.parquet.write_parquet.__kwdefaults__", {"group_rows": 5_000})
    text = "很长的依据" * 40
    chunks = (
        pa.Table.from_pandas(aspects(*(f"{n:04}{i:04}" for i in range(5_000))).assign(evidence=[[text]] * 5_000))
        for n in range(40)
    )
    before = pa.default_memory_pool()
    counted = pa.proxy_memory_pool(before)
    pa.set_memory_pool(counted)
    try:
        made = publish_table(chunks, table=ASPECTS, path=path, run_id="run1")
    finally:
        pa.set_memory_pool(before)
    whole = 200_000 * len(text.encode())
    assert made.rows == 200_000 and counted.max_memory() < whole / 3

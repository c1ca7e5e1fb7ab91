"""One table of one night as a parquet file that was read back before anyone could see it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

from textmine.errors import ContractError
from textmine.schema import Table
from textmine.store.casting import Rows, fitted
from textmine.store.durable import Staged, stage
from textmine.store.parquet import open_parquet, write_parquet


class TableFile(NamedTuple):
    """What was written: number of rows, SHA-256 and size of the file."""

    rows: int
    sha256: str
    bytes: int


def publish_table(rows: Rows, *, table: Table, path: Path, run_id: str) -> TableFile:
    """The table's file at ``path``, written, verified and replaced at one instant. An iterable keeps memory flat.

    Raises
    ------
    ContractError
        If columns are missing or too many, a cell does not fit its declared type, or ``Table.check`` says no;
        nothing is replaced.
    TextmineError
        If the disk is full or broken.
    """
    staged, written = stage_table(rows, table=table, path=path, run_id=run_id)
    with staged:
        staged.place()
    return written


def stage_table(rows: Rows, *, table: Table, path: Path, run_id: str) -> tuple[Staged, TableFile]:
    """The verified temp file and what it holds; it waits to be placed. Raises like ``publish_table``."""
    staged = stage(
        path,
        lambda file: write_parquet(file, fitted(rows, table=table), schema=table.schema, run_id=run_id),
        check=lambda temp: _check_rows(temp, table),
    )
    with open_parquet(staged.temp) as file:
        count = file.metadata.num_rows
    with staged.temp.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return staged, TableFile(count, digest, staged.temp.stat().st_size)


def _check_rows(path: Path, table: Table) -> None:
    """Read every page back and hold it against the declaration, one row group in memory; the keys over all of them."""
    with open_parquet(path) as file:
        for number in range(file.num_row_groups):
            table.check(file.read_row_group(number))
        if table.key and file.num_row_groups > 1:
            keys = file.read(columns=list(table.key))
            distinct = keys.group_by(list(table.key)).aggregate([]).num_rows
            if distinct < keys.num_rows:
                raise ContractError("the key repeats", where=table.name, got=table.key, rows=keys.num_rows - distinct)

"""A night's tables as their files lie, perhaps of two runs: for who publishes the night again, or mends what a kill left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from textmine.errors import NightMissingError
from textmine.store.lake import Lake
from textmine.store.manifest import read_manifest
from textmine.store.parquet import open_parquet, run_of_file
from textmine.store.reshape import declared
from textmine.tables import TABLES


def read_files(names: Sequence[str], *, night: date, lake: Lake) -> dict[str, pa.Table]:
    """The tables with today's columns, whatever runs they are of; one that the night never had has no rows.

    Raises
    ------
    NightMissingError
        If the night is not published, or its rows are gone.
    ContractError
        If a file is damaged.
    """
    had = read_manifest(night, lake=lake).tables
    found: dict[str, pa.Table] = {}
    for name in names:
        path = lake.table_file(name, night)
        if path.is_file():
            with open_parquet(path) as file:
                found[name] = declared(file, table=TABLES[name], columns=None)
        elif name in had:
            raise NightMissingError("a table of the night is gone", where=str(path), todo="restore a backup")
        else:
            found[name] = declared(None, table=TABLES[name], columns=None)
    return found


def is_whole(night: date, *, lake: Lake) -> bool:
    """Whether every table, and the record of its ids, is of the run that the manifest names."""
    manifest = read_manifest(night, lake=lake)
    files = [lake.records_file(night), *(lake.table_file(name, night) for name in manifest.tables)]
    return all(run_of_file(path) == manifest.run_id for path in files)

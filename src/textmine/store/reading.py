"""Reading published nights, each wholly of one run."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa

from textmine.errors import ConfigError, NightChangingError, NightMissingError, nearest
from textmine.settings import read_config, read_settings
from textmine.store.lake import Lake
from textmine.store.manifest import published_nights, read_manifest
from textmine.store.parquet import open_parquet, run_of
from textmine.store.reshape import declared, to_frame
from textmine.tables import TABLES

Night = date | str
Nights = Night | tuple[Night, Night] | list[Night] | None

PAUSES = (0.01, 0.02, 0.04, 0.08, 0.1, 0.2, 0.3, 0.5, 0.75, 0.0)  # seconds; two in all, a publisher needs about 0.05


def read_table(
    name: str, *, nights: Nights = None, columns: Sequence[str] | None = None, root: Path | None = None
) -> pd.DataFrame:
    """A published table with ``night`` (datetime.date) as its first column; rows in night order, maps as dicts.

    ``nights``: None for all, one night, a list, or (from, to) inclusive. ``root`` defaults to the lake of TEXTMINE_CONFIG.
    A column that an older version did not publish yet is null.

    Raises
    ------
    ConfigError
        If the table, a column or a night is not known; names the nearest.
    NightMissingError
        If a night asked for, or the whole range, is not published.
    NightChangingError
        If the night stays half replaced (a run was killed: run it again).
    """
    _known_or_raise([name], TABLES, "table")
    _known_or_raise(columns or (), TABLES[name].names, "column")
    lake = _lake(root)
    wanted = _wanted(nights, lake)
    parts = [_read_night([name], night, lake, {name: columns})[name] for night in wanted]
    return to_frame(parts, wanted, table=TABLES[name], columns=columns)


def read_tables(names: Sequence[str], *, nights: Nights = None, root: Path | None = None) -> dict[str, pd.DataFrame]:
    """Several tables by name, each night of them from one and the same run. Raises like ``read_table``."""
    _known_or_raise(names, TABLES, "table")
    lake = _lake(root)
    wanted = _wanted(nights, lake)
    parts = [_read_night(names, night, lake, {}) for night in wanted]
    return {name: to_frame([part[name] for part in parts], wanted, table=TABLES[name], columns=None) for name in names}


def read_arrow(columns: Mapping[str, Sequence[str] | None], *, night: date, root: Path) -> dict[str, pa.Table]:
    """Tables of one run of one night as they lie on disk, for who wants few columns or few rows of a large night.

    ``columns``: table to the columns wanted, None for all. Raises like ``read_table``.
    """
    _known_or_raise(list(columns), TABLES, "table")
    lake = Lake(root)
    _wanted(night, lake)
    return _read_night(list(columns), night, lake, columns)


def _read_night(
    names: Sequence[str], night: date, lake: Lake, columns: Mapping[str, Sequence[str] | None]
) -> dict[str, pa.Table]:
    for pause in PAUSES:
        if (found := _read_once(names, night, lake, columns)) is not None:
            return found
        time.sleep(pause)
    raise NightChangingError(
        "the tables are of different runs",
        where=str(night),
        got=names,
        todo=f"read again; if it stays so, a run was killed: textmine nightly --night {night}",
    )


def _read_once(
    names: Sequence[str], night: date, lake: Lake, columns: Mapping[str, Sequence[str] | None]
) -> dict[str, pa.Table] | None:
    """Tables of the night, or None if they are not all of the manifest's run. A table its version did not have is empty."""
    with ExitStack() as stack:
        there = read_manifest(night, lake=lake).tables
        try:
            files = {name: stack.enter_context(open_parquet(lake.table_file(name, night))) for name in names if name in there}
        except FileNotFoundError:
            return None
        # read again now that the files are open: an open file stays itself, so equal runs mean that all are of one night
        run_id = read_manifest(night, lake=lake).run_id
        if any(run_of(file) != run_id for file in files.values()):
            return None
        return {name: declared(files.get(name), table=TABLES[name], columns=columns.get(name)) for name in names}


def _wanted(nights: Nights, lake: Lake) -> list[date]:
    published = published_nights(lake)
    if isinstance(nights, list | str | date):
        wanted = sorted({_date(night) for night in (nights if isinstance(nights, list) else [nights])})
        missing = [str(night) for night in wanted if night not in published]
    else:
        first, last = map(_date, nights) if nights else (date.min, date.max)
        wanted = [night for night in published if first <= night <= last]
        missing = [] if wanted else [f"{first} to {last}" if nights else "every night"]
    if missing:
        there = f"{published[0]} to {published[-1]}" if published else ""
        raise NightMissingError(
            "not published", where=str(lake.root), got=missing, allowed=there, todo="textmine nightly --night D"
        )
    return wanted


def _date(night: Night) -> date:
    if isinstance(night, date):
        return night.date() if isinstance(night, datetime) else night
    try:
        return date.fromisoformat(night)
    except ValueError:
        raise ConfigError("not a night", got=night, allowed="YYYY-MM-DD") from None


def _lake(root: Path | None) -> Lake:
    return Lake(root if root is not None else read_config(read_settings().config).root)


def _known_or_raise(names: Sequence[str], known: Collection[str], kind: str) -> None:
    for name in names:
        if name not in known:
            close = nearest(name, known)
            raise ConfigError(f"unknown {kind}", got=name, allowed=list(known), todo=f"did you mean {close!r}?" if close else "")

"""Small files by night that later nights look back on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal, get_args

import pandas as pd
import pyarrow as pa

from textmine.errors import ContractError
from textmine.store.durable import write_durably
from textmine.store.lake import Lake
from textmine.store.manifest import published_nights
from textmine.store.parquet import read_parquet, write_parquet

IndexKind = Literal["duplicates", "history", "drift", "changes", "new_words"]
LOOK_BACK = 30


def write_index(frame: pd.DataFrame, *, kind: IndexKind, lake: Lake, night: date, run_id: str) -> None:
    """The night's index of this kind, any columns except ``night``; written after the manifest.

    Raises
    ------
    ContractError
        If the kind is not known or a column is called ``night``.
    """
    _known(kind)
    if "night" in frame.columns:
        raise ContractError("the night is in the file's name, never inside", where=kind, got="night", todo="drop the column")
    table = pa.Table.from_pandas(frame, preserve_index=False)
    write_durably(
        lake.index_file(kind, night),
        lambda file: write_parquet(file, [table], schema=table.schema, run_id=run_id),
        check=read_parquet,
        mode=0o600,
    )


def read_index(*, kind: IndexKind, lake: Lake, before: date, days: int = LOOK_BACK) -> pd.DataFrame:
    """Indexes of the ``days`` nights before ``before`` as one frame, ``night`` (datetime.date) first, in date order.

    Only published nights count; an empty frame with the one column ``night`` if there is none.
    """
    _known(kind)
    first = before - timedelta(days=days)
    nights = [night for night in published_nights(lake) if first <= night < before]
    parts = [(night, read_parquet(lake.index_file(kind, night))) for night in nights if lake.index_file(kind, night).is_file()]
    if not parts:
        return pd.DataFrame({"night": pd.Series(dtype=object)})
    frame: pd.DataFrame = pa.concat_tables([part for _, part in parts], promote_options="permissive").to_pandas()
    frame.insert(0, "night", pd.Series([night for night, part in parts for _ in range(part.num_rows)], dtype=object))
    return frame


def _known(kind: str) -> None:
    if kind not in get_args(IndexKind):
        raise ContractError("no such index", got=kind, allowed=get_args(IndexKind))

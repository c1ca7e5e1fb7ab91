"""Rows brought to a table's declared types, or refused with the column's name and no content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

import pandas as pd
import pyarrow as pa

from textmine.errors import ContractError
from textmine.schema import Column, Table

Frame: TypeAlias = pd.DataFrame | pa.Table
Rows: TypeAlias = Frame | Iterable[Frame]


def fitted(rows: Rows, *, table: Table) -> Iterator[pa.Table]:
    """The rows as Arrow tables of exactly the declared columns and types, one for each frame given.

    Raises
    ------
    ContractError
        If a column is missing or not declared, a cell does not fit its type, or a required cell is null.
    """
    for frame in [rows] if isinstance(rows, pd.DataFrame | pa.Table) else rows:
        yield _fitted_frame(frame, table)


def _fitted_frame(frame: Frame, table: Table) -> pa.Table:
    names = list(frame.columns) if isinstance(frame, pd.DataFrame) else frame.column_names
    if missing := [name for name in table.names if name not in names]:
        raise ContractError("columns are missing", where=table.name, got=missing, allowed=table.names)
    if strange := [str(name) for name in names if name not in table.names]:
        raise ContractError("columns are not declared", where=table.name, got=strange, allowed=table.names)
    return pa.Table.from_arrays(
        [_fitted_column(frame[column.name], column, table.name) for column in table.columns], schema=table.schema
    )


def _fitted_column(data: pd.Series | pa.ChunkedArray, column: Column, table: str) -> pa.Array | pa.ChunkedArray:
    where = f"{table}.{column.name}"
    try:
        made = _converted(data, column.type)
    except (pa.ArrowException, TypeError, ValueError, OverflowError):
        kind = str(data.dtype if isinstance(data, pd.Series) else data.type)
        # without "from": Arrow's message quotes the cell
        raise ContractError("a cell does not fit the declared type", where=where, got=kind, allowed=str(column.type)) from None
    if made.null_count and not column.nullable:
        raise ContractError("a required value is null", where=where, rows=made.null_count)
    return made


def _converted(data: pd.Series | pa.ChunkedArray, kind: pa.DataType) -> pa.Array | pa.ChunkedArray:
    if isinstance(data, pa.ChunkedArray):
        return data if data.type == kind else data.cast(kind)
    if pd.api.types.is_float_dtype(data.dtype) and data.isna().all():
        return pa.nulls(len(data), kind)  # what pandas makes of a column without any value
    if isinstance(data.dtype, pd.CategoricalDtype):
        return pa.array(data, from_pandas=True).cast(kind)
    return pa.array(data, type=kind, from_pandas=True)

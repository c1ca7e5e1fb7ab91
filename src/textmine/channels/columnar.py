"""Parquet: record batches with the types they were written with."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from textmine.channels.rawframe import RawBatch, distinct_names
from textmine.errors import UnitError

MAX_BYTES = 2 << 30
"""Unpacked size that the file's footer may name."""

_PANDAS_INDEX = re.compile(r"__index_level_\d+__")
_WHOLE = {
    pa.int8(): pd.Int8Dtype(),
    pa.int16(): pd.Int16Dtype(),
    pa.int32(): pd.Int32Dtype(),
    pa.int64(): pd.Int64Dtype(),
    pa.uint8(): pd.UInt8Dtype(),
    pa.uint16(): pd.UInt16Dtype(),
    pa.uint32(): pd.UInt32Dtype(),
    pa.uint64(): pd.UInt64Dtype(),
}


def read_parquet(
    data: bytes, *, name: str, encoding: str = "auto", sheet: str | None = None, batch_rows: int = 50_000
) -> Iterator[RawBatch]:
    """Batches of a parquet file: text as ``str``, whole numbers as nullable integers with all digits.

    ``_row``: row number from 1. The whole file is read once before the first batch, so that no row of a damaged
    file is given out; the index that pandas keeps in a file is left out.

    Raises
    ------
    UnitError
        ``truncated`` if the file is cut or damaged, ``archive_bomb`` beyond 2 GiB unpacked, ``encoding_invalid`` if
        text is not UTF-8, ``empty_file`` without a row.
    """
    try:
        file = pq.ParquetFile(pa.BufferReader(data))
        size = sum(file.metadata.row_group(group).total_byte_size for group in range(file.metadata.num_row_groups))
        if size > MAX_BYTES:
            raise UnitError(
                "unpacks to too much",
                reason="archive_bomb",
                where=name,
                got=f"{size:,} bytes",
                allowed=f"{MAX_BYTES:,} bytes",
                todo="split it",
            )
        rows = sum(len(_frame(_checked(batch, name))) for batch in file.iter_batches(batch_rows))
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        raise UnitError(
            "the file is cut or damaged",
            reason="truncated",
            where=name,
            got="a part",
            allowed="all of a parquet file",
            todo="fetch it again once it is whole",
        ) from error
    if not rows:
        raise UnitError(
            "no records",
            reason="empty_file",
            where=name,
            got="columns only",
            allowed="at least one row",
            todo="ask the source whether nothing came in",
        )
    return _batches(file, batch_rows)


def _checked(batch: pa.RecordBatch, name: str) -> pa.RecordBatch:
    try:
        batch.validate(full=True)
    except pa.ArrowInvalid as error:
        raise UnitError(
            "text that is not UTF-8, or a column that contradicts itself",
            reason="encoding_invalid",
            where=name,
            got=batch.schema.names,
            allowed="UTF-8",
            todo="write the file again",
        ) from error
    return batch


def _batches(file: pq.ParquetFile, batch_rows: int) -> Iterator[RawBatch]:
    first = 1
    for batch in file.iter_batches(batch_rows):
        frame = _frame(batch)
        frame["_row"] = np.arange(first, first + len(frame), dtype=np.int64)
        first += len(frame)
        yield RawBatch(frame, [], len(frame))


def _frame(batch: pa.RecordBatch) -> pd.DataFrame:
    kept = [place for place, column in enumerate(batch.schema.names) if not _PANDAS_INDEX.fullmatch(column)]
    names = distinct_names(batch.schema.names[place] for place in kept)
    frame = pd.DataFrame({column: _cells(_plain(batch.column(place))) for column, place in zip(names, kept, strict=True)})
    return frame if kept else pd.DataFrame(index=range(batch.num_rows))


def _plain(column: pa.Array) -> pa.Array:
    """Categories as their values; bytes as text where they all are text (Spark writes it so)."""
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        try:
            return pc.cast(column, pa.string())
        except pa.ArrowInvalid:
            return column
    return column


def _cells(column: pa.Array) -> pd.Series:
    """Lists, structs and maps as Python lists and dicts, all else as pandas has it."""
    if pa.types.is_nested(column.type):
        return pd.Series(column.to_pylist(maps_as_pydicts="lossy"), dtype="object")
    cells: pd.Series = column.to_pandas(types_mapper=_WHOLE.get)
    return cells

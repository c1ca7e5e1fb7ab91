"""Published files, perhaps of an older version, as today's declared columns and as a pandas frame."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from textmine.schema import Table

WHOLE_NUMBERS = {pa.int32(): pd.Int32Dtype(), pa.int64(): pd.Int64Dtype()}


def declared(file: pq.ParquetFile | None, *, table: Table, columns: Sequence[str] | None) -> pa.Table:
    """The file's rows in today's columns and types; null where its version had no such column, no rows without a file."""
    schema = pa.schema([table.schema.field(name).with_nullable(True) for name in columns or table.names])
    if file is None:
        return schema.empty_table()
    there = file.read(columns=[name for name in schema.names if name in file.schema_arrow.names])
    return pa.Table.from_arrays([_column(there, field) for field in schema], schema=schema)


def to_frame(parts: Sequence[pa.Table], nights: Sequence[date], *, table: Table, columns: Sequence[str] | None) -> pd.DataFrame:
    """The parts as one frame, ``night`` (datetime.date) first, maps as dicts, nullable whole numbers as Int32/Int64."""
    joined = pa.concat_tables(parts)
    whole = [c.name for c in table.columns if c.nullable and c.type in WHOLE_NUMBERS and c.name in joined.column_names]
    frame: pd.DataFrame = joined.to_pandas(maps_as_pydicts="strict")
    for name in whole:
        frame[name] = joined[name].to_pandas(types_mapper=WHOLE_NUMBERS.get)
    dates = [night for night, part in zip(nights, parts, strict=True) for _ in range(part.num_rows)]
    frame.insert(0, "night", pd.Series(dates, dtype=object))
    return frame


def _column(there: pa.Table, field: pa.Field) -> pa.ChunkedArray | pa.Array:
    if field.name not in there.column_names:
        return pa.nulls(there.num_rows, field.type)
    return there[field.name].cast(field.type)

"""What a table declares: columns with type, unit and meaning, and the check that a table is what was declared."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from textmine.errors import ContractError

TEXT, FLAG, WHOLE, BIG, REAL = pa.string(), pa.bool_(), pa.int32(), pa.int64(), pa.float64()
TIME = pa.timestamp("us", tz="UTC")
WORDS = pa.list_(pa.string())
TEXT_MAP, REAL_MAP, WORDS_MAP = pa.map_(TEXT, TEXT), pa.map_(TEXT, REAL), pa.map_(TEXT, WORDS)


@dataclass(frozen=True)
class Column:
    """One column: Arrow type, English meaning, Chinese name, unit and allowed codes ('' and () where there is none)."""

    name: str
    type: pa.DataType
    meaning: str
    chinese: str
    unit: str = ""
    values: tuple[str, ...] = ()
    nullable: bool = True


@dataclass(frozen=True)
class Table:
    """One published table: its columns in order and the key that makes a row unique within a night."""

    name: str
    meaning: str
    chinese: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """Arrow schema whose fields carry meaning, Chinese name and unit as metadata."""
        return pa.schema([_field(column) for column in self.columns], metadata={"table": self.name, "meaning": self.meaning})

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]

    def check(self, table: pa.Table) -> None:
        """Compare a table with its declaration.

        Raises
        ------
        ContractError
            If columns or types differ, a required value is null, a code is not allowed or the key repeats.
        """
        if table.schema.names != self.names or table.schema.types != self.schema.types:
            raise ContractError("columns differ from tables.py", where=self.name, got=table.schema.names, allowed=self.names)
        for column in self.columns:
            _check_column(self.name, column, table[column.name])
        if self.key and table.num_rows > table.select(list(self.key)).group_by(list(self.key)).aggregate([]).num_rows:
            raise ContractError("the key repeats", where=self.name, got=self.key, rows=table.num_rows)


def _field(column: Column) -> pa.Field:
    about = {"meaning": column.meaning, "chinese": column.chinese, "unit": column.unit, "values": ",".join(column.values)}
    return pa.field(column.name, column.type, nullable=column.nullable, metadata={k: v for k, v in about.items() if v})


def _check_column(table: str, column: Column, data: pa.ChunkedArray) -> None:
    if not column.nullable and data.null_count:
        raise ContractError("a required value is null", where=f"{table}.{column.name}", rows=data.null_count)
    if not column.values:
        return
    flat = pa.chunked_array([c.flatten() for c in data.chunks], type=TEXT) if pa.types.is_list(column.type) else data
    found = {value for value in flat.unique().to_pylist() if value is not None}
    if strange := sorted(found - set(column.values)):
        raise ContractError("a code is not allowed", where=f"{table}.{column.name}", got=strange, allowed=column.values)

"""The data dictionary: every table and column of tables.py as one Markdown page, English and Chinese."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pyarrow as pa

from textmine.report.names import CHANNEL_NAMES, FATE_NAMES, INTENT_NAMES, SENTIMENT_NAMES, VALIDITY_NAMES
from textmine.schema import Column, Table
from textmine.tables import TABLES

CODE_NAMES: Mapping[str, str] = {**CHANNEL_NAMES, **SENTIMENT_NAMES, **INTENT_NAMES, **VALIDITY_NAMES, **FATE_NAMES}
HEAD = """\
# Data dictionary · 数据字典

<!-- Made by docs/build.py from src/textmine/tables.py. Edit that file, not this one. -->

Every published table is one parquet file a night: `published/<table>/night=YYYY-MM-DD/data.parquet`. `night` is in the folder
name and not in the file; `textmine.read_table` gives it back as the first column. The key makes a row unique within a night.
The same names, units and meanings are in the metadata of every file.

每张发布表每晚一个 parquet 文件：`published/<表名>/night=YYYY-MM-DD/data.parquet`。`night` 只在文件夹名里，`textmine.read_table`
读出时放在第一列。主键在同一晚内唯一。列名、单位与含义同时写在每个文件的元数据里。

"""
COLUMN_HEAD = """\
| Column 列 | 中文名 | Type 类型 | Null 可空 | Unit, values 单位与取值 | Meaning 含义 |
|---|---|---|---|---|---|
"""


def render_dictionary(tables: Mapping[str, Table] = TABLES) -> str:
    """The page: a list of the tables, then each with its meaning, its key and a row a column."""
    return HEAD + "".join(_listed(table) for table in tables.values()) + "".join(map(_section, tables.values()))


def type_name(kind: pa.DataType) -> str:
    """Arrow's name of a type without the names of its inner fields: ``list<string>``, ``map<string, double>``."""
    if pa.types.is_list(kind):
        return f"list<{type_name(kind.value_type)}>"
    if pa.types.is_map(kind):
        return f"map<{type_name(kind.key_type)}, {type_name(kind.item_type)}>"
    return str(kind)


def _listed(table: Table) -> str:
    return f"- [`{table.name}`](#{table.name}) {table.chinese}: {table.meaning}\n"


def _section(table: Table) -> str:
    key = ", ".join(f"`{name}`" for name in table.key)
    about = f"\n## {table.name}\n\n{table.chinese}. {table.meaning} Key 主键: {key}.\n\n"
    return about + COLUMN_HEAD + "".join(map(_row, table.columns))


def _row(column: Column) -> str:
    null = "yes 可" if column.nullable else "no 否"
    cells = (f"`{column.name}`", column.chinese, f"`{type_name(column.type)}`", null, "; ".join(_bounds(column)), column.meaning)
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


def _bounds(column: Column) -> Iterator[str]:
    """The unit and the codes a column may hold, each code with its Chinese name where it has one."""
    if column.unit:
        yield column.unit
    if column.values:
        yield ", ".join(f"`{code}` {CODE_NAMES[code]}" if code in CODE_NAMES else f"`{code}`" for code in column.values)

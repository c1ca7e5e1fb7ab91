"""The data dictionary says all that tables.py declares, and the page in docs/ is today's."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from textmine.report.dictionary import render_dictionary, type_name
from textmine.schema import REAL_MAP, TIME, WORDS, WORDS_MAP, Column, Table
from textmine.tables import TABLES

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data-dictionary.md"
SMALL = Table(
    "visits",
    "One row a visit.",
    "到访",
    ("visit_id",),
    (
        Column("visit_id", pa.string(), "Number of the visit.", "到访编号", nullable=False),
        Column("mood", pa.string(), "Attitude a|b.", "态度", values=("pos", "odd")),
        Column("hours", pa.float64(), "How long.", "时长", "h"),
    ),
)


def test_the_page_in_docs_is_what_the_tables_say_today():
    assert PAGE.read_text("utf-8") == render_dictionary(), "run `python docs/build.py`"


def test_a_table_is_listed_and_told_with_its_key():
    page = render_dictionary({"visits": SMALL})
    assert "- [`visits`](#visits) 到访: One row a visit.\n" in page
    assert "\n## visits\n\n到访. One row a visit. Key 主键: `visit_id`.\n" in page


def test_a_column_is_a_row_with_type_null_unit_codes_and_both_names():
    page = render_dictionary({"visits": SMALL})
    assert "| `visit_id` | 到访编号 | `string` | no 否 |  | Number of the visit. |\n" in page
    assert "| `hours` | 时长 | `double` | yes 可 | h | How long. |\n" in page


def test_a_code_carries_its_chinese_name_and_a_bar_does_not_break_the_row():
    assert "| `mood` | 态度 | `string` | yes 可 | `pos` 正面, `odd` | Attitude a\\|b. |\n" in render_dictionary({"visits": SMALL})


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (WORDS, "list<string>"),
        (REAL_MAP, "map<string, double>"),
        (WORDS_MAP, "map<string, list<string>>"),
        (TIME, "timestamp[us, tz=UTC]"),
    ],
)
def test_a_type_is_named_without_its_inner_fields(kind, name):
    assert type_name(kind) == name


def test_every_column_of_every_table_has_its_row():
    rows = render_dictionary().count("\n| `")
    assert rows == sum(len(table.columns) for table in TABLES.values())

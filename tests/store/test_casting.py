from __future__ import annotations

from datetime import datetime

import pandas as pd
import pyarrow as pa
import pytest

from textmine.errors import ContractError
from textmine.schema import BIG, FLAG, REAL, REAL_MAP, TEXT, TEXT_MAP, TIME, WHOLE, WORDS, WORDS_MAP, Column, Table
from textmine.store.casting import fitted

TABLE = Table(
    "t",
    "",
    "",
    ("id",),
    (
        Column("id", TEXT, "", "", nullable=False),
        Column("n", WHOLE, "", ""),
        Column("votes", BIG, "", ""),
        Column("at", TIME, "", ""),
        Column("terms", REAL_MAP, "", ""),
        Column("words", WORDS, "", ""),
    ),
)
FRAME = pd.DataFrame(
    {
        "id": ["a", "b"],
        "n": [1, 2],
        "votes": pd.array([3, None], dtype="Int64"),
        "at": pd.to_datetime(["2026-09-01T01:02:03.000004Z", None], format="ISO8601"),
        "terms": [{"severity": 1.5, "intent": 0.5}, None],
        "words": [["好", "快"], None],
    }
)


def one(column: Column, values: object) -> list[object]:
    [table] = fitted(pd.DataFrame({column.name: values}), table=Table("t", "", "", (), (column,)))
    return table[column.name].to_pylist()


def test_a_frame_becomes_the_declared_types_with_nulls_where_values_are_missing() -> None:
    [table] = fitted(FRAME, table=TABLE)
    assert table.schema.types == TABLE.schema.types
    assert table["votes"].to_pylist() == [3, None]
    assert table["at"].to_pylist() == [datetime.fromisoformat("2026-09-01T01:02:03.000004+00:00"), None]
    assert table["terms"].to_pylist() == [[("severity", 1.5), ("intent", 0.5)], None]
    assert table["words"].to_pylist() == [["好", "快"], None]


def test_columns_may_come_in_any_order_and_frames_one_by_one() -> None:
    tables = list(fitted(iter([FRAME[["at", "words", "n", "id", "votes", "terms"]], FRAME[1:]]), table=TABLE))
    assert [table.num_rows for table in tables] == [2, 1]
    assert tables[0].column_names == TABLE.names


@pytest.mark.parametrize(
    ("kind", "values", "expected"),
    [
        (TEXT, [None, None], [None, None]),
        (TEXT, [], []),
        (WORDS, [float("nan")], [None]),
        (TEXT, pd.Categorical(["a", None]), ["a", None]),
        (TEXT, pd.Series(["a", None], dtype=object), ["a", None]),
        (WHOLE, [1.0, float("nan")], [1, None]),
        (REAL, [1, 2], [1.0, 2.0]),
        (REAL, [None, None], [None, None]),
        (FLAG, [True, None], [True, None]),
        (TEXT_MAP, [{}, {"a": "b"}], [[], [("a", "b")]]),
        (WORDS_MAP, [{"a": ["x"]}, None], [[("a", ["x"])], None]),
        (
            TIME,
            pd.to_datetime(["2026-09-01T08:00:00+08:00", None], format="ISO8601").tz_convert("Asia/Shanghai"),
            [datetime.fromisoformat("2026-09-01T00:00:00+00:00"), None],
        ),
    ],
)
def test_what_fits_the_type_is_taken(kind: pa.DataType, values: object, expected: list[object]) -> None:
    assert one(Column("c", kind, "", ""), values) == expected


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (WHOLE, ["13800001234", "x"]),
        (WHOLE, [1.5]),
        (WHOLE, [2**40]),
        (TEXT, [["13800001234"]]),
        (REAL, ["13800001234元"]),
        (TIME, ["13800001234"]),
        (WORDS, ["13800001234"]),
        (TEXT, pd.Series(["13800001234\ud800"], dtype=object)),
    ],
)
def test_a_cell_that_does_not_fit_is_refused_by_column_without_showing_it(kind: pa.DataType, values: object) -> None:
    with pytest.raises(ContractError, match=r"t\.c: a cell does not fit") as caught:
        one(Column("c", kind, "", ""), values)
    assert "13800001234" not in str(caught.value)
    assert caught.value.__cause__ is None and caught.value.__suppress_context__


def test_a_missing_column_is_named() -> None:
    with pytest.raises(ContractError, match="columns are missing.*found: n, at"):
        list(fitted(FRAME.drop(columns=["n", "at"]), table=TABLE))


def test_a_column_nobody_declared_is_named_not_dropped() -> None:
    with pytest.raises(ContractError, match="not declared.*found: sentimant"):
        list(fitted(FRAME.assign(sentimant="pos"), table=TABLE))


def test_a_null_in_a_required_column_is_refused() -> None:
    with pytest.raises(ContractError, match=r"t\.id: a required value is null"):
        list(fitted(FRAME.assign(id=["a", None]), table=TABLE))


def test_an_arrow_table_of_another_width_is_cast() -> None:
    [table] = fitted(pa.table({"c": pa.array([1, 2], pa.int64())}), table=Table("t", "", "", (), (Column("c", WHOLE, "", ""),)))
    assert table["c"].type == WHOLE

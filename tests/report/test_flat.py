"""Tables for spreadsheets: plain cells, nothing that runs."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.report.flat import DANGEROUS, LONGEST_CELL, flatten


def cell(value: object, *, dtype: object = object, prefixed: bool = False) -> object:
    return flatten(pd.DataFrame({"a": pd.Series([value], dtype=dtype)}), formulas_prefixed=prefixed).loc[0, "a"]


def test_lists_are_joined_and_maps_are_json():
    assert cell(["快递", "客服"]) == "快递、客服"
    assert cell([]) == ""
    assert cell({"severity": 0.5, "词": ["慢"]}) == '{"severity": 0.5, "词": ["慢"]}'


def test_arrow_lists_and_maps_are_the_same():
    assert cell(["快递", "客服"], dtype=pd.ArrowDtype(pa.list_(pa.string()))) == "快递、客服"
    assert cell([("a", 1.0)], dtype=pd.ArrowDtype(pa.map_(pa.string(), pa.float64()))) == '{"a": 1.0}'


def test_times_are_utc_without_a_zone():
    assert cell(pd.Timestamp("2026-11-03 08:00", tz="Asia/Shanghai"), dtype="datetime64[us, Asia/Shanghai]") == pd.Timestamp(
        "2026-11-03"
    )


def test_a_text_ends_where_a_cell_of_excel_does():
    assert len(str(cell("长" * 40_000, dtype="str"))) == LONGEST_CELL


@pytest.mark.parametrize("start", DANGEROUS)
def test_what_a_spreadsheet_would_run_is_prefixed_where_asked(start: str):
    assert cell(f"{start}1+1", dtype="str", prefixed=True) == f"'{start}1+1"
    assert cell(f"{start}1+1", dtype="str") == f"{start}1+1"
    assert cell([f"{start}1", "b"], prefixed=True) == f"'{start}1、b"


def test_numbers_and_missing_values_stay_what_they_are():
    assert cell(-2.5, dtype="float64", prefixed=True) == -2.5
    assert pd.isna(cell(None, dtype="str", prefixed=True))
    assert pd.isna(cell(None))


@given(st.text(max_size=20))
def test_no_text_begins_like_a_formula_once_prefixed(text: str):
    assert not str(cell(text, dtype="str", prefixed=True)).startswith(DANGEROUS)


def test_the_frame_that_was_given_is_not_changed():
    frame = pd.DataFrame({"a": ["=1"], "b": [["x"]]})
    flatten(frame, formulas_prefixed=True)
    assert frame["a"].tolist() == ["=1"]
    assert frame["b"].tolist() == [["x"]]

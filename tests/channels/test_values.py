from __future__ import annotations

import logging

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.channels.feedback import STRING
from textmine.channels.values import as_key, as_label, as_maps, as_text, found_in, under_subject

CELLS = st.one_of(
    st.none(),
    st.text(st.characters(), max_size=8),
    st.floats(),
    st.integers(),
    st.booleans(),
    st.binary(max_size=4),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.floats(), max_size=2),
    st.datetimes(),
)


def test_cells_of_any_kind_become_strings() -> None:
    cells = pd.Series(
        ["好", 188006.0, 3.5, 7, None, float("nan"), ["甲"], {"a": 1}, b"\xe5\xa5\xbd", pd.Timestamp("2026-11-03"), " "],
        dtype=object,
    )
    assert as_text(cells).tolist()[:4] == ["好", "188006", "3.5", "7"]
    assert as_text(cells).isna().tolist()[4:6] == [True, True]
    assert as_text(cells).tolist()[6:10] == ['["甲"]', '{"a": 1}', "好", "2026-11-03T00:00:00"]
    assert pd.isna(as_text(cells)[10])


def test_words_that_other_readers_take_for_missing_stay() -> None:
    assert as_text(pd.Series(["NA", "null", "无", "None"])).tolist() == ["NA", "null", "无", "None"]


def test_text_keeps_its_blanks_and_labels_lose_them() -> None:
    cells = pd.Series([" 好 \n"])
    assert as_text(cells).tolist() == [" 好 \n"]
    assert as_label(cells).tolist() == ["好"]


def test_a_lone_surrogate_becomes_a_replacement_character() -> None:
    assert as_text(pd.Series(["坏\ud83d", None], dtype=object)).tolist()[0] == "坏\ufffd"


@given(st.lists(CELLS, max_size=6))
def test_no_cell_breaks_the_column(cells: list[object]) -> None:
    column = pd.Series(cells, dtype=object)
    assert as_text(column).dtype == STRING
    assert len(as_key(column, column="c", where="s")) == len(cells)


def test_a_long_number_that_a_spreadsheet_rounded_is_no_key(caplog: pytest.LogCaptureFixture) -> None:
    cells = pd.Series([1.10101199003071e17, "1.10101E+17", "110101199003071234", 13800000000.0, "a1"], dtype=object)
    with caplog.at_level(logging.WARNING):
        keys = as_key(cells, column="客户编号", where="shop")
    assert keys.isna().tolist() == [True, True, False, False, False]
    assert keys.dropna().tolist() == ["110101199003071234", "13800000000", "a1"]
    assert "2 long numbers" in caplog.text
    assert "1.10101" not in caplog.text


def test_a_person_given_as_a_dict_is_called_by_id_then_name() -> None:
    people = pd.Series([{"id": 5, "name": "甲"}, {"name": "乙"}, {}], dtype=object)
    assert as_key(people, column="c", where="s").tolist()[:2] == ["5", "乙"]


def test_maps_leave_out_what_is_missing_and_are_none_when_empty() -> None:
    maps = as_maps({"a": pd.Series(["x", None]), "b": pd.Series([1.0, np.nan])})
    assert maps == [{"a": "x", "b": 1.0}, None]


def test_words_stand_under_their_subject_unless_they_begin_with_it() -> None:
    words = pd.Series(["漏水了", "漏水 怎么办", None], dtype=STRING)
    subjects = pd.Series(["报修", "漏水", "只有主题"])
    assert under_subject(words, subjects).tolist() == ["报修\n漏水了", "漏水 怎么办", "只有主题"]


def test_a_pattern_is_found_in_any_line_and_never_where_nothing_is() -> None:
    assert found_in(pd.Series(["一\n客户：二", "客户", None], dtype=STRING), r"(?m)^客户：").tolist() == [True, False, False]

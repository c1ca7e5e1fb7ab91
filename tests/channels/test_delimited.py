"""CSV and TSV, from bytes to frames."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels import delimited
from textmine.channels.delimited import read_csv, read_tsv
from textmine.channels.rawframe import RawBatch
from textmine.errors import UnitError


def only(data: bytes, **options: int) -> RawBatch:
    [batch] = read_csv(data, name="f.csv", **options)
    return batch


def reason_of(data: bytes) -> str:
    with pytest.raises(UnitError) as caught:
        list(read_csv(data, name="f.csv"))
    return caught.value.reason


def test_cells_are_text_and_words_for_nothing_stay() -> None:
    frame = only("编号,内容,备注\n007,NA,\n2,无,null\n".encode()).frame
    assert frame.to_dict("list") == {"编号": ["007", "2"], "内容": ["NA", "无"], "备注": ["", "null"], "_row": [1, 2]}
    assert all(frame[column].dtype == "str" for column in ("编号", "内容", "备注"))


def test_row_numbers_count_rejected_records_and_not_blank_lines() -> None:
    batch = only(b"a,b\n1,2\n\n3\n4,5\n")
    assert batch.frame["_row"].tolist() == [1, 3]
    assert [(r.row_number, r.reason, r.content, r.detail) for r in batch.rejects] == [
        (2, "row_ragged", b"3", "1 fields, 2 expected")
    ]
    assert batch.read == 3


def test_a_text_with_line_ends_quotes_and_delimiters_comes_as_it_was_written() -> None:
    assert only(b'a,b\r\n"x\r\n""y"", z",2\r\n').frame["a"].tolist() == ['x\r\n"y", z']


def test_a_carriage_return_in_an_unquoted_field_stays_in_it() -> None:
    assert only(b"a,b\n1,x\ry\n2,z\n").frame["b"].tolist() == ["x\ry", "z"]


def test_lines_of_blanks_between_records_are_passed_over() -> None:
    assert only(b"a,b\n1,2\n   \n3,4\n").frame["b"].tolist() == ["2", "4"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    assert list(only(f"a{delimiter}b\n1{delimiter}2\n".encode()).frame.columns) == ["a", "b", "_row"]


def test_excels_line_about_the_separator_is_no_header() -> None:
    assert only(b"sep=;\na;b,c\n1;2\n").frame.columns.tolist() == ["a", "b,c", "_row"]


def test_tsv_keeps_commas() -> None:
    [batch] = read_tsv(b"a\tb\n1,5\t2\n", name="f.tsv")
    assert batch.frame["a"].tolist() == ["1,5"]


def test_line_ends_of_an_old_mac_are_line_ends() -> None:
    assert only(b"a,b\r1,2\r3,4\r").frame["b"].tolist() == ["2", "4"]


def test_repeated_header_names_get_a_number() -> None:
    assert only(b"a,a,,_row\n1,2,3,4\n").frame.columns.tolist() == ["a", "a_2", "column_3", "_row_2", "_row"]


def test_batches_hold_the_rows_asked_for_and_numbers_run_on() -> None:
    found = list(read_csv(b"a,b\n1,2\nx\n3,4\n5,6\n", name="f", batch_rows=2))
    assert [(batch.read, batch.frame["_row"].tolist()) for batch in found] == [(2, [1]), (2, [3, 4])]


def test_a_batch_of_rejects_alone_still_has_the_columns() -> None:
    assert only(b"a,b\nx\n").frame.columns.tolist() == ["a", "b", "_row"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a,b\n", b"a,b", b"a,b\n\n  \n", b"\xef\xbb\xbfa,b\r\n"])
def test_a_header_alone_is_an_empty_file(data: bytes) -> None:
    assert reason_of(data) == "empty_file"


def test_a_header_with_a_stray_quote_is_refused() -> None:
    assert reason_of(b'a,"b\n1,2\n') == "header_invalid"


def test_a_line_cut_within_a_character_is_rejected_and_the_rest_is_read() -> None:
    batch = only("内容,分\n物流很慢,1\n客服很好,5\n质量不".encode()[:-1])
    assert batch.frame["分"].tolist() == ["1", "5"]
    assert [reject.reason for reject in batch.rejects] == ["row_ragged"]


def test_where_arrow_sees_other_rows_the_careful_scanner_reads_them(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'a,b\n1,"x\ny"\n\n2,5" disk\n'
    expected = only(data).frame
    monkeypatch.setattr(delimited.pa, "BufferReader", lambda text: io.BytesIO(b"1,2\n"))
    pd.testing.assert_frame_equal(only(data).frame, expected)


def _rows(letters: str) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(st.lists(st.text(st.sampled_from(letters), max_size=5), min_size=3, max_size=3), min_size=1, max_size=6)


# not commas and line feeds together: texts of several lines that each have as many commas as a record are taken for records, so
# that one stray quote does not swallow them (find_records says so)
@settings(max_examples=50, deadline=None)
@given(st.one_of(_rows('ab",; \r中\0'), _rows('ab"; \n\r中\0')))
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([["a", "b", "c"], *rows])
    batch = only(out.getvalue().encode())
    assert batch.rejects == []
    assert batch.frame[["a", "b", "c"]].to_numpy().tolist() == rows


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([b"a", b",", b'"', b"\n", b"\r", b";", b" ", b"\0", b"\xff", "好".encode()]), max_size=30))
def test_any_lines_are_read_or_rejected_and_counted(pieces: list[bytes]) -> None:
    try:
        found = list(read_csv(b"a,b\n" + b"".join(pieces), name="f", batch_rows=2))
    except UnitError as error:
        assert error.reason in ("empty_file", "encoding_ambiguous", "encoding_invalid", "header_invalid")
        return
    numbers = [n for b in found for n in (*b.frame["_row"], *(r.row_number for r in b.rejects))]
    assert sorted(numbers) == list(range(1, 1 + sum(batch.read for batch in found)))

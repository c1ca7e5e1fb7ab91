"""Raw frames: cells as they came, and counts that balance."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from textmine.channels.rawframe import Record, Reject, batches, distinct_names, raw_frame, shifted


def test_a_long_whole_number_beside_a_gap_keeps_all_its_digits() -> None:
    frame = raw_frame([Record(1, {"n": 2**60 + 1}), Record(2, {})], columns=["n"])
    assert frame["n"].tolist() == [2**60 + 1, None]


def test_text_with_gaps_is_of_dtype_str_and_na_stays_text() -> None:
    frame = raw_frame([Record(1, {"a": "NA"}), Record(2, {"a": None})], columns=["a"])
    assert frame["a"].dtype == "str"
    assert frame["a"].isna().tolist() == [False, True]


def test_a_batch_counts_the_records_a_reject_stands_for() -> None:
    [batch] = batches([Record(1, {"a": "x"}), Reject(2, "row_ragged", "", b"", records=3)], batch_rows=10)
    assert (batch.read, len(batch.frame), batch.last_row) == (4, 1, 2)


def test_batches_hold_no_more_rows_than_asked_and_always_the_columns_named() -> None:
    found = list(batches([Reject(n, "x", "", b"") for n in (1, 2, 3)], batch_rows=2, columns=["line"]))
    assert [batch.read for batch in found] == [2, 1]
    assert list(found[0].frame.columns) == ["line", "_row"]


def test_shifting_moves_the_numbers_of_rows_and_rejects_alike() -> None:
    [batch] = batches([Record(1, {"a": "x"}), Reject(2, "row_ragged", "", b"")], batch_rows=10)
    moved = shifted(batch, rows=100)
    assert moved.frame["_row"].tolist() == [101]
    assert [reject.row_number for reject in moved.rejects] == [102]


def test_repeated_and_blank_column_names_are_told_apart() -> None:
    assert distinct_names(["a", " a ", "", "_row", "a_2", "\ufeffb"]) == ["a", "a_2", "column_3", "_row_2", "a_2_2", "b"]


@given(st.lists(st.sampled_from(["a", "a_2", "", " ", "_row", "column_1"]), max_size=20))
def test_column_names_never_repeat(names: list[str]) -> None:
    found = distinct_names(names)
    assert len(found) == len(names) == len({*found, "_row"}) - 1

from __future__ import annotations

from datetime import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels.feedback import TIME
from textmine.channels.times import parse_times

FIVE_PAST_TWO = "2026-11-03 06:05:00+00:00"  # 14:05 in Shanghai


def read(*cells: object, zone: str = "Asia/Shanghai") -> tuple[list[str], list[bool]]:
    times, bad = parse_times(pd.Series(list(cells), dtype=object), zone=zone)
    assert times.dtype == TIME
    return [str(time) for time in times], bad.tolist()


@pytest.mark.parametrize(
    "cell",
    [
        "2026-11-03T14:05:00+08:00",
        "2026-11-03T06:05:00Z",
        "2026-11-03 14:05",
        "2026/11/3 14:05:00",
        "2026.11.03 14:05",
        "2026年11月3日 14:05",
        "2026年11月3日（周二）下午2:05",
        "2026年11月3日14时5分",
        "2026-11-03 02:05 PM",
        "20261103140500",
        "202611031405",
        "Tue, 03 Nov 2026 14:05:00 +0800",
        "3 Nov 2026 06:05:00 GMT",
        "Tue Nov 03 14:05:00 +0800 2026",
        1793685900,
        "1793685900",
        1793685900000,
        "1793685900000",
        datetime(2026, 11, 3, 14, 5),
        pd.Timestamp("2026-11-03 14:05"),
        pd.Timestamp("2026-11-03 14:05", tz="Asia/Shanghai"),
    ],
)
def test_one_moment_is_read_from_every_form(cell: object) -> None:
    assert read(cell) == ([FIVE_PAST_TWO], [False])


def test_the_form_of_the_message_board_export_is_read() -> None:
    assert read("2020/1/6 12:09:38")[0] == ["2020-01-06 04:09:38+00:00"]


def test_a_day_without_a_time_is_its_local_midnight() -> None:
    assert read("2026-11-03", "2026年11月3日", "20261103")[0] == ["2026-11-02 16:00:00+00:00"] * 3


def test_excel_serial_days_are_local_and_rounded_to_milliseconds() -> None:
    assert read(46329.5, "46329.5")[0] == ["2026-11-03 04:00:00+00:00"] * 2


def test_microseconds_are_kept_and_finer_digits_cut() -> None:
    assert read("2026-11-03T06:05:00.123456789Z")[0] == ["2026-11-03 06:05:00.123456+00:00"]


@pytest.mark.parametrize(
    "cell",
    [
        "昨天",
        "03/11/2026",
        "2026-02-30",
        "2026-13-01",
        "2026-11-03 24:00",
        "2026-11-03 10:61",
        "2026年11月3日 晚上12:30",
        "1026-11-03",
        "2026",
        "99999999999999999999",
        "Tue, 99 Nov 2026 14:05:00 +0800",
        "3 Nov 2026 14:05:00 CST",
        "2026-11-03T14:05:00+99:00",
        True,
        [1],
    ],
)
def test_what_is_no_date_of_a_known_form_is_bad_and_null(cell: object) -> None:
    assert read(cell) == (["NaT"], [True])


def test_a_blank_is_null_and_not_bad() -> None:
    assert read("", None, "  ") == (["NaT"] * 3, [False] * 3)


def test_naive_times_take_the_zone_of_the_source() -> None:
    assert read("2026-11-03 14:05", zone="America/New_York")[0] == ["2026-11-03 19:05:00+00:00"]


def test_the_hour_of_a_clock_change_is_settled() -> None:
    twice, skipped = read("2026-11-01 01:30", "2026-03-08 02:30", zone="America/New_York")[0]
    assert twice == "2026-11-01 06:30:00+00:00"
    assert skipped == "2026-03-08 07:00:00+00:00"


def test_a_column_of_timestamps_is_taken_as_it_is() -> None:
    column = pd.Series(pd.to_datetime(["2026-11-03 14:05", None]))
    assert parse_times(column, zone="Asia/Shanghai")[0].astype(str).tolist()[0] == FIVE_PAST_TWO


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.text(st.characters(), max_size=20), st.integers(), st.floats(), st.none()), max_size=5))
def test_any_cell_is_a_time_or_blank_or_bad(cells: list[object]) -> None:
    times, bad = parse_times(pd.Series(cells, dtype=object), zone="Asia/Shanghai")
    assert not (times.notna() & bad).any()


@settings(max_examples=40, deadline=None)
@given(st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2199, 12, 31)))
def test_iso_text_and_the_library_agree(moment: datetime) -> None:
    times, bad = parse_times(pd.Series([moment.isoformat() + "Z"]), zone="UTC")
    assert not bad.any()
    assert times[0] == pd.Timestamp(moment, tz="UTC")

from __future__ import annotations

import datetime as dt
import logging

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine import calendar
from textmine.calendar import WorkingCalendar, night_bounds, night_ended_before, night_of, nights_of

CHINA = WorkingCalendar()
DATES = st.dates(dt.date(2020, 1, 1), dt.date(2026, 12, 1))


def instant(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def test_the_night_begins_at_midnight_in_shanghai():
    assert night_of(instant("2026-11-20T15:59:59+00:00")) == dt.date(2026, 11, 20)
    assert night_of(instant("2026-11-20T16:00:00+00:00")) == dt.date(2026, 11, 21)


def test_an_instant_without_zone_has_no_night():
    with pytest.raises(ValueError, match="time zone"):
        night_of(instant("2026-11-20T15:59:59"))


def test_a_column_of_instants_gives_the_same_nights_as_one_by_one():
    column = pd.Series(pd.to_datetime(["2026-11-20T15:59:59Z", None, "2026-11-20T16:00:00Z"], utc=True, format="ISO8601"))
    nights = nights_of(column)
    assert nights[0] == pd.Timestamp("2026-11-20")
    assert pd.isna(nights[1])
    assert nights[2] == pd.Timestamp("2026-11-21")


def test_a_run_at_half_past_one_owns_the_day_before():
    assert night_ended_before(instant("2026-11-22T01:30:00+08:00")) == dt.date(2026, 11, 21)


@given(DATES)
def test_the_bounds_of_a_night_hold_its_first_and_last_microsecond(night):
    first, after = night_bounds(night)
    assert night_of(first) == night_of(after - dt.timedelta(microseconds=1)) == night
    assert night_of(after) == night + dt.timedelta(days=1)


def test_national_day_is_no_working_day_and_its_make_up_saturday_is_one():
    assert not CHINA.is_working_day(dt.date(2026, 10, 1))
    assert CHINA.is_working_day(dt.date(2026, 10, 10))  # a Saturday, worked for the long holiday
    assert not CHINA.is_working_day(dt.date(2026, 10, 11))


def test_three_working_days_after_the_eve_of_national_day_lie_behind_the_holiday():
    assert CHINA.add_working_days(dt.date(2026, 9, 30), 3) == dt.date(2026, 10, 10)


def test_zero_working_days_moves_a_sunday_to_monday_and_leaves_monday():
    assert CHINA.add_working_days(dt.date(2026, 11, 22), 0) == dt.date(2026, 11, 23)
    assert CHINA.add_working_days(dt.date(2026, 11, 23), 0) == dt.date(2026, 11, 23)


def test_negative_working_days_are_refused():
    with pytest.raises(ValueError, match="0 or more"):
        CHINA.add_working_days(dt.date(2026, 11, 22), -1)


def test_own_days_win_over_the_statutory_ones():
    own = WorkingCalendar(holidays=frozenset({dt.date(2026, 11, 23)}), workdays=frozenset({dt.date(2026, 10, 1)}))
    assert not own.is_working_day(dt.date(2026, 11, 23))
    assert own.is_working_day(dt.date(2026, 10, 1))


def test_beyond_the_known_years_weekends_count_and_one_warning_is_logged(caplog):
    calendar._year_is_known.cache_clear()
    with caplog.at_level(logging.WARNING, logger="textmine.calendar"):
        assert CHINA.is_working_day(dt.date(2199, 1, 1))  # a Tuesday
        assert not CHINA.is_working_day(dt.date(2199, 1, 5))  # a Saturday
    assert [record.message for record in caplog.records if "2199" in record.message] == [caplog.records[0].message]


@settings(deadline=None, max_examples=25)
@given(DATES, st.integers(0, 8), st.integers(1, 8))
def test_working_days_add_up(day, first, then):
    start = CHINA.add_working_days(day, 0)
    assert CHINA.add_working_days(CHINA.add_working_days(start, first), then) == CHINA.add_working_days(start, first + then)

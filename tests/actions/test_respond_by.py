from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.actions.respond_by import due_state, respond_by, working_calendar
from textmine.calendar import SHANGHAI, WorkingCalendar

CHINA = WorkingCalendar()


def due(policy, priority: str, received: str) -> str | None:
    times = pd.Series(pd.to_datetime([received], utc=True)).astype("datetime64[us, UTC]")
    answer = respond_by(pd.Series([priority], dtype="str"), times, policy=policy, calendar=CHINA)[0]
    return None if pd.isna(answer) else answer.tz_convert(SHANGHAI).strftime("%Y-%m-%d %H:%M")


@pytest.mark.parametrize(
    ("priority", "received", "expected"),
    [
        ("P0", "2026-10-03T02:00:00+08:00", "2026-10-03 04:00"),  # in the holiday, at night
        ("P1", "2026-10-03T02:00:00+08:00", "2026-10-04 02:00"),
        ("P2", "2026-11-17T10:30:00+08:00", "2026-11-20 10:30"),  # Tuesday to Friday
        ("P2", "2026-11-19T10:30:00+08:00", "2026-11-24 10:30"),  # over a weekend
        ("P2", "2026-11-17T07:00:00+08:00", "2026-11-20 09:00"),  # before opening
        ("P2", "2026-11-17T18:00:00+08:00", "2026-11-23 09:00"),  # closed: counts from Wednesday's opening
        ("P2", "2026-11-21T12:00:00+08:00", "2026-11-26 09:00"),  # Saturday: from Monday's opening
        ("P2", "2026-09-29T12:00:00+08:00", "2026-10-09 12:00"),  # 30 Sept, then the holiday, 8 and 9 Oct
        ("P3", "2026-11-17T10:30:00+08:00", None),
    ],
)
def test_first_response_is_due(policy, priority, received, expected):
    assert due(policy, priority, received) == expected


def test_the_policys_own_holiday_moves_the_due_time(policy):
    working = policy.working.model_copy(update={"holidays": frozenset({dt.date(2026, 11, 18)})})
    own = policy.model_copy(update={"working": working})
    times = pd.Series(pd.to_datetime(["2026-11-17T02:30:00Z"])).astype("datetime64[us, UTC]")
    answer = respond_by(pd.Series(["P2"], dtype="str"), times, policy=own, calendar=working_calendar(own))
    assert answer[0] == pd.Timestamp("2026-11-23T02:30:00Z")


INSTANTS = st.datetimes(dt.datetime(2024, 1, 1), dt.datetime(2026, 11, 30))


@settings(deadline=None, max_examples=15)
@given(st.lists(INSTANTS, min_size=1, max_size=6))
def test_p2_is_due_on_a_working_day_and_never_before_a_later_message_of_p2(policy, instants):
    times = pd.Series(pd.to_datetime(sorted(instants), utc=True)).astype("datetime64[us, UTC]")
    answers = respond_by(pd.Series(["P2"] * len(times), dtype="str"), times, policy=policy, calendar=CHINA)
    assert answers.is_monotonic_increasing
    assert (answers > times).all()
    assert all(CHINA.is_working_day(answer.tz_convert(SHANGHAI).date()) for answer in answers)
    assert str(answers.dtype) == "datetime64[us, UTC]"


def test_no_rows_have_no_due_time(policy):
    none = pd.Series([], dtype="datetime64[us, UTC]")
    assert respond_by(pd.Series([], dtype="str"), none, policy=policy, calendar=CHINA).tolist() == []


def test_an_item_waits_is_warned_at_half_the_time_and_then_overdue_unless_answered(policy):
    received = pd.Series(pd.to_datetime(["2026-11-17T00:00:00Z"] * 3 + [None])).dt.tz_convert("UTC")
    until = pd.Series(pd.to_datetime(["2026-11-17T02:00:00Z"] * 3 + [None])).dt.tz_convert("UTC")
    answered = pd.Series(pd.to_datetime([None, "2026-11-17T00:30:00Z", "2026-11-17T05:00:00Z", None])).dt.tz_convert("UTC")

    def states(clock: str) -> list[str]:
        at = dt.datetime.fromisoformat(f"2026-11-17T{clock}:00+00:00")
        return due_state(received, until, answered, at=at, policy=policy).fillna("-").tolist()

    assert states("00:59") == ["waiting", "answered", "waiting", "-"]
    assert states("01:00") == ["warn", "answered", "warn", "-"]
    assert states("02:00") == ["overdue", "answered", "overdue", "-"]
    assert states("06:00") == ["overdue", "answered", "answered", "-"]


def test_nothing_is_due_where_the_time_of_receipt_is_not_known(policy):
    times = pd.Series([pd.NaT, pd.NaT], dtype="datetime64[us, UTC]")
    answer = respond_by(pd.Series(["P0", "P2"], dtype="str"), times, policy=policy, calendar=CHINA)
    assert answer.isna().all()

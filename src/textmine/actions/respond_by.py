"""When the first response is due, and how things stand at a given time."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from textmine.calendar import SHANGHAI, WorkingCalendar, nights_of
from textmine.policy import Policy, Working

ONE_DAY = np.timedelta64(1, "D")


def respond_by(priority: pd.Series, received_at: pd.Series, *, policy: Policy, calendar: WorkingCalendar) -> pd.Series:
    """Instant by which the first response is due (``respond_by``, datetime64[us, UTC]); NaT where none is.

    Hours run round the clock. Working days run from the moment of receipt if that lies within opening hours, else from the
    next opening, and end at the same time of day (Asia/Shanghai) so many working days later.

    Parameters
    ----------
    priority, received_at : pd.Series
        P0 to P3, and instants in UTC; same index. Without an instant nothing is due.
    policy : Policy
        ``respond`` (priorities left out are never due) and ``working`` hours.
    calendar : WorkingCalendar
        Working days, see `working_calendar`.
    """
    received = received_at.astype("datetime64[us, UTC]")
    due = pd.Series(pd.NaT, index=received.index, dtype="datetime64[us, UTC]")
    for code, time in policy.respond.items():
        mine = received[(priority == code).fillna(False) & received.notna()]
        if time.hours is not None:
            due.loc[mine.index] = mine + pd.Timedelta(hours=time.hours)
        elif time.working_days is not None:
            due.loc[mine.index] = _after_working_days(mine, time.working_days, policy.working, calendar)
    return due.rename("respond_by")


def working_calendar(policy: Policy) -> WorkingCalendar:
    """Working days of China with the policy's own holidays and working days."""
    return WorkingCalendar(policy.working.holidays, policy.working.workdays)


def due_state(
    received_at: pd.Series,
    due: pd.Series,
    first_response_at: pd.Series,
    *,
    at: dt.datetime,
    policy: Policy,
) -> pd.Series:
    """How each row stands at the instant ``at``: answered, waiting, warn, overdue; null where nothing is due.

    ``warn`` begins when ``policy.routing.warn_at`` of the time from receipt to due is gone, ``overdue`` at the due time.
    """
    warn = received_at + (due - received_at) * policy.routing.warn_at
    states = [due.isna(), first_response_at <= at, due <= at, warn <= at]
    state = np.select([np.asarray(s, bool) for s in states], ["", "answered", "overdue", "warn"], "waiting")
    return pd.Series(pd.array(state, dtype="str"), index=due.index, name="due_state").where(due.notna())


def _after_working_days(received: pd.Series, n: int, working: Working, calendar: WorkingCalendar) -> pd.Series:
    """Instant n working days after the first open moment, at the same time of day, in UTC."""
    days = nights_of(received)
    clock = received.dt.tz_convert(SHANGHAI).dt.tz_localize(None) - days
    closed = clock >= _since_midnight(working.closes)
    first = (days + closed.astype(int) * ONE_DAY).map(_by_date(days, calendar, 0)).astype(days.dtype)
    opening = pd.Series(_since_midnight(working.opens), index=days.index)
    clock = clock.where((first == days) & (clock >= opening), opening)
    ends: pd.Series = first.map(_by_date(first, calendar, n)).astype(days.dtype) + clock
    return ends.dt.tz_localize(SHANGHAI).dt.tz_convert("UTC").astype("datetime64[us, UTC]")  # type: ignore[no-any-return]


def _by_date(days: pd.Series, calendar: WorkingCalendar, n: int) -> dict[pd.Timestamp, pd.Timestamp]:
    """Date of the n-th working day after each date that occurs, and after the day behind it: few dates, many rows."""
    dates = {day for seen in days.unique() for day in (seen, seen + pd.Timedelta(days=1))}
    return {day: pd.Timestamp(calendar.add_working_days(day.date(), n)) for day in sorted(dates)}


def _since_midnight(time: dt.time) -> pd.Timedelta:
    return pd.Timedelta(hours=time.hour, minutes=time.minute, seconds=time.second)

"""Nights and working days of China: which night an instant belongs to, and which days people work."""

from __future__ import annotations

import datetime as dt
import functools
import logging
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import chinese_calendar
import pandas as pd

SHANGHAI = ZoneInfo("Asia/Shanghai")
ONE_DAY = dt.timedelta(days=1)

log = logging.getLogger(__name__)


def night_of(instant: dt.datetime) -> dt.date:
    """Night (calendar day in Asia/Shanghai) that owns an instant.

    Raises
    ------
    ValueError
        If ``instant`` has no time zone: the night would be a guess.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(SHANGHAI).date()


def nights_of(instants: pd.Series) -> pd.Series:
    """Night of each instant of a UTC column, as midnight without zone (datetime64[us]); NaT stays NaT."""
    nights: pd.Series = instants.dt.tz_convert(SHANGHAI).dt.tz_localize(None).dt.normalize()
    return nights


def night_ended_before(scheduled: dt.datetime) -> dt.date:
    """Night that a run scheduled at this instant owns: the day that ended before it (01:30 on the 22nd owns the 21st)."""
    return night_of(scheduled) - ONE_DAY


def night_bounds(night: dt.date) -> tuple[dt.datetime, dt.datetime]:
    """First instant of a night and first instant after it, both in UTC."""
    first, after = (dt.datetime.combine(day, dt.time(), SHANGHAI) for day in (night, night + ONE_DAY))
    return first.astimezone(dt.UTC), after.astimezone(dt.UTC)


@functools.cache
def _year_is_known(year: int) -> bool:
    """Whether chinesecalendar has the holidays of the year; says once when it has not."""
    try:
        chinese_calendar.is_workday(dt.date(year, 1, 1))
    except NotImplementedError:
        log.warning("no holidays known for %d, weekends only: update chinesecalendar or list the days in the policy", year)
        return False
    return True


@dataclass(frozen=True)
class WorkingCalendar:
    """Working days of China.

    Statutory holidays and make-up working days (调休) come from the library ``chinesecalendar`` (notices of the State
    Council); years it does not know have weekends only. ``holidays`` and ``workdays`` are a company's own days and win.
    """

    holidays: frozenset[dt.date] = frozenset()
    workdays: frozenset[dt.date] = frozenset()

    def is_working_day(self, day: dt.date) -> bool:
        """Whether people work on this day."""
        if day in self.workdays or day in self.holidays:
            return day in self.workdays
        if _year_is_known(day.year):
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < 5

    def add_working_days(self, day: dt.date, n: int) -> dt.date:
        """Date of the n-th working day after ``day``; for n = 0 the day itself, or the next working day if it is none.

        Raises
        ------
        ValueError
            If n is negative.
        """
        if n < 0:
            raise ValueError("n is 0 or more")
        left = n if n else int(not self.is_working_day(day))
        while left:
            day += ONE_DAY
            left -= self.is_working_day(day)
        return day

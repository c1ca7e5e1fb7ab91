"""Dates and times of a column, by an explicit grammar, as UTC. Anything else is bad: a wrong date is worse than none."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.channels.feedback import TIME
from textmine.channels.values import as_label
from textmine.channels.writtendates import SECOND_MICROS, Read, read_packed, read_written

_MAIL = re.compile(
    r"(?:[A-Z][a-z]{2},\s*)?\d{1,2} [A-Z][a-z]{2} \d{4} \d{1,2}:\d\d(?::\d\d)?"
    r"(?:\s+[+-]\d{4}|\s+(?:GMT|UTC|UT))?(?:\s*\([^()]*\))?"
)
_WEIBO = re.compile(r"([A-Z][a-z]{2}) ([A-Z][a-z]{2}) (\d{1,2}) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})")

_EPOCHS = ((1e8, 1e10, 1e6), (1e12, 1e13, 1e3), (1e15, 1e16, 1.0))  # from, below, microseconds: s, ms, us of 1973-2286
_EXCEL_EPOCH = -25_569
"""Day 0 of Excel's 1900 system, 1899-12-30, in days from 1970."""


def parse_times(series: pd.Series[Any], *, zone: str) -> tuple[pd.Series[Any], npt.NDArray[np.bool_]]:
    """Times in UTC (``datetime64[us, UTC]``), null where blank or bad; and which cells were bad.

    Read are ISO 8601 with or without offset; ``2020/1/6 12:09:38``, ``2026.11.3``, ``2026年11月3日 下午2:05``, ``20261103``,
    ``20261103140500``; dates of mails (RFC 5322) and of Weibo; Excel datetimes and serial days (20000 to 80000); epoch seconds,
    milliseconds and microseconds. Years 1900 to 2199. What has no offset is local time of ``zone``; a time that a clock change
    made twice is the later one, one that it skipped is the next that exists.
    """
    if isinstance(series.dtype, pd.DatetimeTZDtype):
        return series.astype(TIME), np.zeros(len(series), dtype=bool)
    if series.dtype.kind == "M":
        return _local(series.astype("datetime64[us]"), zone), np.zeros(len(series), dtype=bool)
    strings = as_label(series)
    micros, known = np.zeros(len(strings), dtype=np.int64), np.zeros(len(strings), dtype=bool)
    fixed = np.zeros(len(strings), dtype=bool)
    for read in (read_written, read_packed, _counted, _posted):
        rest = np.flatnonzero(strings.notna().to_numpy() & ~known)
        if not len(rest):
            break
        micros[rest], known[rest], fixed[rest] = read(strings.take(rest))
    return _joined(micros, known, fixed, zone, series.index), strings.notna().to_numpy() & ~known


def _joined(
    micros: npt.NDArray[np.int64], known: npt.NDArray[np.bool_], fixed: npt.NDArray[np.bool_], zone: str, index: pd.Index[Any]
) -> pd.Series[Any]:
    naive = pd.Series(micros.view("datetime64[us]"), index=index).where(known)
    absolute = naive.dt.tz_localize("UTC")
    if (known & ~fixed).any():
        absolute = absolute.where(fixed, _local(naive.where(~fixed), zone))
    return absolute.astype(TIME)


def _local(naive: pd.Series[Any], zone: str) -> pd.Series[Any]:
    later = np.zeros(len(naive), dtype=bool)
    local: pd.Series[Any] = naive.dt.tz_localize(ZoneInfo(zone), ambiguous=later, nonexistent="shift_forward")
    return pd.Series(local.dt.tz_convert("UTC"), dtype=TIME)


def _counted(strings: pd.Series[str]) -> Read:
    """Excel's serial days (local time) and epoch seconds, milliseconds, microseconds (UTC), told apart by their size."""
    number = pd.to_numeric(strings.where(strings.str.fullmatch(r"\d{5,16}(?:\.\d{1,15})?")), errors="coerce").to_numpy(float)
    serial = (number >= 20_000) & (number < 80_000)
    unit = np.select([(number >= low) & (number < high) for low, high, _ in _EPOCHS], [micros for *_, micros in _EPOCHS], 0.0)
    days = np.round((number + _EXCEL_EPOCH) * 86_400_000) * 1000  # Excel keeps milliseconds, not microseconds
    return np.where(serial, days, np.nan_to_num(number * unit)).astype(np.int64), serial | (unit > 0), unit > 0


def _posted(strings: pd.Series[str]) -> Read:
    """Dates of mails and of Weibo; one by one, for there are few and the library knows their zones."""
    found = [_mail_date(string) for string in strings]
    micros = [0 if date is None else round(date.replace(tzinfo=date.tzinfo or UTC).timestamp() * SECOND_MICROS) for date in found]
    fixed = [date is not None and date.tzinfo is not None for date in found]
    return np.array(micros, dtype=np.int64), np.array([date is not None for date in found]), np.array(fixed)


def _mail_date(string: str) -> datetime | None:
    mail = _WEIBO.sub(r"\1, \3 \2 \6 \4 \5", string).replace("-0000", "+0000")
    if not _MAIL.fullmatch(mail):
        return None
    try:
        return parsedate_to_datetime(mail)
    except ValueError:
        return None

"""The grammar of written dates and times, matched over a whole column at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.channels.values import one_array

SECOND_MICROS, DAY_MICROS = 1_000_000, 86_400_000_000

# Year first only: 03/11/2026 is March in one country and November in another.
_DAY = (
    r"^(?P<year>(?:19|20|21)\d\d)[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?"
    r"(?:[\s　（(]*(?:星期|周)[一二三四五六日天][）)]*)?"
)
_CLOCK = (
    r"(?:[T\s　]*(?P<half>上午|下午|晚上|中午|凌晨|早上)?\s*(?P<hour>\d{1,2})[:：时点](?P<minute>\d{1,2})?"
    r"(?:[:：分](?P<second>\d{1,2})?(?:[.,](?P<fraction>\d{1,9}))?)?秒?\s*(?P<meridiem>[AaPp][Mm])?"
    r"\s*(?:(?P<utc>Z|UTC)|(?P<sign>[+-])(?P<zone_hour>\d\d):?(?P<zone_minute>\d\d))?)?$"
)
_WRITTEN = _DAY + _CLOCK
_PACKED = r"^(?P<year>(?:19|20|21)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)?)?$"
Read = tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]
"""Microseconds from 1970, which cells were read, and which of them say their offset from UTC."""


def read_written(strings: pd.Series[str]) -> Read:
    """Dates with marks between year, month and day, with or without a time and an offset."""
    return _by_grammar(strings, _WRITTEN)


def read_packed(strings: pd.Series[str]) -> Read:
    """Dates of digits alone: ``20261103``, ``202611031405``, ``20261103140500``."""
    return _by_grammar(strings, _PACKED)


def _by_grammar(strings: pd.Series[str], grammar: str) -> Read:
    found = pc.extract_regex(one_array(strings), grammar)
    matched = found.is_valid().to_numpy(zero_copy_only=False)
    parts = {field.name: found.field(place) for place, field in enumerate(found.type)}
    days, known = _days(*(_whole(parts, name) for name in ("year", "month", "day")))
    hour, minute, second = _hour(parts), _whole(parts, "minute"), _whole(parts, "second")
    ahead = (_whole(parts, "zone_hour") * 60 + _whole(parts, "zone_minute")) * np.where(_holds(parts, "sign", "-"), -1, 1)
    known &= matched & (hour < 24) & (minute < 60) & (second < 60) & (np.abs(ahead) <= 900)
    seconds = hour * 3600 + (minute - ahead) * 60 + second
    return days * DAY_MICROS + seconds * SECOND_MICROS + _fraction(parts), known, _holds(parts, "utc") | _holds(parts, "sign")


def _days(
    year: npt.NDArray[np.int64], month: npt.NDArray[np.int64], day: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """Days from 1970, and whether the day exists (there is no 30 February)."""
    months = ((year - 1970) * 12 + month - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + (day - 1)
    return days.astype(np.int64), (month >= 1) & (month <= 12) & (day >= 1) & (days.astype("datetime64[M]") == months)


def _hour(parts: dict[str, Any]) -> npt.NDArray[np.int64]:
    """Hour of 24: 12 AM and 凌晨12 are 0; 下午2 is 14; 中午12 stays, 中午1 is 13."""
    hour = _whole(parts, "hour")
    late = _holds(parts, "half", "下午", "晚上", "中午") | _holds(parts, "meridiem", "PM", "pm", "Pm", "pM")
    early = _holds(parts, "half", "凌晨") | _holds(parts, "meridiem", "AM", "am", "Am", "aM")
    afternoon = late & (hour < 12) & ~(_holds(parts, "half", "中午") & (hour >= 10))
    midnight = _holds(parts, "half", "晚上") & (hour == 12)  # of which day is anyone's guess: 24 makes it bad
    return np.select([afternoon | midnight, early & (hour == 12)], [hour + 12, 0], hour)


def _whole(parts: dict[str, Any], name: str) -> npt.NDArray[np.int64]:
    if name not in parts:
        return np.zeros(len(parts["year"]), dtype=np.int64)
    digits = pc.if_else(pc.equal(pc.fill_null(parts[name], ""), ""), "0", parts[name])
    return np.asarray(pc.cast(digits, pa.int64()).to_numpy(zero_copy_only=False))


def _fraction(parts: dict[str, Any]) -> npt.NDArray[np.int64]:
    if "fraction" not in parts:
        return np.zeros(len(parts["year"]), dtype=np.int64)
    padded = pc.utf8_slice_codeunits(pc.utf8_rpad(pc.fill_null(parts["fraction"], ""), 6, "0"), 0, 6)
    return np.asarray(pc.cast(padded, pa.int64()).to_numpy(zero_copy_only=False))


def _holds(parts: dict[str, Any], name: str, *values: str) -> npt.NDArray[np.bool_]:
    """Where a part holds one of some values, or anything where none are given."""
    if name not in parts:
        return np.zeros(len(parts["year"]), dtype=bool)
    part = pc.fill_null(parts[name], "")
    found = pc.is_in(part, pa.array(values)) if values else pc.not_equal(part, "")
    return np.asarray(found.to_numpy(zero_copy_only=False))

"""Drift: how far a night lies from the nights before it, per measure and channel, and whether that is more than chance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.measure.psi import ALARM, WATCH, psi, psi_by_chance
from textmine.measure.tally import DISTRIBUTIONS

NIGHTS, WITHIN_DAYS = 28, 30  # four whole weeks, so that every weekday counts alike
FEWEST_NIGHTS, FEWEST = 5, 100
# A share or a mean is held against its own past, as on a control chart: from 2 standard deviations on it is watched, from 3
# on it is an alarm. SOURCE: Shewhart, Economic Control of Quality (1931); warning limits as in the Western Electric rules.
WATCH_DEVIATIONS, ALARM_DEVIATIONS = 2.0, 3.0
# A smaller difference is no news, however certain it is. SOURCE: textmine's own choice; tokens for mean_length.
SMALLEST: Mapping[str, float] = {"unknown_words": 0.005, "invalid": 0.02, "mean_length": 2.0}
MEASURES = (*DISTRIBUTIONS, *SMALLEST)
COLUMNS = ("measure", "channel", "n", "n_reference", "nights", "value", "reference", "threshold", "status", "detail")

Row = dict[str, Any]


class _Seen(NamedTuple):
    """Counts of one measure of one channel by member: tonight, and before with a row a night."""

    members: list[str]
    tonight: npt.NDArray[np.int64]
    past: npt.NDArray[np.int64]

    def only(self, *members: str) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Counts of these members; 0 where one is missing."""
        places = [self.members.index(name) if name in self.members else -1 for name in members]
        wide, deep = np.append(self.tonight, 0), np.pad(self.past, ((0, 0), (0, 1)))
        return wide[places], deep[:, places]


def measure_drift(tonight: pd.DataFrame, past: pd.DataFrame, *, night: date) -> pd.DataFrame:
    """Table ``drift`` (without run_id): one row per measure of ``MEASURES`` for all channels and for each of tonight.

    A distribution's ``value`` is its PSI against the nights before, its ``reference`` the PSI that chance alone gives on
    average; it is an alarm from 0.25 on, watched from 0.1 on, and neither below what chance gives in 95 % of cases. The
    ``value`` of a share or a mean is its difference from the mean of the nights before, which is its ``reference``; it is an
    alarm from 3 standard deviations on, watched from 2 on. The deviation is that of the nights before, or of sampling where
    that is larger. ``threshold`` is where the alarm begins. Statuses: ok, watch, alarm, ``no_reference`` (fewer than 5 nights
    or 100 cases before) and ``too_few`` (fewer than 100 tonight), both with a null value.

    Parameters
    ----------
    tonight, past : pd.DataFrame
        Tallies (see `tally_rows`); ``past`` with ``night``: only the last 28 nights before ``night`` within 30 days are read.
    """
    nights = sorted({day for day in past["night"] if night - timedelta(days=WITHIN_DAYS) <= day < night})[-NIGHTS:]
    before = past[past["night"].isin(nights)]
    counts = _counts(tonight, before)
    channels = sorted(set(tonight["channel"]))
    rows = [row for channel in ("all", *channels) for row in _channel(counts, channel)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"n": np.int64, "n_reference": np.int64, "nights": np.int32})


def _counts(tonight: pd.DataFrame, before: pd.DataFrame) -> dict[tuple[str, str], _Seen]:
    """Counts by channel, 'all' included, and measure. Nights on which the channel said nothing are no rows."""
    both = pd.concat([tonight.assign(night=None), before])[["channel", "measure", "member", "n", "night"]]
    both = pd.concat([both.assign(channel="all"), both], ignore_index=True)
    return {(str(channel), str(measure)): _seen(part) for (channel, measure), part in both.groupby(["channel", "measure"])}


def _seen(part: pd.DataFrame) -> _Seen:
    row, nights = pd.factorize(part["night"])  # -1 is tonight
    column, members = pd.factorize(part["member"], sort=True)
    grid = np.zeros((len(nights) + 1, len(members)), np.int64)
    np.add.at(grid, (row, column), part["n"].to_numpy(np.int64))
    return _Seen([str(name) for name in members], grid[-1], grid[:-1])


_NOTHING = _Seen([], np.zeros(0, np.int64), np.zeros((0, 0), np.int64))


def _channel(counts: Mapping[tuple[str, str], _Seen], channel: str) -> Iterator[Row]:
    others = _other_bundles(counts.get((channel, "bundle"), _NOTHING))
    for measure in MEASURES:
        seen = counts.get((channel, measure), _NOTHING)
        row = _distribution(seen) if measure in DISTRIBUTIONS else _figure(measure, seen)
        told = "; ".join(part for part in (row["detail"], others) if part)
        yield row | {"measure": measure, "channel": channel, "detail": told or None}


def _other_bundles(seen: _Seen) -> str:
    """How many of the nights before another bundle labelled: then a drift may be the model's."""
    others = int((seen.past[:, seen.tonight == 0] > 0).any(axis=1).sum())
    return f"{others} of {len(seen.past)} nights before by another bundle" if others else ""


def _distribution(seen: _Seen) -> Row:
    now, before = seen.tonight, seen.past.sum(axis=0)
    row = _counted(int(now.sum()), int(before.sum()), len(seen.past))
    if row["status"] != "ok":
        return row
    value = psi(now, before)
    by_chance, beyond_chance = psi_by_chance(row["n"], row["n_reference"], classes=len(seen.members))
    alarm = max(ALARM, beyond_chance)
    status = "alarm" if value >= alarm else "watch" if value >= max(WATCH, beyond_chance) else "ok"
    return row | _rounded(value, by_chance, alarm) | {"status": status, "detail": _moved_most(seen.members, now, before)}


def _moved_most(members: list[str], now: np.ndarray, before: np.ndarray) -> str:
    p, q = now / now.sum(), before / before.sum()
    at = int(np.argmax(np.abs(p - q)))
    return f"{members[at]} {q[at]:.1%} -> {p[at]:.1%}"


def _figure(measure: str, seen: _Seen) -> Row:
    (of, hits, _), past = seen.only("of", "sum" if measure == "mean_length" else "hits", "squares")
    past = past[past[:, 0] > 0]
    row = _counted(int(of), int(past[:, 0].sum()), len(past))
    if row["status"] != "ok":
        return row
    nightly = past[:, 1] / past[:, 0]
    mean, here = float(nightly.mean()), float(hits / of)
    sampling = _variance(measure, past.sum(axis=0)) * (1 / row["n"] + 1 / row["n_reference"])
    deviation = max(float(nightly.var(ddof=1)), sampling) ** 0.5
    alarm, watch = (max(times * deviation, SMALLEST[measure]) for times in (ALARM_DEVIATIONS, WATCH_DEVIATIONS))
    moved = abs(here - mean)
    status = "alarm" if moved >= alarm else "watch" if moved >= watch else "ok"
    shown = f"{mean:.1f} -> {here:.1f}" if measure == "mean_length" else f"{mean:.1%} -> {here:.1%}"
    return row | _rounded(here - mean, mean, alarm) | {"status": status, "detail": shown}


def _variance(measure: str, sums: npt.NDArray[np.int64]) -> float:
    """Variance of one case over all the nights before; ``sums`` of cases, hits or values, squares."""
    mean = float(sums[1] / sums[0])
    return max(float(sums[2] / sums[0]) - mean**2, 0.0) if measure == "mean_length" else mean * (1 - mean)


def _counted(n: int, n_reference: int, nights: int) -> Row:
    """A row that has no value yet; its status is ok where one can be given."""
    known = nights >= FEWEST_NIGHTS and n_reference >= FEWEST
    status = "no_reference" if not known else "too_few" if n < FEWEST else "ok"
    empty = {"value": None, "reference": None, "threshold": None, "detail": ""}
    return {"n": n, "n_reference": n_reference, "nights": nights, "status": status, **empty}


def _rounded(value: float, reference: float, threshold: float) -> Row:
    return {"value": round(value, 4), "reference": round(reference, 4), "threshold": round(threshold, 4)}


def alarms(drift: pd.DataFrame) -> list[str]:
    """One line per alarm, for who runs the night; the largest excess over its threshold first."""
    found = drift[drift["status"] == "alarm"]
    found = found.assign(excess=(found["value"].abs() / found["threshold"])).sort_values("excess", ascending=False, kind="stable")
    return [
        f"{row['measure']} of {row['channel']}: {row['value']:+.3f}, alarm from {row['threshold']:.3f} "
        f"({row['detail']}; n {row['n']:,})"
        for row in found.to_dict("records")
    ]

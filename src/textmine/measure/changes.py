"""Figures before and after: what a new bundle made of the same texts, and what the customers changed.

Of a figure F let ``old`` and ``new`` be the labels of the old and the new bundle, ``range`` the nights asked for and ``before``
the period of the same length before them. What a reader of the tables sees move is F(range, new) - F(before, old). It is the
sum of two changes, with nothing left over:

    model    = F(before, new) - F(before, old)      the same texts, two bundles
    customer = F(range, new)  - F(before, new)      two periods, one bundle

``rescored`` = F(range, new) - F(range, old) is what the new bundle alone did to the range.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from textmine.measure.intervals import Z, share_interval
from textmine.measure.metrics import METRICS, SMALLEST_N

SHARES = ("negative_rate", "complaint_rate", "urgent_rate")
KINDS: Mapping[str, str] = {**dict.fromkeys(SHARES, "share"), "score_mean": "mean", "category_share": "share"}
READ = ("feedback_id", "channel", "sentiment", "sentiment_score", "primary_category", "intent", "priority")
KEYS = ["channel", "metric", "member"]
SUMS = ["n", "old", "new", "old_squares", "new_squares", "products"]
FIGURES = ("range_old", "range_new", "before_old", "before_new")
PARTS = ("total", "model", "customer", "rescored")
Interval = tuple[float, float]
Key = tuple[str, str, str]
_Table = Mapping[Key, Mapping[str, float]]


def pair_sums(old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    """Sums over the same texts labelled twice, by channel: KEYS and SUMS; those of parts add up, see ``add_sums``.

    Reads ``READ`` of both, row by row the same feedback. Of each metric a text has a value under both labels or does not count;
    ``member`` is the category of ``category_share``, else ''.
    """
    first, second = _values(old), _values(new)
    columns = sorted(set(first) | set(second))
    channel = old["channel"].to_numpy()
    parts = []
    for column in columns:
        a, b = (_column(values, column, len(old)) for values in (first, second))
        counted = ~(np.isnan(a) | np.isnan(b))
        a, b = a[counted], b[counted]
        sums = {"n": 1.0, "old": a, "new": b, "old_squares": a * a, "new_squares": b * b, "products": a * b}
        parts.append(pd.DataFrame({"channel": channel[counted], "metric": column[0], "member": column[1], **sums}))
    return add_sums(parts)


def add_sums(parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Sums of parts as sums of the whole, sorted by KEYS."""
    empty = pd.DataFrame({name: pd.Series(dtype="str" if name in KEYS else np.float64) for name in (*KEYS, *SUMS)})
    joined = pd.concat([empty, *(part[[*KEYS, *SUMS]] for part in parts)], ignore_index=True)
    return joined.groupby(KEYS, as_index=False, sort=True)[SUMS].sum()


def renew_sums(kept: pd.DataFrame, now: pd.DataFrame) -> pd.DataFrame:
    """Sums that were kept, with the new side as it is ``now`` (reads ``READ``): labels may have been corrected since.

    The old side and the number of texts stay; the new side's means become those of ``now``. A channel that was not there then
    does not count. Which texts changed is not known: of as many as the sum moved by, each is taken to differ from its old label,
    so that an interval gets rather wider than narrower.
    """
    both = kept.merge(pair_sums(now, now), on=KEYS, how="outer", suffixes=("", "_now"))
    texts, texts_now = (both.groupby(KEYS[:2])[name].transform("max") for name in ("n", "n_now"))
    both = both.fillna(0.0)
    there = texts_now.notna()
    for name in ("new", "new_squares"):
        both[f"{name}_now"] = (both[f"{name}_now"] * (texts / texts_now)).where(there, both[name])
    moved = both["new_now"] - both["new"]
    mean = both["metric"] == "score_mean"  # from -1 to 1, the others are 0 or 1
    least = (-((both["old_squares"] * both["new_squares_now"]) ** 0.5)).where(mean, 0.0)
    products = np.maximum(both["products"] + (-moved.abs()).where(mean, moved.clip(upper=0.0)), least)
    renewed = both.assign(new=both["new_now"], new_squares=both["new_squares_now"], products=products)
    return add_sums([renewed[texts.notna()]])


def measure_changes(within: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """One row per channel ('all' first), metric and member.

    Columns: KEYS, ``n_range``, ``n_before``, FIGURES, and of each of PARTS the change with ``_low`` and ``_high``, its 95 %
    interval; paired where the texts are the same. A figure of fewer than five feedbacks is null, and so are all figures of a
    category that one to four feedbacks of either period have; ``before`` may be empty, what needs it is null then.
    """
    tables = [_by_key(_with_all(sums)) for sums in (within, before)]
    keys = sorted({*tables[0], *tables[1]}, key=lambda key: (key[0] != "all", key[0], list(KINDS).index(key[1]), key[2]))
    rows = [dict(zip(KEYS, key, strict=True)) | _row(key, *(_sums_of(table, key) for table in tables)) for key in keys]
    names = [*KEYS, "n_range", "n_before", *FIGURES, *(f"{part}{end}" for part in PARTS for end in ("", "_low", "_high"))]
    return pd.DataFrame(rows, columns=names)


def _values(rows: pd.DataFrame) -> dict[tuple[str, str], np.ndarray]:
    """Value of each text by metric and member, NaN where it does not count."""
    found = {(name, ""): METRICS[name].values(rows).to_numpy(np.float64, na_value=np.nan) for name in SHARES}
    found["score_mean", ""] = rows["sentiment_score"].to_numpy(np.float64, na_value=np.nan)
    category = rows["primary_category"]
    known = category.notna().to_numpy()
    for code in category.dropna().unique():
        found["category_share", str(code)] = np.where(known, category.eq(code).to_numpy(np.bool_, na_value=False), np.nan)
    found["category_share", ""] = np.where(known, 0.0, np.nan)  # stands for every category that no text has
    return found


def _column(values: Mapping[tuple[str, str], np.ndarray], column: tuple[str, str], n: int) -> np.ndarray:
    return values.get(column, values[column[0], ""])


def _with_all(sums: pd.DataFrame) -> pd.DataFrame:
    """The sums and those of all channels. Every text counts for every category, also where no text of its part had it."""
    if sums.empty:
        return sums
    joined = pd.concat([add_sums([sums.assign(channel="all")]), sums], ignore_index=True)
    of_category = joined["metric"] == "category_share"
    whole = joined[of_category & (joined["member"] == "")].set_index("channel")["n"]
    joined["n"] = joined["n"].where(~of_category, joined["channel"].map(whole))
    return joined[~of_category | ((joined["member"] != "") & (joined["old"] + joined["new"] > 0))]


def _by_key(sums: pd.DataFrame) -> _Table:
    cells = sums[SUMS].to_numpy(np.float64).tolist()
    keys = zip(*(sums[name].astype(str) for name in KEYS), strict=True)
    return {key: dict(zip(SUMS, row, strict=True)) for key, row in zip(keys, cells, strict=True)}


def _sums_of(table: _Table, key: Key) -> Mapping[str, float]:
    if key in table:
        return table[key]
    # a category that no text of the period has: as many texts as the others count, none of them in it
    return dict.fromkeys(SUMS, 0.0) | {
        "n": max((sums["n"] for other, sums in table.items() if other[:2] == key[:2]), default=0.0)
    }


def _row(key: Key, within: Mapping[str, float], before: Mapping[str, float]) -> dict[str, float | int | None]:
    kind = KINDS[key[1]]
    row: dict[str, float | int | None] = {"n_range": int(within["n"]), "n_before": int(before["n"])}
    small = key[1] == "category_share" and any(
        0 < sums[side] < SMALLEST_N for sums in (within, before) for side in ("old", "new")
    )
    there = within["n"] >= SMALLEST_N and not small
    both = there and before["n"] >= SMALLEST_N
    if there:
        row |= {"range_old": _mean(within, "old"), "range_new": _mean(within, "new"), **_part("rescored", _paired(within, kind))}
        row["rescored"] = _mean(within, "new") - _mean(within, "old")
    if both:
        row |= {"before_old": _mean(before, "old"), "before_new": _mean(before, "new")}
        model = _mean(before, "new") - _mean(before, "old")
        customer = _mean(within, "new") - _mean(before, "new")
        row |= {"model": model, "customer": customer, "total": model + customer}
        row |= _part("model", _paired(before, kind))
        row |= _part("customer", _apart(before, "new", within, "new", kind))
        row |= _part("total", _apart(before, "old", within, "new", kind))
    return row


def _part(name: str, interval: Interval) -> dict[str, float]:
    return {f"{name}_low": interval[0], f"{name}_high": interval[1]}


def _mean(sums: Mapping[str, float], side: str) -> float:
    return sums[side] / sums["n"]


def _paired(sums: Mapping[str, float], kind: str) -> Interval:
    """Interval of the mean difference over the same texts.

    SOURCE for shares: Bonett and Price, Adjusted Wald intervals for a difference of binomial proportions based on paired data
    (Journal of Educational and Behavioral Statistics 2012); for means the normal interval of the differences.
    """
    n = sums["n"]
    if kind == "share":
        gained, lost = ((sums[side] - sums["products"] + 1) / (n + 2) for side in ("new", "old"))
        middle = gained - lost
        half = Z * math.sqrt(max(gained + lost - middle**2, 0.0) / (n + 2))
        return max(middle - half, -1.0), min(middle + half, 1.0)
    middle = (sums["new"] - sums["old"]) / n
    squares = sums["old_squares"] + sums["new_squares"] - 2 * sums["products"] - n * middle**2
    half = Z * math.sqrt(max(squares, 0.0) / (n - 1) / n)
    return middle - half, middle + half


def _apart(before: Mapping[str, float], first: str, within: Mapping[str, float], second: str, kind: str) -> Interval:
    """Interval of the difference of two independent figures.

    SOURCE for shares: Newcombe, Interval estimation for the difference between independent proportions (Statistics in Medicine
    1998), method 10; for means the normal interval.
    """
    a, b = _mean(before, first), _mean(within, second)
    if kind == "share":
        (low_a, high_a), (low_b, high_b) = (
            share_interval(round(sums[side]), int(sums["n"])) for sums, side in ((before, first), (within, second))
        )
        return b - a - math.hypot(b - low_b, high_a - a), b - a + math.hypot(high_b - b, a - low_a)
    half = Z * math.sqrt(_variance_of_mean(before, first) + _variance_of_mean(within, second))
    return b - a - half, b - a + half


def _variance_of_mean(sums: Mapping[str, float], side: str) -> float:
    n = sums["n"]
    return max(sums[f"{side}_squares"] - sums[side] ** 2 / n, 0.0) / (n - 1) / n

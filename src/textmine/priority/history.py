"""What only the whole night and the nights before it can tell of a feedback: bursts, repeats, reach, floods."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pyarrow as pa

from textmine.policy import Caps, Policy

TONIGHT_COLUMNS = (
    "feedback_id",
    "customer_key",
    "product",
    "region",
    "topic_id",
    "primary_category",
    "intent",
    "sentiment",
    "received_at",
    "near_duplicate_group",
    "urgent",
)
PAST_COLUMNS = ("night", "customer_key", "product", "region", "topic_id", "primary_category", "intent", "sentiment")


def count_history(tonight: pd.DataFrame, past: pd.DataFrame, *, night: dt.date, policy: Policy) -> pd.DataFrame:
    """Numbers behind the look-back terms, one row per row of ``tonight``, in its order.

    Only nights before ``night`` and within ``policy.window.days`` are read of ``past``; the result depends neither on the
    order of rows nor on how they were split. A row is an issue when its sentiment is neg or its intent complaint; rows that
    are no issue have burst, repeat and reach 0.

    Parameters
    ----------
    tonight : pd.DataFrame
        ``TONIGHT_COLUMNS`` of the whole night; ``urgent`` (bool): the row crosses a red line.
    past : pd.DataFrame
        ``PAST_COLUMNS`` of earlier published nights; ``night`` is a date.
    night : datetime.date
        The night of ``tonight``.
    policy : Policy
        Source of windows and caps.

    Returns
    -------
    pd.DataFrame
        ``burst`` (standard deviations above the nights before, see `count_bursts`), ``repeat`` (nights on which this
        customer complained), ``reach`` (customers, products and regions with an issue of the topic within
        ``reach_days`` nights, this one included), ``duplicate`` (1 beyond the caps of an author, else 0). Float64, >= 0.
    """
    tonight, age = tonight.reset_index(drop=True), _days(past["night"], night)
    past = past.assign(age=age)[(age >= 1) & (age <= policy.window.days)]
    now, before = tonight[_is_issue(tonight)], past[_is_issue(past)]
    counts = pd.DataFrame(0.0, index=tonight.index, columns=["burst", "repeat", "reach", "duplicate"])
    if past["age"].nunique() >= policy.window.min_nights:
        counts.loc[now.index, "burst"] = count_bursts(now, before, n_nights=past["age"].nunique())
    counts.loc[now.index, "repeat"] = _count_repeats(now, past)
    counts.loc[now.index, "reach"] = _count_reach(now, before[before["age"] < policy.window.reach_days])
    counts["duplicate"] = _beyond_caps(tonight, policy.caps)
    return counts


def count_bursts(now: pd.DataFrame, before: pd.DataFrame, *, n_nights: int) -> np.ndarray:
    """How far tonight's issues of a row's topic, or of its primary category, lie above the nights before; the larger one.

    (n - mean) / sqrt(max(mean, variance, 1)), not below 0, 4 decimals: Poisson's deviation, widened where the nights before
    vary by more than chance (weekdays). Nights without the topic count as 0. Topic -1 never bursts.
    """
    known = now["topic_id"].to_numpy() >= 0
    by_topic = np.where(known, _deviation(now["topic_id"], before[["topic_id", "age"]], n_nights), 0.0)
    by_category = _deviation(now["primary_category"], before[["primary_category", "age"]], n_nights)
    return np.asarray(np.maximum(by_topic, by_category))


def _deviation(now: pd.Series, before: pd.DataFrame, n_nights: int) -> np.ndarray:
    key = str(now.name)
    nightly = before.groupby([key, "age"]).size().groupby(level=0)
    table = pd.DataFrame({"n": now.value_counts()})
    table["sum"] = nightly.sum().reindex(table.index).fillna(0)
    table["squares"] = nightly.agg(lambda counts: int((counts**2).sum())).reindex(table.index).fillna(0)
    mean = table["sum"] / n_nights
    variance = (table["squares"] - n_nights * mean**2) / (n_nights - 1)
    spread = np.sqrt(np.maximum(np.maximum(mean, variance), 1))
    table["z"] = ((table["n"] - mean) / spread).clip(lower=0).round(4)
    return np.asarray(now.map(table["z"]).fillna(0), np.float64)


def _count_repeats(now: pd.DataFrame, past: pd.DataFrame) -> np.ndarray:
    """Nights in the window on which the customer of each row complained; 0 for unknown customers."""
    complaints = past[(past["intent"] == "complaint") & past["customer_key"].isin(now["customer_key"].dropna())]
    nights = complaints[["customer_key", "age"]].drop_duplicates().groupby("customer_key").size()
    return np.asarray(now["customer_key"].map(nights).fillna(0), np.float64)


def _count_reach(now: pd.DataFrame, recent: pd.DataFrame) -> np.ndarray:
    """Different customers, products and regions with an issue of the topic of each row; 0 for topic -1."""
    total = pd.Series(0, index=pd.Index([], dtype=np.int64))
    for column in ("customer_key", "product", "region"):
        pairs = pd.concat([now[["topic_id", column]], recent[["topic_id", column]]]).dropna().drop_duplicates()
        total = total.add(pairs.groupby("topic_id").size(), fill_value=0)
    reach = now["topic_id"].map(total).where(now["topic_id"] >= 0).fillna(0)
    return np.asarray(reach, np.float64)


def _beyond_caps(tonight: pd.DataFrame, caps: Caps) -> np.ndarray:
    """1 for rows beyond the caps of their author: red lines first, then in order of arrival, then by id."""
    ranked = tonight.assign(later=~tonight["urgent"].to_numpy(bool)).sort_values(["later", "received_at", "feedback_id"])
    author = ranked["customer_key"]
    many = (ranked.groupby("customer_key", sort=False).cumcount() >= caps.per_author) & author.notna()
    same = [author.fillna(""), ranked["near_duplicate_group"]]
    again = (ranked.groupby(same, sort=False).cumcount() >= caps.per_text) & ranked["near_duplicate_group"].notna()
    return np.asarray((many | again).reindex(tonight.index), np.float64)


def _is_issue(rows: pd.DataFrame) -> np.ndarray:
    return np.asarray((rows["sentiment"] == "neg") | (rows["intent"] == "complaint"), bool)


def _days(nights: pd.Series, until: dt.date) -> np.ndarray:
    """Days from each night to ``until``."""
    days = pa.chunked_array([pa.array(nights)]) if not len(nights) else pa.array(nights, from_pandas=True)
    return (until - dt.date(1970, 1, 1)).days - np.asarray(days.cast(pa.date32()).cast(pa.int32()), np.int64)

"""The night's figures by dimension, each with n and an interval; small n is suppressed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from textmine.measure.intervals import mean_interval, share_interval

SMALLEST_N = 5  # figures of fewer feedbacks could point at a person (docs: personal data)
DIMENSIONS = ("channel", "product", "region", "team", "segment")


@dataclass(frozen=True)
class Metric:
    """One figure: ``values`` gives a number per feedback, null where it does not count; ``kind`` is share or mean."""

    unit: str
    kind: str
    values: Callable[[pd.DataFrame], pd.Series]


def _share(condition: pd.Series, counted: pd.Series) -> pd.Series:
    return condition.fillna(False).astype("float64").where(counted)


def _hours(rows: pd.DataFrame, column: str) -> pd.Series:
    return (rows[column] - rows["created_at"]).dt.total_seconds() / 3600


METRICS: Mapping[str, Metric] = {
    # share of ratings 4 and 5 of 5 (top-two box), the usual CSAT
    "csat": Metric("share", "share", lambda rows: _share(rows["rating"] >= 4, rows["rating"].notna())),
    # promoters (9, 10) minus detractors (0 to 6); Reichheld, The one number you need to grow (HBR 2003)
    "nps": Metric(
        "points", "mean", lambda rows: 100.0 * ((rows["nps"] >= 9).astype(float) - (rows["nps"] <= 6)).where(rows["nps"].notna())
    ),
    "ces": Metric("1 to 7", "mean", lambda rows: rows["ces"]),
    "rating_mean": Metric("1 to 5", "mean", lambda rows: rows["rating"]),
    "negative_rate": Metric("share", "share", lambda rows: _share(rows["sentiment"] == "neg", rows["sentiment"].notna())),
    "positive_rate": Metric("share", "share", lambda rows: _share(rows["sentiment"] == "pos", rows["sentiment"].notna())),
    "complaint_rate": Metric("share", "share", lambda rows: _share(rows["intent"] == "complaint", rows["intent"].notna())),
    "urgent_rate": Metric("share", "share", lambda rows: _share(rows["priority"].isin(["P0", "P1"]), rows["intent"].notna())),
    "valid_rate": Metric("share", "share", lambda rows: (rows["validity"] == "ok").astype(float)),
    "response_hours": Metric("hours", "mean", lambda rows: _hours(rows, "first_response_at")),
    "resolution_hours": Metric("hours", "mean", lambda rows: _hours(rows, "resolved_at")),
}
PER_ANSWER = ("csat", "nps", "ces", "rating_mean")  # the parts of one answer repeat its ratings, which count once
COLUMNS_READ = (
    "source",
    "answer_id",
    "rating",
    "nps",
    "ces",
    "sentiment",
    "intent",
    "priority",
    "validity",
    "created_at",
    "first_response_at",
    "resolved_at",
    *DIMENSIONS,
)


def measure_night(rows: pd.DataFrame) -> pd.DataFrame:
    """Table ``metrics_daily`` (without run_id): every metric for all feedbacks and for each member of each dimension.

    Reads the columns of ``COLUMNS_READ``. A figure of fewer than five feedbacks is null, its ``n`` stays; a member
    that no feedback has a value for is left out.
    """
    scores = pd.DataFrame({name: metric.values(rows).astype("float64") for name, metric in METRICS.items()})
    again = rows["answer_id"].notna() & rows.duplicated(["source", "answer_id"])
    scores.loc[again, list(PER_ANSWER)] = np.nan
    figures = [_figures(scores, dimension="all", member="all")]
    for dimension in DIMENSIONS:
        for member, part in scores.groupby(rows[dimension], observed=True, sort=True):
            figures.append(_figures(part, dimension=dimension, member=str(member)))
    return pd.concat(figures, ignore_index=True)


def _figures(scores: pd.DataFrame, *, dimension: str, member: str) -> pd.DataFrame:
    found = []
    for name, metric in METRICS.items():
        values = scores[name].to_numpy()
        values = values[~np.isnan(values)]
        if len(values):
            value, low, high = _figure(values, metric.kind)
            found.append((name, dimension, member, len(values), value, low, high, metric.unit))
    return pd.DataFrame(found, columns=["metric", "dimension", "member", "n", "value", "low", "high", "unit"])


def _figure(values: np.ndarray, kind: str) -> tuple[float | None, float | None, float | None]:
    if len(values) < SMALLEST_N:
        return None, None, None
    low, high = share_interval(int(values.sum()), len(values)) if kind == "share" else mean_interval(values)
    return round(float(values.mean()), 4), round(low, 4), round(high, 4)

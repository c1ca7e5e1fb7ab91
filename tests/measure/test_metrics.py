from __future__ import annotations

import pandas as pd
import pytest

from textmine.measure.metrics import COLUMNS_READ, METRICS, measure_night


def night(**columns) -> pd.DataFrame:
    n = len(next(iter(columns.values())))
    rows = pd.DataFrame({name: columns.get(name, [None] * n) for name in COLUMNS_READ})
    for name in ("created_at", "first_response_at", "resolved_at"):
        rows[name] = pd.to_datetime(rows[name], utc=True)
    for name in ("rating", "nps", "ces"):
        rows[name] = rows[name].astype("float64")
    rows["validity"] = "ok"
    return rows


def figure(table: pd.DataFrame, metric: str, dimension: str = "all", member: str = "all") -> pd.Series:
    found = table[(table.metric == metric) & (table.dimension == dimension) & (table.member == member)]
    assert len(found) == 1
    return found.iloc[0]


def test_csat_counts_fours_and_fives_among_those_who_rated():
    row = figure(measure_night(night(rating=[5, 4, 3, 1, 5, None])), "csat")
    assert (row["n"], row["value"]) == (5, 0.6)


def test_nps_is_promoters_minus_detractors_in_points():
    row = figure(measure_night(night(nps=[10, 9, 8, 6, 0])), "nps")
    assert row["value"] == 0.0 and row["n"] == 5


def test_the_parts_of_one_answer_count_its_rating_once():
    rows = night(rating=[1, 1, 1, 5, 5, 5, 5], source=["app"] * 7, answer_id=["a", "a", "a", "b", "c", "d", "e"])
    row = figure(measure_night(rows), "csat")
    assert (row["n"], row["value"]) == (5, 0.8)


def test_a_figure_of_four_is_suppressed_but_its_n_is_shown():
    row = figure(measure_night(night(rating=[5, 5, 5, 5])), "csat")
    assert row["n"] == 4 and pd.isna(row["value"]) and pd.isna(row["low"])


def test_each_channel_has_its_own_figure():
    table = measure_night(night(rating=[5] * 5 + [1] * 5, channel=["chat"] * 5 + ["crm"] * 5))
    assert figure(table, "csat", "channel", "chat")["value"] == 1.0
    assert figure(table, "csat", "channel", "crm")["value"] == 0.0


def test_response_time_is_counted_in_hours():
    rows = night(created_at=["2026-11-03T00:00Z"] * 5, first_response_at=["2026-11-03T01:30Z"] * 5)
    assert figure(measure_night(rows), "response_hours")["value"] == 1.5


@pytest.mark.parametrize("name", METRICS)
def test_every_metric_says_its_unit_and_kind(name):
    assert METRICS[name].unit and METRICS[name].kind in ("share", "mean")


def test_a_night_without_feedback_has_no_figures():
    assert measure_night(night(rating=[])).empty

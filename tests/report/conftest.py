"""Tables of a page, written by hand: five feedbacks of two channels, one of them urgent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from textmine.report.html import render_night
from textmine.tables import FATES

NIGHT = date(2026, 11, 3)
Tables = dict[str, pd.DataFrame]


@pytest.fixture
def tables() -> Tables:
    received = pd.to_datetime(
        ["2026-11-03 01:00", "2026-11-03 09:30", "2026-11-03 02:00", "2026-11-03 03:00", "2026-11-03 04:00"], utc=True
    )
    rows = pd.DataFrame(
        {
            "source": ["问卷", "问卷", "微博", "微博", "微博"],
            "received_at": received,
            "validity": ["ok", "ok", "ok", "ok", "empty"],
            "channel": ["survey", "survey", "social", "social", "social"],
            "sentiment": ["neg", "pos", "neg", "neu", None],
            "primary_category": ["safety", "product", "logistics", "logistics", None],
        }
    )
    urgent = pd.DataFrame([urgent_row()])
    topics = pd.DataFrame(
        {
            "topic_id": [1, 2],
            "topic_name": ["配送", "口味"],
            "keywords": [["快递", "配送"], ["口味"]],
            "n": [3, 0],
            "n_neg": [2, 0],
        }
    )
    figure = {"dimension": "all", "member": "all"}
    metrics = pd.DataFrame(
        [
            figure | {"metric": "csat", "n": 4, "value": None, "low": None, "high": None, "unit": "share"},
            figure | {"metric": "negative_rate", "n": 40, "value": 0.5, "low": 0.35, "high": 0.65, "unit": "share"},
        ]
    )
    quarantine = pd.DataFrame({"source": ["问卷", "问卷"], "reason": ["row_ragged", "row_ragged"], "records": [1, 2]})
    drift = pd.DataFrame([drift_row("intent", "all", "alarm", 0.41), drift_row("sentiment", "survey", "ok", 0.01)])
    runs = pd.DataFrame([run_row("all", 8, 5, 3), run_row("问卷", 5, 2, 3), run_row("微博", 3, 3, 0)])
    return {
        "labelled_feedback": rows,
        "urgent": urgent,
        "topics": topics,
        "metrics_daily": metrics,
        "quarantine": quarantine,
        "runs": runs,
        "drift": drift,
    }


def urgent_row(**given: object) -> dict[str, object]:
    return {
        "feedback_id": "f_1",
        "priority": "P0",
        "priority_score": 3.25,
        "priority_terms": {"severity": 0.5, "intent": 1.0, "burst": 0.0},
        "channel": "survey",
        "primary_category": "safety",
        "text": "吃完之后上吐下泻",
        "red_lines": ["illness"],
        "route_to": "安全合规部",
        "source_ref": "A1",
        "respond_by": pd.Timestamp("2026-11-03 03:00", tz="UTC"),
    } | given


def drift_row(measure: str, channel: str, status: str, value: float | None, **given: object) -> dict[str, object]:
    return {
        "measure": measure,
        "channel": channel,
        "n": 500,
        "value": value,
        "threshold": 0.25,
        "status": status,
        "detail": "complaint 20.0% -> 45.0%",
    } | given


def run_row(source: str, records_in: int, published: int, quarantined: int, **given: object) -> dict[str, object]:
    fates = dict.fromkeys(FATES, 0) | {"published": published, "quarantined": quarantined}
    return {
        "run_id": "r1",
        "source": source,
        "status": "done",
        "units": 1,
        "records_in": records_in,
        **fates,
        "waiting": 0,
        "seconds": 1.0,
        "bundle_id": "b1",
        "policy_version": "1",
        "version": "0.1.0",
        "problem": None,
    } | given


@pytest.fixture
def page() -> Callable[[Tables], str]:
    """The page of the tables."""

    def made(tables: Tables) -> str:
        return render_night(
            tables,
            night=NIGHT,
            category_names={"safety": "安全", "product": "产品", "logistics": "物流"},
            red_line_names={"illness": "身体不适"},
        )

    return made

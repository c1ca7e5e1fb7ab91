"""What each part of the page shows, worked out by hand."""

from __future__ import annotations

import pandas as pd

from tests.report.conftest import run_row, urgent_row
from textmine.report import sections


def test_channels_are_counted_by_sentiment_and_the_largest_comes_first(tables):
    rows = pd.concat([tables["labelled_feedback"], tables["labelled_feedback"].iloc[2:4]], ignore_index=True)
    assert sections.sentiment_by_channel(rows) == [
        {"channel": "social", "counts": [("neg", 2), ("neu", 2), ("pos", 0)], "n": 4},
        {"channel": "survey", "counts": [("neg", 1), ("neu", 0), ("pos", 1)], "n": 2},
    ]


def test_categories_are_counted_by_sentiment(tables):
    assert [(row["category"], row["n"]) for row in sections.categories(tables["labelled_feedback"])] == [
        ("logistics", 2),
        ("product", 1),
        ("safety", 1),
    ]


def test_urgent_rows_come_by_level_then_score_then_id():
    rows = pd.DataFrame(
        [
            urgent_row(feedback_id="b", priority="P1", priority_score=9.0),
            urgent_row(feedback_id="c", priority_score=1.0),
            urgent_row(feedback_id="a", priority_score=1.0),
            urgent_row(feedback_id="d", priority_score=2.0),
        ]
    )
    assert [row["feedback_id"] for row in sections.urgent(rows)] == ["d", "a", "c", "b"]


def test_what_is_not_known_of_an_urgent_row_is_a_dash_or_nothing():
    [row] = sections.urgent(
        pd.DataFrame([urgent_row(source_ref=None, route_to=None, respond_by=pd.NaT, red_lines=None, priority_terms={})])
    )
    assert (row["source_ref"], row["route_to"], row["due"], row["red_lines"], row["terms"]) == ("", "—", "—", [], "")


def test_the_due_time_is_told_in_shanghai():
    [row] = sections.urgent(pd.DataFrame([urgent_row(respond_by=pd.Timestamp("2026-11-03 17:30", tz="UTC"))]))
    assert row["due"] == "11-04 01:30"


def test_a_source_is_shown_with_the_time_it_was_last_heard_of(tables):
    found = {row["source"]: row["last"] for row in sections.sources(tables["runs"], tables["labelled_feedback"])}
    assert found == {"问卷": "11-03 17:30", "微博": "11-03 12:00"}
    silent = pd.DataFrame([run_row("all", 0, 0, 0), run_row("热线", 0, 0, 0)])
    assert sections.sources(silent, tables["labelled_feedback"])[0]["last"] is None


def test_the_first_tile_counts_feedbacks_and_those_that_are_scored(tables):
    assert sections.tiles(tables["labelled_feedback"], tables["metrics_daily"])[0] == {
        "name": "反馈数",
        "value": "5",
        "note": "有效 4",
    }


def test_topics_come_by_size(tables):
    topics = pd.concat(
        [tables["topics"], tables["topics"].iloc[:1].assign(topic_id=9, topic_name="安装", n=7)], ignore_index=True
    )
    assert [(row["name"], row["n"]) for row in sections.top_topics(topics)] == [("安装", 7), ("配送", 3)]
    assert len(sections.top_topics(topics, shown=1)) == 1


def test_quarantine_is_summed_by_source_and_reason(tables):
    assert sections.quarantine_reasons(tables["quarantine"]) == [{"source": "问卷", "reason": "row_ragged", "n": 3}]

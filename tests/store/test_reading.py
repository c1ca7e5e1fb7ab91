from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from textmine.errors import ConfigError, NightChangingError, NightMissingError
from textmine.store import reading
from textmine.store.lake import Lake
from textmine.store.nightfiles import staged_night
from textmine.store.reading import read_table, read_tables
from textmine.store.tablefile import publish_table
from textmine.tables import ASPECTS, LABELLED_FEEDBACK

Rows = Callable[..., pd.DataFrame]
ONE, TWO, FOUR = date(2026, 9, 1), date(2026, 9, 2), date(2026, 9, 4)


@pytest.fixture
def publish(lake: Lake, aspects: Rows) -> Callable[..., None]:
    def night(day: date, *ids: str, run_id: str = "run1") -> None:
        with staged_night(lake=lake, night=day, run_id=run_id) as staged:
            staged.add("aspects", aspects(*ids, run_id=run_id))
            staged.add("duplicates", [])
            staged.publish(bundle_id="b1", policy_version="1")

    return night


@pytest.fixture
def three(publish: Callable[..., None]) -> None:
    for day, ids in ((ONE, "ab"), (TWO, "c"), (FOUR, "d")):
        publish(day, *ids)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("nights", "expected"),
    [
        (None, "abcd"),
        (ONE, "ab"),
        ("2026-09-02", "c"),
        ((ONE, TWO), "abc"),
        (("2026-09-02", "2026-09-30"), "cd"),
        ([FOUR, "2026-09-01"], "abd"),
        (datetime(2026, 9, 4, 1, 30), "d"),
        ((date(2026, 9, 3), FOUR), "d"),
    ],
)
def test_the_nights_asked_for_are_read_in_date_order(lake: Lake, nights: reading.Nights, expected: str) -> None:
    assert read_table("aspects", nights=nights, root=lake.root)["feedback_id"].tolist() == list(expected)


@pytest.mark.usefixtures("three")
def test_the_night_is_the_first_column_and_a_date(lake: Lake) -> None:
    frame = read_table("aspects", nights=(ONE, TWO), root=lake.root)
    assert list(frame.columns) == ["night", *ASPECTS.names] and frame["night"].tolist() == [ONE, ONE, TWO]


@pytest.mark.usefixtures("three")
def test_a_few_columns_are_read_in_the_order_asked_for(lake: Lake) -> None:
    frame = read_table("aspects", nights=ONE, columns=["polarity", "feedback_id"], root=lake.root)
    assert frame.to_dict("list") == {"night": [ONE, ONE], "polarity": ["pos", "pos"], "feedback_id": ["a", "b"]}


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("nights", ["2026-09-03", [ONE, date(2026, 9, 3)], ("2025-01-01", "2025-12-31")])
def test_a_night_that_is_not_published_is_named(lake: Lake, nights: reading.Nights) -> None:
    with pytest.raises(NightMissingError, match=r"2026-09-03|2025-01-01 to 2025-12-31"):
        read_table("aspects", nights=nights, root=lake.root)


def test_an_empty_lake_says_that_no_night_is_published(lake: Lake) -> None:
    with pytest.raises(NightMissingError, match="textmine nightly"):
        read_table("aspects", root=lake.root)


@pytest.mark.parametrize(
    ("name", "columns", "near"),
    [
        ("labeled_feedback", None, "labelled_feedback"),
        ("aspects", ["aspekt"], "aspect"),
    ],
)
def test_a_name_that_is_not_known_is_answered_with_the_nearest(
    lake: Lake, name: str, columns: list[str] | None, near: str
) -> None:
    with pytest.raises(ConfigError, match=f"did you mean '{near}'"):
        read_table(name, columns=columns, root=lake.root)


def test_what_is_no_date_is_refused(lake: Lake) -> None:
    with pytest.raises(ConfigError, match="YYYY-MM-DD"):
        read_table("aspects", nights="yesterday", root=lake.root)


def test_the_lake_is_that_of_the_config_when_none_is_given(
    publish: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(ONE, "a")
    (tmp_path / "textmine.toml").write_text('[lake]\nroot = "lake"\n')
    monkeypatch.setenv("TEXTMINE_CONFIG", str(tmp_path / "textmine.toml"))
    assert len(read_table("aspects")) == 1


def test_maps_are_dicts_lists_are_lists_and_counts_stay_whole(lake: Lake) -> None:
    row = {column.name: None for column in LABELLED_FEEDBACK.columns} | {
        "feedback_id": "f_1",
        "revision": 0,
        "channel": "chat",
        "source": "s",
        "n_tokens": 2,
        "validity": "ok",
        "received_at": pd.Timestamp("2026-09-01", tz="UTC"),
        "label_source": "model",
        "topic_id": -1,
        "priority": "P3",
        "priority_score": 0.5,
        "needs_review": False,
        "bundle_id": "b",
        "policy_version": "1",
        "run_id": "run1",
        "votes": 2**53 + 1,
        "priority_terms": {"severity": 0.5},
    }
    with staged_night(lake=lake, night=ONE, run_id="run1") as staged:
        staged.add("labelled_feedback", pd.DataFrame([row, {**row, "feedback_id": "f_2", "votes": None}], dtype=object))
        staged.publish(bundle_id="b", policy_version="1")
    frame = read_table("labelled_feedback", root=lake.root)
    assert frame["votes"].tolist() == [2**53 + 1, pd.NA] and frame["votes"].dtype == "Int64"
    assert frame["priority_terms"][0] == {"severity": 0.5} and frame["received_at"].dtype == "datetime64[us, UTC]"
    assert frame["customer_key"].isna().all() and frame["topic_id"].tolist() == [-1, -1]


def test_a_column_an_older_version_did_not_have_is_null(publish: Callable[..., None], lake: Lake) -> None:
    publish(ONE, "a")
    path = lake.table_file("aspects", ONE)
    old = pq.read_table(path).drop_columns(["evidence"])
    pq.write_table(old.append_column("since_dropped", pa.array(["x"])), path)
    frame = read_table("aspects", root=lake.root)
    assert list(frame.columns) == ["night", *ASPECTS.names] and frame["evidence"].isna().all()


def test_a_table_an_older_version_did_not_have_is_empty(publish: Callable[..., None], lake: Lake) -> None:
    publish(ONE, "a")
    assert read_table("topics", root=lake.root).empty


def test_a_half_replaced_night_is_an_error_until_a_run_repairs_it(
    publish: Callable[..., None], lake: Lake, aspects: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PAUSES", (0.0, 0.0))
    publish(ONE, "a")
    publish_table(aspects("b", run_id="run2"), table=ASPECTS, path=lake.table_file("aspects", ONE), run_id="run2")
    with pytest.raises(NightChangingError, match="textmine nightly --night 2026-09-01"):
        read_table("aspects", root=lake.root)
    publish(ONE, "b", run_id="run3")
    assert read_table("aspects", root=lake.root)["feedback_id"].tolist() == ["b"]


def test_a_reader_waits_for_a_publisher_that_is_between_table_and_manifest(
    publish: Callable[..., None], lake: Lake, aspects: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(ONE, "a")
    publish_table(aspects("b", run_id="run2"), table=ASPECTS, path=lake.table_file("aspects", ONE), run_id="run2")
    monkeypatch.setattr("time.sleep", lambda _: publish(ONE, "b", run_id="run2"))
    assert read_table("aspects", root=lake.root)["feedback_id"].tolist() == ["b"]


def test_tables_read_together_are_of_one_run(publish: Callable[..., None], lake: Lake, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(ONE, "a")
    monkeypatch.setattr(reading, "PAUSES", (0.0,))
    publish_table([], table=reading.TABLES["duplicates"], path=lake.table_file("duplicates", ONE), run_id="run2")
    assert len(read_table("aspects", root=lake.root)) == 1
    with pytest.raises(NightChangingError):
        read_tables(["aspects", "duplicates"], root=lake.root)


@pytest.mark.slow
def test_a_reader_sees_whole_nights_only_while_a_publisher_replaces_them(
    publish: Callable[..., None], lake: Lake, aspects: Rows
) -> None:
    publish(ONE, "0", run_id="0")
    child = os.fork()
    if child == 0:
        try:
            for number in range(100_000):
                publish(ONE, *(f"{number}.{i}" for i in range(number % 50)), run_id=str(number))
        finally:
            os._exit(1)
    seen = set()
    try:
        for _ in range(500):
            frame = read_tables(["aspects", "duplicates"], root=lake.root)["aspects"]
            assert len(frame) == 0 or frame["run_id"].nunique() == 1
            assert len(frame) in (1, int(frame["run_id"].iloc[0]) % 50 if len(frame) else 0)
            plain = pd.read_parquet(lake.published / "aspects")
            assert plain["run_id"].nunique() <= 1
            seen.add(len(frame))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert len(seen) > 5

"""Labelling again that is killed anywhere: every night is wholly old or wholly new, and the next run completes it."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest

from tests.backfill.conftest import NIGHTS, OTHER, History
from tests.night.kills import killed
from tests.night.small import config_of, digest, temp_files
from textmine.backfill.result import BackfillResult
from textmine.errors import NightChangingError
from textmine.night import run_night
from textmine.store.halfnight import is_whole
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger
from textmine.store.reading import read_table

SECOND = f"night={NIGHTS[1]}"
LATER = NIGHTS[-1].replace(day=9)
PLACES = ["published/metrics_daily", "ledger/records"]
SLOW_PLACES = [
    "published/labelled_feedback",
    "published/_manifest",
    "index/history",
    "index/changes",
    "quarantine",
    "reports/night",
]


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textmine.store.reading.PAUSES", (0.0,))


def kill(own: History, place: str) -> bool:
    return killed(own.rescore, before=lambda name, path: name == "replace" and place in path and SECOND in path)


def digests(history: History) -> list[dict[str, str]]:
    return [digest(history.root, night=night) for night in NIGHTS]


@pytest.mark.slow
@pytest.mark.parametrize("place", [*PLACES, *SLOW_PLACES])
def test_a_backfill_killed_before_this_file_takes_its_place_is_completed_by_the_next(own: History, rescored: History, place):
    if not kill(own, place):
        assert place == "quarantine"  # this history has nothing in quarantine
        return
    for night in NIGHTS:
        try:
            assert read_table("labelled_feedback", nights=night, root=own.root)["bundle_id"].nunique() == 1
        except NightChangingError:
            assert night == NIGHTS[1]
    result = own.rescore()
    assert [night.what for night in result.nights][::2] == ["skipped", "published"]
    assert digests(own) == digests(rescored)
    assert figures(result) == figures_of(rescored)
    assert temp_files(own.root) == []


@pytest.mark.slow
def test_a_night_that_follows_a_killed_backfill_mends_what_was_half_replaced_with_the_same_bundle(
    own: History, rescored: History
):
    assert kill(own, "published/metrics_daily")
    assert not is_whole(NIGHTS[1], lake=Lake(own.root))
    run_night(config_of(own.folder), settings=own.settings, night=LATER)
    assert is_whole(NIGHTS[1], lake=Lake(own.root))
    assert own.bundles()[:2] == [OTHER, OTHER]
    assert digests(own)[:2] == digests(rescored)[:2]
    with Ledger(Lake(own.root)) as ledger:
        assert "running" not in {run.status for run in ledger.runs()}


@pytest.mark.slow
def test_where_that_bundle_is_gone_it_is_mended_with_the_one_in_use(own: History, published: History, caplog):
    assert kill(own, "published/metrics_daily")
    shutil.rmtree(own.folder / "models" / OTHER)
    run_night(config_of(own.folder), settings=own.settings, night=LATER)
    assert own.bundles() == [OTHER, own.shipped, own.shipped]
    assert is_whole(NIGHTS[1], lake=Lake(own.root))
    assert "mended with the bundle in use" in caplog.text


@pytest.mark.slow
def test_a_night_that_a_killed_backfill_had_not_begun_to_replace_is_left_as_it_was(own: History, published: History):
    assert kill(own, "published/labelled_feedback")
    run_night(config_of(own.folder), settings=own.settings, night=LATER)
    assert own.bundles() == [OTHER, own.shipped, own.shipped]
    assert digests(own)[2] == digests(published)[2]


def figures(result: BackfillResult) -> str:
    assert result.report is not None
    return pd.read_parquet(result.report.with_suffix(".parquet")).to_csv()


def figures_of(history: History) -> str:
    [path] = (history.root / "reports").glob("changes_*.parquet")
    return pd.read_parquet(path).to_csv()

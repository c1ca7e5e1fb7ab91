"""A night that is killed anywhere: what is left is readable, and the next run comes to what an undisturbed one would have."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.night.kills import killed
from tests.night.small import NIGHT, SAID, Published, deliver, digest, run, temp_files, write_one_source, write_small_night
from textmine.errors import NightChangingError, NightMissingError
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger
from textmine.store.reading import read_table
from textmine.tables import TABLES

NEXT = NIGHT + timedelta(days=1)
ROWS = [{"编号": str(n), "客户编号": f"C{n % 3}", "内容": text} for n, text in enumerate(SAID)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two deliveries, the second after the night was published once."""
    folder = tmp_path_factory.mktemp("undisturbed")
    _first(folder)
    shutil.copytree(folder, folder.with_name("begun"), dirs_exist_ok=True)
    _second(folder)
    run(folder)
    return folder


@pytest.fixture
def begun(undisturbed: Path, tmp_path: Path) -> Path:
    """The night as it was before the second delivery was read."""
    folder = tmp_path / "begun"
    shutil.copytree(undisturbed.with_name("begun"), folder)
    _second(folder)
    return folder


def _first(folder: Path) -> None:
    write_one_source(folder)
    deliver(folder, "a.csv", *ROWS[:6])
    run(folder)


def _second(folder: Path) -> None:
    deliver(folder, "b.csv", *ROWS[4:], {"编号": "1", "客户编号": "C1", "内容": "改口了：不值这个价。"})
    (folder / "in" / "c.csv").write_text("编号,客户编号,内容\n9,少一格\n", "utf-8")


def _readable(root: Path) -> None:
    """Every table is wholly of one run, and read_table gives one run or says that the night changes."""
    for name in TABLES:
        for path in sorted((root / "published" / name).glob("night=*/data.parquet")):
            table = pq.read_table(path, page_checksum_verification=True)
            assert len(set(table["run_id"].to_pylist())) <= 1
    try:
        rows = read_table("labelled_feedback", root=root)
        assert rows.groupby("night")["run_id"].nunique().eq(1).all()
    except (NightChangingError, NightMissingError):
        pass


@pytest.fixture(autouse=True)
def _no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textmine.store.reading.PAUSES", (0.0,))


PLACES = ["published/metrics_daily", "published/_manifest", "ledger/records"]
SLOW_PLACES = ["landing/", "quarantine/", "published/labelled_feedback", "published/runs", "index/history", "reports/"]


@pytest.mark.parametrize("place", [*PLACES, *(pytest.param(place, marks=pytest.mark.slow) for place in SLOW_PLACES)])
def test_a_night_killed_before_this_file_takes_its_place_is_mended_by_the_next_run(begun: Path, undisturbed: Path, place):
    assert killed(lambda: run(begun), before=lambda name, path: name == "replace" and place in path)
    _readable(begun / "lake")
    run(begun)
    assert digest(begun / "lake") == digest(undisturbed / "lake")
    assert temp_files(begun / "lake") == []
    with Ledger(Lake(begun / "lake")) as ledger:
        assert "running" not in {run.status for run in ledger.runs()}  # none is called running for ever


@pytest.mark.parametrize("place", ["ledger/records", pytest.param("published/_manifest", marks=pytest.mark.slow)])
def test_what_a_killed_night_left_is_published_once_even_if_the_next_night_runs_first(begun: Path, undisturbed: Path, place):
    assert killed(lambda: run(begun), before=lambda name, path: name == "replace" and place in path)
    deliver(begun, "d.csv", *ROWS)  # all of it again
    totals = run(begun, night=NEXT).totals
    assert (totals["published"], totals["duplicate"]) == (1, len(ROWS) - 1)  # the record that was revised comes back
    assert digest(begun / "lake") == digest(undisturbed / "lake")


@pytest.mark.slow
def test_a_kill_before_any_sync_of_a_first_night_is_mended_by_the_next_run(small: Published, tmp_path):
    write_small_night(tmp_path / "fresh")
    wanted, number, step = digest(small.root), 1, 11
    while True:
        folder = tmp_path / str(number)
        shutil.copytree(tmp_path / "fresh", folder)
        calls = iter(range(number - 1, -1, -1))
        if not killed(lambda: run(folder), before=lambda *_: next(calls, -1) == 0):  # noqa: B023
            break
        _readable(folder / "lake")
        run(folder)
        assert digest(folder / "lake") == wanted, f"killed before call {number}"
        assert temp_files(folder / "lake") == []
        shutil.rmtree(folder)
        number += step
    assert number > 40  # a night syncs far more often than that

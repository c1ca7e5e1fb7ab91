"""A range of nights run as `nightly` would: what is run, what is left alone, and that a killed backfill goes on."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.backfill.conftest import NIGHTS, History, deliver_nights
from tests.night.kills import killed
from tests.night.small import NIGHT, deliver, digest, run, write, write_one_source
from textmine.backfill import BackfillResult, backfill_lines
from textmine.backfill.result import NightDone
from textmine.errors import ConfigError, LakeBusyError
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger
from textmine.store.lock import lake_lock
from textmine.store.manifest import published_nights


def done(result: BackfillResult) -> list[tuple[object, str]]:
    return [(night.night, night.what) for night in result.nights]


@pytest.fixture
def fresh(tmp_path: Path) -> History:
    write_one_source(tmp_path)
    deliver_nights(tmp_path)
    (tmp_path / "models").mkdir()
    return History(tmp_path)


def test_every_night_of_the_range_that_has_records_is_published_in_date_order(published: History):
    assert published_nights(Lake(published.root)) == NIGHTS
    with Ledger(Lake(published.root)) as ledger:
        assert [row.night for row in ledger.runs()][::-1] == NIGHTS
        assert {row.state for row in ledger.nights()} == {"published"}


def test_a_second_backfill_has_nothing_to_do(own: History):
    before = [digest(own.root, night=night) for night in NIGHTS]
    assert done(own.backfill()) == [(night, "skipped") for night in NIGHTS]
    assert [digest(own.root, night=night) for night in NIGHTS] == before


def test_asked_for_again_a_night_is_run_again_and_comes_to_the_same(own: History):
    before = digest(own.root)
    assert done(own.backfill(NIGHT, NIGHT, again=True)) == [(NIGHT, "published")]
    assert digest(own.root) == before


def test_a_stale_night_is_run_again(own: History):
    deliver(own.folder, "late.csv", {"编号": "late", "客户编号": "C1", "内容": "迟到的一条，太慢了", "接收时间": ""})
    assert run(own.folder).stale == tuple(NIGHTS[1:])
    result = own.backfill()
    assert done(result) == [(NIGHTS[0], "skipped"), (NIGHTS[1], "published"), (NIGHTS[2], "published")]
    assert result.stale == ()


def test_nights_outside_the_range_are_left_alone(fresh: History):
    assert done(fresh.backfill(NIGHTS[1], NIGHTS[1])) == [(NIGHTS[1], "published")]
    assert published_nights(Lake(fresh.root)) == [NIGHTS[1]]


def test_a_killed_backfill_goes_on_where_it_was(fresh: History, published: History):
    second = f"published/runs/night={NIGHTS[1]}"
    assert killed(fresh.backfill, before=lambda name, path: name == "replace" and second in path)
    assert done(fresh.backfill()) == [(NIGHTS[0], "skipped"), (NIGHTS[1], "published"), (NIGHTS[2], "published")]
    for night in NIGHTS:
        assert digest(fresh.root, night=night) == digest(published.root, night=night)


def test_a_night_that_fails_does_not_stop_the_others_and_the_worst_exit_code_is_told(own: History):
    for unit in (own.root / "landing").rglob("*.bin"):
        unit.unlink()
    write(own.folder / "in" / "0.csv", "编号,内容\n1,换了内容\n")  # so that nothing lands again under the old digest
    for number in (1, 2):
        (own.folder / "in" / f"{number}.csv").unlink()
    before = digest(own.root, night=NIGHTS[1])
    result = own.backfill(NIGHTS[1], NIGHTS[2], again=True)
    assert done(result) == [(NIGHTS[1], "failed"), (NIGHTS[2], "failed")]
    assert result.exit_code == 1
    assert "backfill --bundle" in result.nights[0].problem
    assert digest(own.root, night=NIGHTS[1]) == before


def test_a_range_that_ends_before_it_begins_is_wrong_use(fresh: History):
    with pytest.raises(ConfigError, match="ends before it begins"):
        fresh.backfill(NIGHTS[1], NIGHTS[0])
    assert not fresh.root.exists()


def test_a_lake_in_use_stops_the_backfill(fresh: History):
    with lake_lock(Lake(fresh.root)), pytest.raises(LakeBusyError):
        fresh.backfill()


def test_the_worst_exit_code_is_failed_then_held_then_missing():
    codes = {(3, 0): 3, (3, 5): 5, (5, 1, 3): 1, (): 0}
    for nights, worst in codes.items():
        found = BackfillResult(tuple(NightDone(NIGHT + timedelta(days=n), "x", code) for n, code in enumerate(nights)))
        assert found.exit_code == worst


def test_the_result_is_told_line_by_line():
    told = BackfillResult((NightDone(NIGHT, "published", 0, 12), NightDone(NIGHTS[1], "failed", 1, None, "why")), (NIGHTS[2],))
    assert list(backfill_lines(told)) == [
        "2026-11-03  published 12 records",
        "2026-11-04  failed    why",
        "stale     2026-11-05 looked back on what changed: publish them again in date order",
    ]

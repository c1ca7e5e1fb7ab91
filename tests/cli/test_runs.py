"""``textmine runs``: what the runs did, and whether every record is accounted for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tests.night.small import NIGHT, Published, deliver, run, write_one_source
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger


def test_a_run_is_shown_with_the_balance_of_its_records(textmine, small: Published, config):
    done = textmine("runs", "--config", config)
    assert done.code == 0
    assert f"{small.result.run_id}  night {NIGHT}  done  exit 3" in done.out
    total = sum(fate.records_in for fate in small.fates.values())
    published = sum(fate.published for fate in small.fates.values())
    assert (
        f"records in {total} = {published} published + 1 duplicate + 1 superseded + 6 quarantined + 0 erased  (balanced)"
        in done.out
    )


def test_the_latest_run_comes_first_and_the_number_shown_is_limited(textmine, tmp_path):
    config = write_one_source(tmp_path)
    deliver(tmp_path, "a.csv", {"编号": "1", "内容": "好用"})
    runs = [run(tmp_path).run_id, run(tmp_path).run_id]
    shown = [line.split()[0] for line in textmine("runs", "--config", config).out.splitlines() if " night " in line]
    assert shown == runs[::-1]
    assert runs[0] not in textmine("runs", "--config", config, "-n", 1).out


def test_failed_held_stale_and_missing_are_told(textmine, tmp_path):
    config = write_one_source(tmp_path)
    lake = Lake(tmp_path / "lake")
    lake.prepare()
    now = datetime.now(UTC)
    with Ledger(lake) as ledger:
        ledger.begin_run("r1", night=NIGHT, at=now, version="0")
        ledger.finish_run("r1", at=now, status="failed", exit_code=1, problem="the disk is full")
        ledger.set_night(NIGHT, "stale", run_id="r1")
    for day in (0, 2):
        lake.manifest_file(NIGHT + timedelta(days=day)).write_text("{}")
    shown = textmine("runs", "--config", config).out
    assert "failed  exit 1" in shown
    assert "problem: the disk is full" in shown
    assert f"night {NIGHT}: stale" in shown
    assert f"night {NIGHT + timedelta(days=1)}: missing" in shown


def test_before_the_first_run_the_next_step_is_named_and_nothing_made(textmine, tmp_path):
    config = write_one_source(tmp_path)
    assert "textmine nightly" in textmine("runs", "--config", config).out
    assert not (tmp_path / "lake").exists()

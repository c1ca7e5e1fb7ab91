from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from textmine.errors import ConfigError, ContractError, TextmineError
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger

NIGHT = date(2026, 9, 1)
AT = datetime(2026, 9, 2, 1, 30, tzinfo=timezone(timedelta(hours=8)))


def test_a_run_is_running_until_it_is_finished(lake: Lake) -> None:
    with Ledger(lake) as ledger:
        ledger.begin_run("run1", night=NIGHT, at=AT, version="0.1.0")
        [before] = ledger.runs()
        ledger.finish_run(
            "run1", at=AT + timedelta(minutes=9), status="done", exit_code=3, bundle_id="b1", counts={"published": 7}
        )
        [after] = ledger.runs()
    assert (before.status, before.finished_at, before.exit_code, before.counts) == ("running", None, None, {})
    assert (after.status, after.exit_code, after.bundle_id, after.counts) == ("done", 3, "b1", {"published": 7})
    assert after.started_at == datetime(2026, 9, 1, 17, 30, tzinfo=UTC) and after.finished_at == AT + timedelta(minutes=9)


def test_the_latest_run_comes_first_and_a_night_has_its_own(lake: Lake) -> None:
    with Ledger(lake) as ledger:
        for number, (run, day) in enumerate([("a", 1), ("b", 2), ("c", 1)]):
            ledger.begin_run(run, night=date(2026, 9, day), at=AT + timedelta(hours=number), version="1")
        assert [run.run_id for run in ledger.runs()] == ["c", "b", "a"]
        assert [run.run_id for run in ledger.runs(limit=1)] == ["c"]
        assert [run.run_id for run in ledger.runs(night=NIGHT)] == ["c", "a"]


def test_what_is_in_the_ledger_is_there_when_it_is_opened_again(lake: Lake) -> None:
    with Ledger(lake) as ledger:
        ledger.move_cursor("crm", "2026-09-01T10:00", run_id="run1")
    with Ledger(lake) as ledger:
        assert ledger.cursor("crm") == "2026-09-01T10:00" and ledger.cursor("chat") is None


def test_a_night_published_late_makes_the_thirty_after_it_stale_but_not_held_ones(lake: Lake) -> None:
    with Ledger(lake) as ledger:
        for days in (-1, 0, 1, 2, 30, 31):
            ledger.set_night(NIGHT + timedelta(days=days), "held" if days == 2 else "published", run_id="r")
        assert ledger.mark_stale(NIGHT) == [NIGHT + timedelta(days=1), NIGHT + timedelta(days=30)]
        assert [row.night for row in ledger.nights(state="stale")] == [NIGHT + timedelta(days=1), NIGHT + timedelta(days=30)]
        assert ledger.mark_stale(NIGHT) == []
        ledger.set_night(NIGHT + timedelta(days=1), "published", run_id="r2")
        assert [row.state for row in ledger.nights()] == ["published", "published", "published", "held", "stale", "published"]


def test_calls_made_together_are_kept_all_or_none(lake: Lake) -> None:
    with Ledger(lake) as ledger:
        with pytest.raises(KeyError), ledger.together():
            ledger.set_night(NIGHT, "published", run_id="r")
            ledger.move_cursor("crm", "5", run_id="r")
            raise KeyError
        assert (ledger.nights(), ledger.cursor("crm")) == ([], None)
        with ledger.together():
            ledger.set_night(NIGHT, "published", run_id="r")
            ledger.move_cursor("crm", "5", run_id="r")
        assert (len(ledger.nights()), ledger.cursor("crm")) == (1, "5")


def test_the_ledger_is_written_with_care_and_leaves_one_private_file(lake: Lake) -> None:
    with Ledger(lake) as ledger:
        ledger.begin_run("run1", night=NIGHT, at=AT, version="1")
        with ledger.together() as db:
            assert db.execute("PRAGMA journal_mode").fetchone() == ("delete",)
            assert db.execute("PRAGMA synchronous").fetchone() == (3,)
    [path] = lake.ledger.iterdir()
    assert path.stat().st_mode & 0o077 == 0


def test_a_moment_without_a_zone_is_refused(lake: Lake) -> None:
    with Ledger(lake) as ledger, pytest.raises(ContractError, match="without a zone"):
        ledger.begin_run("run1", night=NIGHT, at=datetime(2026, 9, 2), version="1")


def test_a_ledger_of_a_newer_version_is_left_alone(lake: Lake) -> None:
    Ledger(lake).__exit__()
    with sqlite3.connect(lake.ledger / "ledger.sqlite") as db:
        db.execute("PRAGMA user_version=99")
    with pytest.raises(ConfigError, match="newer textmine"):
        Ledger(lake)


def test_a_damaged_ledger_is_a_clear_error(lake: Lake) -> None:
    (lake.ledger / "ledger.sqlite").write_bytes(b"not a database, " * 100)
    with pytest.raises(TextmineError, match="the ledger cannot be used"):
        Ledger(lake)

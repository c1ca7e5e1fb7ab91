"""Runs that were killed: the ledger still calls them running. What they may have left half done is done again first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from textmine.store.lake import Lake
from textmine.store.ledger import Ledger, Run
from textmine.tables import TABLES


def killed_runs(ledger: Ledger) -> list[Run]:
    """Runs that never ended. Call it with the lake locked and before a run of one's own begins, so that none is alive."""
    return [run for run in ledger.runs() if run.status == "running"]


def half_done(killed: Sequence[Run], *, lake: Lake, night: date) -> list[date]:
    """Nights other than ``night`` that a killed run was at and that readers can see, in date order.

    Their tables may be of two runs, and their records unknown to the ledger: what is delivered again would be published twice.
    """
    nights = {run.night for run in killed} - {night}
    return sorted(night for night in nights if any(lake.table_file(name, night).is_file() for name in TABLES))


def close_killed(killed: Sequence[Run], *, ledger: Ledger) -> None:
    """Note the killed runs as failed, once nothing of theirs is left half done."""
    for run in killed:
        ledger.finish_run(run.run_id, at=datetime.now(UTC), status="failed", exit_code=1, problem="killed before it ended")

"""Runs that were killed: the ledger still calls them running. What they may have left half done is done again first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import NamedTuple

from textmine.night.plan import RELABEL, Plan
from textmine.store.halfnight import is_whole
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger, Run
from textmine.tables import TABLES


class HalfDone(NamedTuple):
    """A night to publish again: from its landed units, or where ``relabel`` names a bundle from what is published."""

    night: date
    relabel: str | None


def killed_runs(ledger: Ledger) -> list[Run]:
    """Runs that never ended. Call it with the lake locked and before a run of one's own begins, so that none is alive."""
    return [run for run in ledger.runs() if run.status == "running"]


def half_done(killed: Sequence[Run], *, plan: Plan) -> list[HalfDone]:
    """Nights that a killed run was at and that readers can see, in date order; without the one that ``plan`` does again anyway.

    Their tables may be of two runs, and their records unknown to the ledger: what is delivered again would be published twice.
    A run that only labelled a published night again has left something half done only where it began to replace files.
    """
    found = []
    for night in sorted({run.night for run in killed if _visible(run.night, plan.lake)}):
        runs = [run for run in killed if run.night == night]  # the latest first
        from_landing = any(not run.run_id.endswith(RELABEL) for run in runs)
        if night == plan.night and from_landing != plan.run_id.endswith(RELABEL):
            continue
        if from_landing:
            found.append(HalfDone(night, None))
        elif not is_whole(night, lake=plan.lake):
            found.append(HalfDone(night, runs[0].bundle_id))
    return found


def _visible(night: date, lake: Lake) -> bool:
    return any(lake.table_file(name, night).is_file() for name in TABLES)


def close_killed(killed: Sequence[Run], *, ledger: Ledger) -> None:
    """Note the killed runs as failed, once nothing of theirs is left half done."""
    for run in killed:
        ledger.finish_run(run.run_id, at=datetime.now(UTC), status="failed", exit_code=1, problem="killed before it ended")

"""The ledger: runs, nights and cursors (units in units.py), one SQLite file that is never ahead of the data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from textmine.store.units import Units, utc_text

NightState = Literal["published", "stale", "held"]
RUN_FIELDS = "run_id, night, started_at, finished_at, status, exit_code, version, bundle_id, counts, problem"


class Run(NamedTuple):
    """One run; ``status`` running, done, failed or held. A killed run stays ``running``."""

    run_id: str
    night: date
    started_at: datetime
    finished_at: datetime | None
    status: str
    exit_code: int | None
    version: str
    bundle_id: str
    counts: Mapping[str, int]
    problem: str


class NightRow(NamedTuple):
    """State of a night and the run that set it."""

    night: date
    state: str
    run_id: str


class Ledger(Units):
    """An open ledger; use it as a context manager. Every method is one transaction unless inside ``together``."""

    def begin_run(self, run_id: str, *, night: date, at: datetime, version: str, bundle_id: str = "") -> None:
        """Record a run that starts. Repeating it is harmless."""
        with self.together() as db:
            db.execute(
                "INSERT INTO runs (run_id, night, started_at, status, version, bundle_id) VALUES (?,?,?,'running',?,?) "
                "ON CONFLICT DO NOTHING",
                (run_id, night.isoformat(), utc_text(at), version, bundle_id),
            )

    def finish_run(
        self,
        run_id: str,
        *,
        at: datetime,
        status: Literal["done", "failed", "held"],
        exit_code: int,
        bundle_id: str = "",
        counts: Mapping[str, int] | None = None,
        problem: str = "",
    ) -> None:
        """Record how a run ended."""
        with self.together() as db:
            db.execute(
                "UPDATE runs SET finished_at = ?, status = ?, exit_code = ?, bundle_id = ?, counts = ?, problem = ? "
                "WHERE run_id = ?",
                (utc_text(at), status, exit_code, bundle_id, json.dumps(dict(counts or {})), problem, run_id),
            )

    def runs(self, *, night: date | None = None, limit: int | None = None) -> list[Run]:
        """Runs, the latest first."""
        with self.together() as db:
            rows = db.execute(
                f"SELECT {RUN_FIELDS} FROM runs WHERE :night IS NULL OR night = :night "  # noqa: S608
                "ORDER BY started_at DESC, rowid DESC LIMIT :limit",
                {"night": night and night.isoformat(), "limit": -1 if limit is None else limit},
            ).fetchall()
        return [_run(row) for row in rows]

    def set_night(self, night: date, state: NightState, *, run_id: str) -> None:
        """Record the night's state: published, stale (looked back on what has changed since) or held by the audit."""
        with self.together() as db:
            db.execute(
                "INSERT INTO nights VALUES (?,?,?) ON CONFLICT DO UPDATE SET state = excluded.state, run_id = excluded.run_id",
                (night.isoformat(), state, run_id),
            )

    def nights(self, *, state: NightState | None = None) -> list[NightRow]:
        """Nights in date order."""
        with self.together() as db:
            rows = db.execute(
                "SELECT night, state, run_id FROM nights WHERE :state IS NULL OR state = :state ORDER BY night", {"state": state}
            ).fetchall()
        return [NightRow(date.fromisoformat(day), state, run_id) for day, state, run_id in rows]

    def mark_stale(self, night: date, *, within: int = 30) -> list[date]:
        """Published nights 1 to ``within`` days after ``night``, now stale because they looked back on it."""
        last = night + timedelta(days=within)
        with self.together() as db:
            rows = db.execute(
                "UPDATE nights SET state = 'stale' WHERE state = 'published' AND night > ? AND night <= ? RETURNING night",
                (night.isoformat(), last.isoformat()),
            ).fetchall()
        return sorted(date.fromisoformat(day) for (day,) in rows)

    def cursor(self, source: str) -> str | None:
        """Where reading of the source goes on; None at the start."""
        with self.together() as db:
            row = db.execute("SELECT value FROM cursors WHERE source = ?", (source,)).fetchone()
        return row[0] if row else None

    def move_cursor(self, source: str, value: str, *, run_id: str) -> None:
        """Move the cursor; call it after the data is published."""
        with self.together() as db:
            db.execute(
                "INSERT INTO cursors VALUES (?,?,?) ON CONFLICT DO UPDATE SET value = excluded.value, run_id = excluded.run_id",
                (source, value, run_id),
            )


def _run(row: tuple[str, str, str, str | None, str, int | None, str, str, str, str]) -> Run:
    run_id, night, started, finished, *rest, counts, problem = row
    ended = datetime.fromisoformat(finished) if finished else None
    status, exit_code, version, bundle_id = row[4:8]
    return Run(
        run_id,
        date.fromisoformat(night),
        datetime.fromisoformat(started),
        ended,
        status,
        exit_code,
        version,
        bundle_id,
        json.loads(counts),
        problem,
    )

"""The units part of the ledger: what was landed, and which night each of its records joins."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from typing import NamedTuple

from textmine.errors import ContractError
from textmine.store.ledgerfile import LedgerFile

STATES = ("landed", "read", "quarantined", "expired")
FIELDS = "source, digest, name, size, landed_at, landed_run, landed_night, state"


class Unit(NamedTuple):
    """One landed unit of a source. ``landed_at`` (UTC) and ``landed_night`` are those of the first landing, for ever."""

    source: str
    digest: str
    name: str
    size: int
    landed_at: datetime
    landed_run: str
    landed_night: date
    state: str = "landed"


class Units(LedgerFile):
    """Methods of ``Ledger`` about units."""

    def unit_known(self, source: str, digest: str) -> Unit | None:
        """The unit, or None."""
        with self.together() as db:
            row = db.execute(f"SELECT {FIELDS} FROM units WHERE source = ? AND digest = ?", (source, digest)).fetchone()  # noqa: S608
        return _unit(row) if row else None

    def add_unit(self, unit: Unit) -> Unit:
        """The unit as the ledger has it: the first landing of (source, digest) stays."""
        row = unit._replace(landed_at=utc_text(unit.landed_at), landed_night=unit.landed_night.isoformat())  # type: ignore[arg-type]
        with self.together() as db:
            db.execute(f"INSERT INTO units ({FIELDS}) VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING", row)  # noqa: S608
            return self.unit_known(unit.source, unit.digest) or unit

    def set_unit_state(self, source: str, digest: str, state: str) -> None:
        """Record what became of the unit: landed, read, quarantined or expired."""
        if state not in STATES:
            raise ContractError("no such state of a unit", where=digest, got=state, allowed=STATES)
        with self.together() as db:
            db.execute("UPDATE units SET state = ? WHERE source = ? AND digest = ?", (state, source, digest))

    def assign_nights(self, unit: Unit, counts: Mapping[date, int], *, published: Collection[date]) -> dict[date, date]:
        """Own night of records -> night they join. Fixed the first time: later calls give the same answer.

        ``counts``: own night (of received_at) -> number of records. A record whose own night is in ``published`` (see
        ``published_nights``: the truth is what readers see) the first time joins ``unit.landed_night``, every other one
        its own night.
        """
        key = (unit.source, unit.digest)
        with self.together() as db:
            fixed = {
                date.fromisoformat(own): date.fromisoformat(night)
                for own, night in db.execute("SELECT own_night, night FROM assignments WHERE source = ? AND digest = ?", key)
            }
            joined = {own: fixed.get(own, unit.landed_night if own in published else own) for own in counts}
            db.execute("UPDATE assignments SET records = 0 WHERE source = ? AND digest = ?", key)
            db.executemany(
                "INSERT INTO assignments VALUES (?,?,?,?,?) ON CONFLICT DO UPDATE SET records = excluded.records",
                [(*key, own.isoformat(), joined[own].isoformat(), int(counts[own])) for own in sorted(counts)],
            )
        return joined

    def night_counts(self, source: str, digest: str) -> dict[date, int]:
        """Records of the unit by the night they join, in date order."""
        with self.together() as db:
            rows = db.execute(
                "SELECT night, sum(records) FROM assignments WHERE source = ? AND digest = ? AND records > 0 "
                "GROUP BY night ORDER BY night",
                (source, digest),
            ).fetchall()
        return {date.fromisoformat(night): records for night, records in rows}

    def nights_with_units(self) -> list[date]:
        """Nights that a unit was landed for or that a record of one joins, in date order."""
        with self.together() as db:
            rows = db.execute(
                "SELECT landed_night FROM units UNION SELECT night FROM assignments WHERE records > 0 ORDER BY 1"
            ).fetchall()
        return [date.fromisoformat(night) for (night,) in rows]

    def units_for_night(self, night: date) -> list[Unit]:
        """Units landed by the night or holding records that join it, in order of source, landing and digest."""
        with self.together() as db:
            rows = db.execute(
                f"SELECT {FIELDS} FROM units WHERE landed_night = :night OR (source, digest) IN "  # noqa: S608
                "(SELECT source, digest FROM assignments WHERE night = :night AND records > 0) "
                "ORDER BY source, landed_at, digest",
                {"night": night.isoformat()},
            ).fetchall()
        return [_unit(row) for row in rows]


def utc_text(at: datetime) -> str:
    """The moment as ISO text in UTC, so that text order is time order. Raises ContractError if it has no zone."""
    if at.tzinfo is None:
        raise ContractError("a moment without a zone", where="ledger", got=at.isoformat(), allowed="an aware datetime")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _unit(row: tuple[str, str, str, int, str, str, str, str]) -> Unit:
    return Unit(*row[:4], datetime.fromisoformat(row[4]), row[5], date.fromisoformat(row[6]), row[7])

"""Looking after a lake: nights that are missing, the content behind a quarantine entry."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from textmine.settings import Settings
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.landing import open_unit
from textmine.store.ledger import Ledger
from textmine.store.manifest import published_nights
from textmine.store.quarantine import show
from textmine.store.reading import read_table


def missing_nights(lake: Lake) -> list[date]:
    """Days between the first and the last published night that are not published."""
    nights = published_nights(lake)
    if not nights:
        return []
    days = (nights[-1] - nights[0]).days
    return sorted({nights[0] + timedelta(day) for day in range(days)} - set(nights))


def waiting_nights(lake: Lake, ledger: Ledger) -> list[date]:
    """Nights that hold landed files or records but are not published: run them."""
    return sorted(set(ledger.nights_with_units()) - set(published_nights(lake)))


def quarantined_content(quarantine_id: str, *, root: Path, settings: Settings) -> bytes:
    """The raw bytes of an entry; for a whole unit (row 0) its landed copy.

    Raises
    ------
    ConfigError
        If no published night has the id.
    UnitError
        If the content is expired or damaged.
    """
    lake, keyring = Lake(root), Keyring.from_settings(settings, root=root)
    rows = read_table("quarantine", root=root)
    whole = rows[(rows["quarantine_id"] == quarantine_id) & (rows["row_number"] == 0)]
    if len(whole):
        return open_unit(str(whole["unit"].iloc[0]), lake=lake, keyring=keyring)
    return show(quarantine_id, lake=lake, keyring=keyring)

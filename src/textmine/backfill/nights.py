"""A range of nights run in date order, each as `nightly` would; what is published and still right is left alone."""

from __future__ import annotations

import logging
from datetime import date

from textmine.backfill.result import BackfillResult, NightDone, days, failed
from textmine.errors import TextmineError
from textmine.night import run_night
from textmine.night.plan import make_plan
from textmine.night.progress import Progress, Silent
from textmine.settings import Config, Settings
from textmine.store.halfnight import is_whole
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger
from textmine.store.manifest import published_nights

logger = logging.getLogger(__name__)


def backfill(
    config: Config, *, settings: Settings, first: date, last: date, again: bool = False, progress: Progress | None = None
) -> BackfillResult:
    """The nights ``first`` to ``last`` that have landed files, published.

    In date order, so that every night looks back on nights that are right. A night that is published, whole and not stale,
    and whose files were all read, is skipped unless ``again``; so a killed backfill goes on where it was. Where no night of the
    range has a file yet, the first one is run: it lands what the sources hold, and records that were received later wait
    there for their own night. A night that fails does not stop the others.

    Raises
    ------
    ConfigError, BundleError
        Before anything is touched.
    LakeBusyError
        If another run holds the lake; the nights before are published.
    """
    range_ = days(first, last)
    lake = make_plan(config, settings=settings, night=first).lake
    shown = progress or Silent()
    shown.stage("nights", total=len(range_))
    done = []
    for night in range_:
        if found := _one(night, range_, lake, config=config, settings=settings, again=again):
            done.append(found)
        shown.advance()
    return BackfillResult(tuple(done), stale_nights(lake))


def _one(night: date, range_: list[date], lake: Lake, *, config: Config, settings: Settings, again: bool) -> NightDone | None:
    """The night, run or skipped; None where there is nothing of it."""
    with Ledger(lake) as ledger:
        with_units = set(ledger.nights_with_units()) & set(range_)
        unread = any(unit.state == "landed" for unit in ledger.units_for_night(night))
    published = night in published_nights(lake)
    if not (night in with_units or published or (night == range_[0] and not with_units)):
        return None
    if published and not (again or unread) and is_current(night, lake=lake):
        return NightDone(night, "skipped")
    try:
        result = run_night(config, settings=settings, night=night)
    except TextmineError as error:
        return failed(night, error)
    logger.info("backfill: night %s published", night)
    return NightDone(night, "published", result.exit_code, result.totals["published"])


def is_current(night: date, *, lake: Lake) -> bool:
    """Whether a published night is of one run and not stale."""
    return night not in stale_nights(lake) and is_whole(night, lake=lake)


def stale_nights(lake: Lake) -> tuple[date, ...]:
    """Nights that looked back on what has changed since, in date order."""
    with Ledger(lake) as ledger:
        return tuple(row.night for row in ledger.nights(state="stale"))

"""Published nights labelled again with a named bundle, from their masked text, and the report of what that changes."""

from __future__ import annotations

import logging
from datetime import date

from textmine.backfill.changes import write_change_report
from textmine.backfill.nights import is_current, stale_nights
from textmine.backfill.result import BackfillResult, NightDone, days, failed
from textmine.errors import NightMissingError, TextmineError
from textmine.night import open_night
from textmine.night.plan import Plan, make_plan
from textmine.night.progress import Progress, Silent
from textmine.settings import Config, Settings
from textmine.store.manifest import published_nights, read_manifest

logger = logging.getLogger(__name__)


def rescore(
    config: Config,
    *,
    settings: Settings,
    first: date,
    last: date,
    bundle_id: str,
    again: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> BackfillResult:
    """The published nights ``first`` to ``last``, labelled by the bundle and published whole, and the change report.

    In date order. What came from the source or from cleaning stays as it is, labels and what looks back are made anew, and
    what people said (see ``labels``) wins over the bundle. A night that has the bundle's labels already, is whole and not stale
    is skipped unless ``again``; so a killed backfill goes on where it was. ``dry_run``: only the report is written.

    Raises
    ------
    ConfigError, BundleError
        Before anything is touched.
    NightMissingError
        If no night of the range is published.
    LakeBusyError
        If another run holds the lake; the nights before are published.
    """
    range_ = days(first, last)
    plan = make_plan(config, settings=settings, night=first, bundle_id=bundle_id)
    nights = [night for night in published_nights(plan.lake) if first <= night <= last] if plan.lake.published.is_dir() else []
    if not nights:
        raise NightMissingError(
            "no night of the range is published", where=str(plan.lake.root), got=f"{first} to {last}", todo="textmine backfill"
        )
    shown = progress or Silent()
    done = []
    if not dry_run:
        shown.stage("nights", total=len(nights))
        for night in nights:
            done.append(_one(night, plan, settings=settings, again=again))
            shown.advance()
    report, problem = None, ""
    try:
        report = write_change_report(plan, settings=settings, first=first, last=last, dry_run=dry_run, progress=shown)
    except TextmineError as error:
        if dry_run:
            raise
        problem = str(error)  # the nights are published all the same
    logger.info(
        "backfill: %d of %d nights published, bundle %s", sum(n.what == "published" for n in done), len(range_), bundle_id
    )
    compared = [NightDone(night, "compared") for night in nights] if dry_run else done
    return BackfillResult(tuple(compared), () if dry_run else stale_nights(plan.lake), report, problem)


def _one(night: date, plan: Plan, *, settings: Settings, again: bool) -> NightDone:
    ours = read_manifest(night, lake=plan.lake).bundle_id == plan.bundle.id
    if ours and not again and is_current(night, lake=plan.lake):
        return NightDone(night, "skipped")
    try:
        with open_night(plan.config, settings=settings, night=night, bundle_id=plan.bundle.id, relabel=True) as run:
            result = run.republish()
    except TextmineError as error:
        return failed(night, error)
    return NightDone(night, "published", 0, result.totals["published"])

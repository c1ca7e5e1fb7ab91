"""The change report of a bundle on a range of nights: its figures, as a page and as a table, under ``reports/``."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from textmine.measure.changes import READ, add_sums, measure_changes, pair_sums, renew_sums
from textmine.night import open_scratch
from textmine.night.changing import kept_changes
from textmine.night.plan import Plan
from textmine.night.progress import Progress
from textmine.report.changes import ChangePeriod, render_changes
from textmine.settings import Settings
from textmine.store.durable import write_durably
from textmine.store.manifest import published_nights, read_manifest
from textmine.store.reading import read_arrow
from textmine.taxonomy import read_taxonomy


class _Period(NamedTuple):
    """Sums over the nights of a period, how many nights, and the bundles that were replaced or stand."""

    sums: pd.DataFrame
    nights: int
    bundles: frozenset[str]


def write_change_report(plan: Plan, *, settings: Settings, first: date, last: date, dry_run: bool, progress: Progress) -> Path:
    """Path of the page; the figures lie beside it as parquet (see ``measure_changes``).

    The range is compared, as it is published now, with what it was before the bundle labelled it; the period of equal length
    before it as it is published now, labelled by the bundle in scratch alone. A dry run does so for the range too; there P0
    and P1 look back on the published labels of the nights before, not on the bundle's.
    """
    length = (last - first).days + 1
    before_first, before_last = first - timedelta(days=length), first - timedelta(days=1)
    published = published_nights(plan.lake)
    within, before = (
        [night for night in published if start <= night <= end] for start, end in ((first, last), (before_first, before_last))
    )
    progress.stage("compare", total=len(within) + len(before))
    ranges = _period(within, plan, settings=settings, kept=True, scratch=dry_run, progress=progress)
    earlier = _period(before, plan, settings=settings, kept=False, scratch=True, progress=progress)
    figures = measure_changes(ranges.sums, earlier.sums)
    page = plan.lake.reports / f"changes_{first}_{last}_{plan.bundle.id}.html"
    names = {category.code: category.chinese for category in read_taxonomy(plan.bundle.path / "taxonomy.toml").categories}
    periods = (
        ChangePeriod(first, last, ranges.nights, tuple(sorted(ranges.bundles))),
        ChangePeriod(before_first, before_last, earlier.nights, tuple(sorted(earlier.bundles))),
    )
    table = pa.Table.from_pandas(figures, preserve_index=False)
    write_durably(page.with_suffix(".parquet"), lambda file: pq.write_table(table, file, compression="zstd"))
    made = render_changes(
        figures, within=periods[0], before=periods[1], bundle_id=plan.bundle.id, category_names=names, dry_run=dry_run
    )
    write_durably(page, made.encode())
    return page


def _period(nights: list[date], plan: Plan, *, settings: Settings, kept: bool, scratch: bool, progress: Progress) -> _Period:
    """``kept``: hold the bundle's nights against what they were before; ``scratch``: label the others, else leave them out."""
    parts, bundles = [], set[str]()
    for night in nights:
        standing = read_manifest(night, lake=plan.lake).bundle_id
        known = kept_changes(night, bundle_id=plan.bundle.id, lake=plan.lake) if kept else None
        if standing == plan.bundle.id:
            rows = _published(night, plan)  # what is kept was noted once; people may have corrected labels since
            parts.append(renew_sums(known.sums, rows) if known else pair_sums(rows, rows))
            bundles |= known.replaced if known else {standing}
        elif scratch:
            with open_scratch(plan.config, settings=settings, night=night, bundle_id=plan.bundle.id) as run:
                parts.append(run.compare())
            bundles.add(standing)
        progress.advance()
    return _Period(add_sums(parts), len(parts), frozenset(bundles))


def _published(night: date, plan: Plan) -> pd.DataFrame:
    tables = read_arrow({"labelled_feedback": list(READ)}, night=night, root=plan.lake.root)
    rows: pd.DataFrame = tables["labelled_feedback"].to_pandas()
    return rows

"""The night's HTML page, made from the published tables like anyone would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textmine.policy import read_policy
from textmine.report.html import render_night
from textmine.store.durable import write_durably
from textmine.store.lake import Lake
from textmine.store.reading import read_tables
from textmine.taxonomy import read_taxonomy

TABLES_READ = ("labelled_feedback", "topics", "metrics_daily", "quarantine", "runs")


def write_page(night: date, *, lake: Lake, bundle: Path, out: Path | None = None) -> Path:
    """Path of the page, written whole. ``bundle`` gives the Chinese names of categories and red lines.

    Raises
    ------
    NightMissingError
        If the night is not published.
    """
    path = out or lake.reports / f"night={night}.html"
    tables = read_tables(TABLES_READ, nights=night, root=lake.root)
    categories = {category.code: category.chinese for category in read_taxonomy(bundle / "taxonomy.toml").categories}
    red_lines = {line.code: line.chinese for line in read_policy(bundle / "policy.toml").red_line}
    write_durably(path, render_night(tables, night=night, category_names=categories, red_line_names=red_lines).encode())
    return path

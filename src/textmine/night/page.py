"""The night's HTML page, made from the published tables like anyone would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textmine.report.html import render_night
from textmine.store.durable import write_durably
from textmine.store.lake import Lake
from textmine.store.reading import read_tables

TABLES_READ = ("labelled_feedback", "topics", "metrics_daily", "quarantine", "runs")


def write_page(night: date, *, lake: Lake, out: Path | None = None) -> Path:
    """Path of the page, written whole.

    Raises
    ------
    NightMissingError
        If the night is not published.
    """
    path = out or lake.reports / f"night={night}.html"
    tables = read_tables(TABLES_READ, nights=night, root=lake.root)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, render_night(tables, night=night).encode())
    return path

"""The night's HTML page, made from the published tables like anyone would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from textmine.policy import read_policy
from textmine.report.html import render_night
from textmine.report.sections import ROW_COLUMNS, URGENT_COLUMNS
from textmine.store.durable import write_durably
from textmine.store.lake import Lake
from textmine.store.reading import read_arrow
from textmine.taxonomy import read_taxonomy

COLUMNS_READ = {
    "labelled_feedback": sorted({*ROW_COLUMNS, *URGENT_COLUMNS}),
    "topics": None,
    "metrics_daily": None,
    "quarantine": None,
    "runs": None,
    "drift": None,
}


def write_page(night: date, *, lake: Lake, bundle: Path, out: Path | None = None) -> Path:
    """Path of the page, written whole. ``bundle`` gives the Chinese names of categories and red lines.

    Raises
    ------
    NightMissingError
        If the night is not published.
    """
    path = out or lake.reports / f"night={night}.html"
    tables = read_arrow(COLUMNS_READ, night=night, root=lake.root)
    labelled = tables.pop("labelled_feedback")
    urgent = labelled.filter(pc.is_in(labelled["priority"], pa.array(["P0", "P1"]))).select(list(URGENT_COLUMNS))
    frames = {name: table.to_pandas() for name, table in tables.items()}
    frames |= {
        "labelled_feedback": labelled.select(list(ROW_COLUMNS)).to_pandas(),
        "urgent": urgent.to_pandas(maps_as_pydicts="strict"),
    }
    categories = {category.code: category.chinese for category in read_taxonomy(bundle / "taxonomy.toml").categories}
    red_lines = {line.code: line.chinese for line in read_policy(bundle / "policy.toml").red_line}
    write_durably(path, render_night(frames, night=night, category_names=categories, red_line_names=red_lines).encode())
    return path

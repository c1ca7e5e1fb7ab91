"""Frames on a terminal, and figures in a file."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from typing import Any

import pandas as pd

from textmine.errors import ConfigError

WRITERS = (".json", ".csv", ".md")
WIDTH = 160  # columns where the output is no terminal


def show_frame(frame: pd.DataFrame, *, title: str = "", error: bool = False) -> None:
    """The frame as a table, numbers to the right; on standard error where asked."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    stream = sys.stderr if error else sys.stdout
    console = Console(file=stream, width=None if stream.isatty() else WIDTH, emoji=False)
    table = Table(title=escape(title) or None, title_justify="left")
    for name in frame.columns:
        table.add_column(escape(str(name)), justify="right" if pd.api.types.is_numeric_dtype(frame[name]) else "left")
    for row in frame.itertuples(index=False, name=None):
        table.add_row(*(escape(cell_text(cell)) for cell in row))
    console.print(table)


def cell_text(cell: Any) -> str:
    """A cell as shown: nothing for null, four digits of a fraction."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    return f"{cell:.4f}".rstrip("0").rstrip(".") if isinstance(cell, float) else str(cell)


def write_figures(frame: pd.DataFrame, path: Path) -> None:
    """Write figures as .json, .csv or .md, whole or not at all; text that a spreadsheet would run begins with ``'`` in CSV.

    Raises
    ------
    ConfigError
        If the extension is none of the three.
    """
    from textmine.store.durable import write_durably

    check_figures_file(path)
    if path.suffix == ".csv":
        from textmine.report.flat import flatten

        content = flatten(frame, formulas_prefixed=True).to_csv(index=False)
    elif path.suffix == ".json":
        content = json.dumps(json.loads(frame.to_json(orient="records", force_ascii=False)), ensure_ascii=False, indent=1) + "\n"
    else:
        content = markdown(frame)
    write_durably(path, content.encode())


def check_figures_file(path: Path) -> None:
    """Raise ConfigError unless the path ends in one of the extensions that can be written."""
    if path.suffix not in WRITERS:
        raise ConfigError(
            "the extension of the file says the format", where=str(path), got=path.suffix or "none", allowed=WRITERS
        )


def markdown(frame: pd.DataFrame) -> str:
    """The frame as a markdown table."""
    names = [str(name) for name in frame.columns]
    rows = [[cell_text(cell) for cell in row] for row in frame.itertuples(index=False, name=None)]
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"

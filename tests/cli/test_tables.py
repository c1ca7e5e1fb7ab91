"""Figures in a file."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from textmine.cli.tables import write_figures


def test_text_that_a_spreadsheet_would_run_is_defused_in_csv_and_numbers_stay(tmp_path: Path):
    rows = pd.DataFrame({"source": ["=1+1", "@a", "+b", "-c", "shop"], "value": [-0.5, 1.0, 2.0, 3.0, None]})
    write_figures(rows, tmp_path / "f.csv")
    assert (tmp_path / "f.csv").read_text("utf-8").splitlines() == [
        "source,value",
        "'=1+1,-0.5",
        "'@a,1.0",
        "'+b,2.0",
        "'-c,3.0",
        "shop,",
    ]
    write_figures(rows, tmp_path / "f.json")
    assert '"=1+1"' in (tmp_path / "f.json").read_text("utf-8")

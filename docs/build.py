"""Brings the made parts of the documents up to date: ``python docs/build.py [LAKE]``.

The data dictionary comes from tables.py; the table of labelled rows in both READMEs from the sample night in LAKE (data/ where
it is left out), so run ``make run`` first. Where no sample night is published those tables stay as they are.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from textmine.errors import TextmineError
from textmine.report.dictionary import render_dictionary
from textmine.store.reading import read_table

PROJECT = Path(__file__).resolve().parent.parent
READMES = ("README.md", "README.zh.md")
# One row a channel: how its text begins, in the order of the table.
CHOSEN = (
    "吃完全家人上吐下泻",
    "我要注销号码",
    "会员到期自动续费",
    "手感很好，比想象中安静",
    "我们小区三百多户业主",
    "三百多还行，就是滤油纸",
    "建议开通线上报修",
    "多次投诉未解决",
)
COLUMNS = ("channel", "text", "sentiment", "primary_category", "intent", "priority", "route_to", "topic_name")
MADE = re.compile(r"(<!-- (?P<name>[a-z]+): made by docs/build.py -->\n).*?(<!-- end -->)", re.DOTALL)


def sample_table(rows: pd.DataFrame) -> str:
    """The chosen rows of ``labelled_feedback`` as a Markdown table, in the words of the published table."""
    first = [rows[rows["text"].str.startswith(start, na=False)].iloc[0] for start in CHOSEN]
    lines = ["| " + " | ".join(_cell(row[name]) for name in COLUMNS) + " |" for row in first]
    return "\n".join([f"| {' | '.join(COLUMNS)} |", "|" + "---|" * len(COLUMNS), *lines]) + "\n"


def filled(text: str, made: Mapping[str, str]) -> str:
    """``text`` with each part between its marks replaced by the made one of that name."""
    return MADE.sub(lambda match: f"{match[1]}{made[match['name']]}{match[3]}", text)


def _cell(value: object) -> str:
    return str(value).replace("\n", " ").replace("|", "\\|") if isinstance(value, str) else "—"


def main(lake: Path) -> int:
    """Write what is made, the tables of the READMEs from the last night of ``lake``; says which files changed."""
    made = {PROJECT / "docs" / "data-dictionary.md": render_dictionary()}
    try:
        rows = read_table("labelled_feedback", root=lake)
        parts = {"sample": sample_table(rows[rows["night"] == rows["night"].max()])}
        made |= {PROJECT / name: filled((PROJECT / name).read_text("utf-8"), parts) for name in READMES}
    except TextmineError as error:
        sys.stdout.write(f"the tables of the READMEs stay as they are: {error}\n")
    for path, text in made.items():
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            sys.stdout.write(f"wrote {path.relative_to(PROJECT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else PROJECT / "data"))

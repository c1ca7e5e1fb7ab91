"""Brings the made parts of the documents up to date: ``python docs/build.py``.

The data dictionary comes from tables.py; the table of labelled rows in both READMEs from the sample night, so run
``make run`` first. Where no sample night is published those tables stay as they are.
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
    "吃完全家人上吐下泻", "我要注销号码", "会员到期自动续费", "请问XL码适合", "我们小区三百多户业主", "我买回来用了两次就放着了",
    "建议三号楼增加一台", "产品漏电",
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


def main() -> int:
    """Write what is made; says which files changed."""
    made = {PROJECT / "docs" / "data-dictionary.md": render_dictionary()}
    try:
        parts = {"sample": sample_table(read_table("labelled_feedback", root=PROJECT / "data"))}
        made |= {PROJECT / name: filled((PROJECT / name).read_text("utf-8"), parts) for name in READMES}
    except TextmineError as error:
        sys.stdout.write(f"the tables of the READMEs stay as they are: {error}\n")
    for path, text in made.items():
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            sys.stdout.write(f"wrote {path.relative_to(PROJECT)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

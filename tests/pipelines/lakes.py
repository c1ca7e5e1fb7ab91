"""Deliveries for the flow's tests. Every row says when it was received, so that two lakes that land it publish the same."""

from __future__ import annotations

from pathlib import Path

from tests.night.small import LAKE, SAID, write

PHONE = "13912345678"
SOURCES = """
[[sources]]
name = "问卷"
path = "survey/*.csv"

[[sources]]
name = "意见箱"
path = "box/*.csv"
channel = "suggestion_box"
"""
DEAD = """
[[sources]]
name = "断了"
path = "nothing/*.csv"
"""


def write_lake(folder: Path, *, more: str = "") -> Path:
    """Path of a config whose two sources deliver six and four texts; ``more`` is added to the config."""
    write(folder / "survey" / "a.csv", _table("A", SAID[:6]))
    write(folder / "box" / "b.csv", _table("B", [f"{text}电话{PHONE}" for text in SAID[6:]]))
    return write(folder / "textmine.toml", LAKE.format(chunk_rows=20_000) + SOURCES + more)


def _table(mark: str, texts: list[str] | tuple[str, ...]) -> str:
    rows = [f"{mark}{n},C{n},2026-11-03 09:{n:02},2026-11-03 21:00,{text}" for n, text in enumerate(texts)]
    return "\n".join(["编号,客户编号,提交时间,接收时间,内容", *rows]) + "\n"

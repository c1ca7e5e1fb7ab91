"""Which bundle is in use, and which was before: one small file, replaced at one instant."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from textmine.errors import BundleError
from textmine.store.durable import write_durably

FILE = "CHAMPION"
LINE = re.compile(r"(champion|previous) ([\w.-]+) ([0-9a-f]{64})")


class Champion(NamedTuple):
    """The bundle in use and the one before it: each (id, SHA-256 of its card.json)."""

    current: tuple[str, str]
    previous: tuple[str, str] | None


def champion(models: Sequence[Path]) -> Champion:
    """What the first CHAMPION file along ``models`` names.

    Raises
    ------
    BundleError
        If there is none, or it is no such file.
    """
    for folder in models:
        if (folder / FILE).is_file():
            return _read(folder / FILE)
    raise BundleError("no bundle was ever promoted", where=", ".join(map(str, models)), todo="textmine bundles promote ID")


def write_champion(folder: Path, named: Champion) -> None:
    """Name the champion, and the one before, in the folder's CHAMPION file."""
    entries = {"champion": named.current, "previous": named.previous}
    lines = [f"{role} {entry[0]} {entry[1]}\n" for role, entry in entries.items() if entry]
    write_durably(folder / FILE, "".join(lines).encode())


def _read(path: Path) -> Champion:
    matches = [LINE.fullmatch(line) for line in path.read_text("utf-8", "replace").splitlines()]
    entries = {match[1]: (match[2], match[3]) for match in matches if match}
    if None in matches or "champion" not in entries or len(entries) < len(matches):
        raise BundleError(
            "no CHAMPION file that can be read",
            where=str(path),
            allowed="champion <id> <SHA-256 of card.json>",
            todo="textmine bundles promote ID",
        )
    return Champion(entries["champion"], entries.get("previous"))

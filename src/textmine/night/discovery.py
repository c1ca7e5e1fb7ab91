"""Looking over a folder of deliveries: which files could be sources, of which channel, with which text column."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from textmine.channels.formats import read_unit
from textmine.channels.mapping import find_columns, folded
from textmine.channels.names import CHANNEL_NAMES
from textmine.errors import UnitError
from textmine.settings import Columns

SUFFIXES = (".csv", ".tsv", ".xlsx", ".xls", ".json", ".jsonl", ".parquet", ".txt", ".mbox", ".eml", ".docx", ".gz", ".zip")
CODES = ("survey", "hotline", "email", "chat", "social", "interview", "suggestion_box", "crm")
BY_SUFFIX: Mapping[str, str] = {".eml": "email", ".mbox": "email", ".txt": "suggestion_box"}
LAKE_FOLDERS = ("landing", "published", "quarantine", "ledger", "labels", "registry", "index", "reports", "work")
CHANNEL_COLUMNS = ("渠道", "channel", "反馈渠道", "来源渠道")
LARGEST = 64 * 2**20  # a larger file is taken by its name alone


@dataclass(frozen=True)
class Found:
    """A file that could be a source. Where no column is known to hold the words ``text`` is None and ``columns`` the choice."""

    path: Path
    channel: str
    text: str | None
    columns: tuple[str, ...]
    problem: str = ""
    channel_column: str | None = None


def look_over(folder: Path) -> list[Found]:
    """Files under ``folder`` that a reader knows by their ending, sorted by path; hidden folders and lakes are left out."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in SUFFIXES)
    # the channel by the path below the folder: where the folder itself lies says nothing
    return [_looked_at(path, guess_channel(path.relative_to(folder))) for path in files if not _hidden(path, folder)]


def _hidden(path: Path, folder: Path) -> bool:
    above = [place for place in path.parents if folder in place.parents]
    return any(place.name in LAKE_FOLDERS and (place.parent / "ledger").is_dir() for place in above) or any(
        part.startswith(".") for part in path.relative_to(folder).parts
    )


def _looked_at(path: Path, channel: str) -> Found:
    if path.stat().st_size > LARGEST:
        return Found(path, channel, None, (), "too large to look into")
    try:
        first = next(iter(read_unit(path.read_bytes(), name=path.name)), None)
    except UnitError as error:
        return Found(path, channel, None, (), str(error))
    except OSError as error:
        return Found(path, channel, None, (), f"cannot be read ({error.strerror})")
    if first is None:
        return Found(path, channel, None, (), "nothing in it")
    names = tuple(str(name) for name in first.frame.columns if name != "_row")
    try:
        texts = find_columns(
            first.frame, Columns(), where=path.name, text_fields=("text", "transcript", "messages", "body", "subject")
        ).texts
    except UnitError:
        return Found(path, channel, None, names)
    column = next((name for name in names if folded(name) in CHANNEL_COLUMNS), None)
    return Found(path, channel, texts[0], names, channel_column=column)


def guess_channel(path: Path) -> str:
    """The channel a path speaks of, by its English code or a Chinese word; by its ending; else survey."""
    words = str(path.with_suffix("")).casefold()
    for code in CODES:
        if re.search(rf"(?<![a-z]){code.replace('_', '[_ -]?')}", words):
            return code
    chinese = next((code for word, code in CHANNEL_NAMES.items() if word in words), None)
    return chinese or BY_SUFFIX.get(path.suffix.lower(), "survey")

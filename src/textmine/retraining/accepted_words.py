"""Words that people accepted for the dictionary: ``registry/dictionary.txt`` of a lake. The next bundle takes them over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from textmine.store.durable import write_durably
from textmine.store.lake import Lake
from textmine.text.dictionary import Entry, read_dictionary
from textmine.text.dictionary_merge import fresh_entries, refuse_faults


def accepted_file(lake: Lake) -> Path:
    """Where the accepted words lie: a dictionary file with a comment above each addition, who and when."""
    return lake.registry / "dictionary.txt"


def accept_words(entries: Sequence[Entry], *, lake: Lake, known: Sequence[Entry], who: str, at: datetime) -> list[Entry]:
    """The words now accepted that were not before; nights go on with the dictionary of their bundle.

    ``known``: the dictionary of the bundle in use. The file is replaced at one instant, and old lines are never changed.

    Raises
    ------
    ConfigError
        If a word can never match, contradicts another or would stay cut apart; nothing is written then.
    """
    path = accepted_file(lake)
    before = read_dictionary(path) if path.is_file() else ()
    fresh = fresh_entries([*known, *before], entries)
    refuse_faults([*known, *fresh_entries(known, before), *fresh], where=str(path))
    if fresh:
        lines = [f"# {at.isoformat(timespec='seconds')} {' '.join(who.split()) or 'unknown'}"]
        lines += [f"{entry.word} {entry.frequency} {entry.tag}" for entry in fresh]
        old = path.read_bytes() if path.is_file() else b""
        write_durably(path, old + ("\n".join(lines) + "\n").encode(), check=lambda temp: _readable(temp))
    return fresh


def _readable(path: Path) -> None:
    read_dictionary(path)

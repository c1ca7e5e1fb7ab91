"""Cue phrases of intents and flags, read from their files in the vocabulary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textmine.errors import ConfigError
from textmine.taxonomy import Phrase
from textmine.tomlfile import ascii_code, blocks, only_keys, read_toml, weighted, word_list


@dataclass(frozen=True)
class Entry:
    """One intent or flag: code (ASCII), Chinese name, meaning, cue phrases (none where a rule raises it).

    ``words`` are looked for in what the customer says, ``staff_words`` in what staff says.
    """

    code: str
    chinese: str
    meaning: str
    words: tuple[str, ...]
    staff_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """The entries of one file; ``kind`` (intent or flag) is the list that their phrases belong to."""

    kind: str
    version: str
    entries: tuple[Entry, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes in the order of the file."""
        return tuple(entry.code for entry in self.entries)

    def phrases(self) -> Iterator[Phrase]:
        """Every cue as a phrase of list ``kind``, labelled with the code of its entry."""
        for entry in self.entries:
            for word in entry.words:
                yield Phrase(self.kind, entry.code, *weighted(word))


def read_intents(path: Path, *, codes: tuple[str, ...]) -> Vocabulary:
    """The intents of a TOML file, which must be those of ``codes``.

    Raises
    ------
    ConfigError
        If the file is no TOML, a key is unknown or missing, a weight is no number, or the codes differ from ``codes``.
    """
    return _read(path, "intent", codes)


def read_flags(path: Path, *, codes: tuple[str, ...]) -> Vocabulary:
    """The flags of a TOML file, which must be those of ``codes``.

    Raises
    ------
    ConfigError
        As for ``read_intents``.
    """
    return _read(path, "flag", codes)


def _read(path: Path, kind: str, codes: tuple[str, ...]) -> Vocabulary:
    raw, where = read_toml(path), str(path)
    only_keys(raw, {"version", kind}, where)
    entries = tuple(_entry(block, where) for block in blocks(raw[kind], where))
    found = [entry.code for entry in entries]
    if sorted(found) != sorted(codes):
        raise ConfigError(f"the {kind}s must be the known ones, each once", where=where, got=found, allowed=codes)
    return Vocabulary(kind, str(raw["version"]), entries)


def _entry(block: dict[str, Any], where: str) -> Entry:
    place = f"{where}: {block.get('code', 'entry')}"
    only_keys(block, {"code", "chinese", "meaning", "words", "staff_words"}, place, optional={"staff_words"})
    words, staff_words = word_list(block["words"], place), word_list(block.get("staff_words", []), place)
    return Entry(ascii_code(block, place), str(block["chinese"]), str(block["meaning"]), words, staff_words)

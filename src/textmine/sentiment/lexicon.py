"""The hand-written sentiment lexicon, read from its TOML file into flat arrays, one entry a surface."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from textmine.errors import ConfigError, nearest
from textmine.taxonomy import only_keys, read_toml

# What a cue does to the words near it; the lexicon file says it for each kind. The last three are marks, not words of the file.
KINDS = (
    "none",
    "negator",
    "after",
    "degree",
    "contrast",
    "contrast_first",
    "concession",
    "summary",
    "wish",
    "wish_first",
    "condition",
    "blessing",
    "lack",
    "rhetorical",
    "denying",
    "question",
    "irony",
    "laugh",
    "rival",
    "own",
    "neutral",
    "asking",
    "open_quote",
    "close_quote",
    "stop",
)
KIND = {name: number for number, name in enumerate(KINDS)}
STOPS = ("。", "！", "？", "!", "?", "；", ";", "…", "……", "~", "～")
MARKS = {"open_quote": ("“", "「", "『", "‘"), "close_quote": ("”", "」", "』", "’"), "stop": STOPS}  # the last three kinds
FREE_KINDS = ("none", "blessing", "lack")  # kinds whose longer words may begin or end inside a token
GAP_BYTES = 36  # twelve Chinese characters


@dataclass(frozen=True)
class Lexicon:
    """Surfaces and, position by position, what each is worth and does.

    ``polarity`` in [-2, 2]; ``kind`` indexes KINDS; ``factor`` of the cue (1 where there is none); ``particle``: may close a
    word glued by the cutter. ``gaps``: one row (surface, surface, entry) a pattern ``A…B``: B within 12 Chinese characters after
    A in the same clause counts as ``entry``. ``free``: may begin or end inside a token; ``denial``: begins with a negator.
    Surfaces from ``listed`` on are mere pieces of patterns.
    """

    version: str
    surfaces: tuple[str, ...]
    listed: int
    polarity: npt.NDArray[np.float64]
    kind: npt.NDArray[np.int8]
    factor: npt.NDArray[np.float64]
    particle: npt.NDArray[np.bool_]
    gaps: npt.NDArray[np.int64]
    free: npt.NDArray[np.bool_]
    denial: npt.NDArray[np.bool_]


@dataclass
class _Entry:
    polarity: float | None = None
    kind: str = "none"
    factor: float = 1.0
    particle: bool = False


def load_lexicon(path: Path) -> Lexicon:
    """The lexicon of a TOML file (``[[polarity]]`` blocks of value and words, ``[[cue]]`` of kind, factor, words,
    ``[[variant]]`` of a listed word and its misspellings).

    Raises
    ------
    ConfigError
        If a key or kind is unknown, a value is outside -2..2, or a word has two polarities or two cues.
    """
    raw = read_toml(path)
    only_keys(raw, {"version", "polarity", "cue", "variant"}, str(path), optional={"variant"})
    entries: dict[str, _Entry] = {}
    for word, block in _words(raw["polarity"], {"value", "about", "words"}, str(path)):
        _rate(entries.setdefault(word, _Entry()), float(block["value"]), word, str(path))
    for word, block in _words(raw["cue"], {"kind", "about", "value", "factor", "words"}, str(path)):
        _cue(entries.setdefault(word, _Entry()), block, word, str(path))
    for spelling, entry in _variants(raw.get("variant", []), entries, str(path)):
        entries.setdefault(spelling, entry)
    entries |= {mark: _Entry(kind=kind) for kind, marks in MARKS.items() for mark in marks}
    return _arrays(str(raw["version"]), entries)


def _words(blocks: list[dict[str, Any]], keys: set[str], where: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in blocks:
        only_keys(block, keys, where, optional={"value"} & keys if "kind" in keys else frozenset())
        for word in block["words"].split():
            yield word, block


def _variants(blocks: list[dict[str, Any]], entries: dict[str, _Entry], where: str) -> list[tuple[str, _Entry]]:
    """Other spellings of listed words, with the entry of the word each stands for."""
    for block in blocks:
        only_keys(block, {"of", "words"}, where)
        if block["of"] not in entries:
            raise ConfigError("a variant of a word that is not listed", where=where, got=block["of"], todo="list the word first")
    return [(spelling, replace(entries[block["of"]])) for block in blocks for spelling in block["words"].split()]


def _rate(entry: _Entry, value: float, word: str, where: str) -> None:
    if not -2 <= value <= 2:
        raise ConfigError("a polarity is outside -2..2", where=f"{where}: {word}", got=str(value), allowed="-2 to 2")
    if entry.polarity is not None:
        raise ConfigError("a word has two polarities", where=where, got=word, todo="take one out")
    entry.polarity = value


def _cue(entry: _Entry, block: dict[str, Any], word: str, where: str) -> None:
    kind, factor = block["kind"], float(block["factor"])
    if kind == "particle":
        entry.particle = True
        return
    if kind not in KINDS[1 : -len(MARKS)]:
        raise ConfigError(
            "unknown kind of cue",
            where=where,
            got=kind,
            allowed=KINDS[1 : -len(MARKS)],
            todo=f"did you mean {nearest(kind, KINDS)!r}?",
        )
    if entry.kind != "none":
        raise ConfigError("a word is a cue of two kinds", where=where, got=[word, entry.kind, kind], todo="take one out")
    entry.kind, entry.factor = kind, factor
    if "value" in block:
        _rate(entry, float(block["value"]), word, where)


def _is_free(word: str, entry: _Entry) -> bool:
    """Rated words of three characters or more, unless a negator at an end may belong to another word (还是不|错, 不得|不推荐)."""
    return entry.polarity is not None and entry.kind in FREE_KINDS and len(word) >= 3 and not {word[0], word[-1]} & set("不没")


def _arrays(version: str, entries: dict[str, _Entry]) -> Lexicon:
    """Entries as arrays. The pieces of a gap pattern become surfaces of their own (worth nothing unless listed)."""
    listed = len(entries)
    pairs = [(*word.split("…"), word) for word in entries if "…" in word.strip("…")]
    for first, second, _ in pairs:
        entries.setdefault(first, _Entry())
        entries.setdefault(second, _Entry())
    surfaces = tuple(entries)
    place = {word: number for number, word in enumerate(surfaces)}
    return Lexicon(
        version=version,
        surfaces=surfaces,
        listed=listed,
        polarity=np.array([entry.polarity or 0.0 for entry in entries.values()], np.float64),
        kind=np.array([KIND[entry.kind] for entry in entries.values()], np.int8),
        factor=np.array([entry.factor for entry in entries.values()], np.float64),
        particle=np.array([entry.particle for entry in entries.values()], np.bool_),
        gaps=np.array([[place[part] for part in pair] for pair in pairs], np.int64).reshape(-1, 3),
        free=np.array([_is_free(word, entry) for word, entry in entries.items()], np.bool_),
        denial=np.array([word[0] in "不没" for word in surfaces], np.bool_),
    )

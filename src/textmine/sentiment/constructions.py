"""Turns of phrase whose attitude no single word carries: regular expressions over short texts, written as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from textmine.errors import ConfigError
from textmine.sentiment.layout import Layout
from textmine.taxonomy import only_keys, read_toml

Reals = npt.NDArray[np.float64]
FILE = "constructions.toml"
MACRO = re.compile(r"\{([a-z]+)\}")
LONGEST = 108  # bytes of a text that is looked at: 36 Chinese characters; in a longer one no single phrase decides


@dataclass(frozen=True)
class Constructions:
    """Patterns in the syntax of RE2, what a text must hold to be searched, and the attitude of a text with it (-2 to 2)."""

    patterns: tuple[str, ...]
    gates: tuple[str, ...]
    values: tuple[float, ...]
    signed: tuple[bool, ...] = ()

    def verdicts(self, texts: pa.LargeStringArray, signed: pa.LargeStringArray | None = None) -> tuple[Reals, Reals]:
        """Of each text, the sum of the values of its constructions, and the number of those that are worth 0: no verdict.

        ``signed``: the same texts with the attitude of each rated word written behind it (see signed.py), for the patterns
        that want them; those are left out without.
        """
        total, flat = np.zeros(len(texts)), np.zeros(len(texts))
        rules = tuple(zip(self.patterns, self.gates, self.values, self.signed, strict=True))
        for gate, on_signs in dict.fromkeys((rule[1], rule[3]) for rule in rules):
            searched = signed if on_signs else texts
            if searched is None:
                continue
            held = pc.match_substring_regex(texts, gate).to_numpy(zero_copy_only=False) if gate else np.ones(len(texts), np.bool_)
            places = np.flatnonzero(held)
            searched = searched.take(pa.array(places))
            for pattern, value in ((rule[0], rule[2]) for rule in rules if (rule[1], rule[3]) == (gate, on_signs)):
                found = pc.match_substring_regex(searched, pattern).to_numpy(zero_copy_only=False)
                total[places] += value * found
                flat[places] += found if value == 0 else 0
        return total, flat


def short_texts(layout: Layout, *, clauses: int = LONGEST) -> tuple[pa.LargeStringArray, npt.NDArray[np.bool_]]:
    """The short documents of at most so many ``clauses``, their tokens joined, and which of the layout's documents they are."""
    first = np.searchsorted(layout.doc, np.arange(int(layout.doc.max(initial=-1)) + 2))
    ends = layout.edges[first].astype(np.int64)
    places = np.append(layout.clause, layout.clause[-1:] + 1)
    many = np.diff(places[np.minimum(first, max(len(places) - 1, 0))]) if len(places) else np.zeros(len(first) - 1)
    short: npt.NDArray[np.bool_] = (np.diff(ends) <= LONGEST) & (many <= clauses)
    whole = pa.LargeStringArray.from_buffers(len(short), pa.py_buffer(ends), pa.py_buffer(layout.joined))
    return whole.filter(pa.array(short)), short


def load_constructions(path: Path) -> Constructions:
    """The constructions of a TOML file, one pattern a block; none where there is no such file.

    Raises
    ------
    ConfigError
        If a key is unknown, a macro is not defined, a value is outside -2..2 or a pattern is no regular expression.
    """
    if not path.exists():
        return Constructions((), (), ())
    raw = read_toml(path)
    only_keys(raw, {"version", "macros", "construction"}, str(path))
    blocks = raw["construction"]
    patterns = tuple(_pattern(block, raw["macros"], str(path)) for block in blocks)
    gates = tuple(str(block.get("when", "")) for block in blocks)
    signed = tuple(bool(block.get("signed", False)) for block in blocks)
    return Constructions(patterns, gates, tuple(float(block["value"]) for block in blocks), signed)


def _pattern(block: dict[str, object], macros: dict[str, str], where: str) -> str:
    only_keys(block, {"kind", "value", "when", "signed", "patterns"}, where, optional={"when", "signed"})
    if not -2 <= float(str(block["value"])) <= 2:
        raise ConfigError("a value is outside -2..2", where=where, got=str(block["value"]), allowed="-2 to 2")
    lines = "|".join(line for line in str(block["patterns"]).split("\n") if line)
    if strange := sorted(set(MACRO.findall(lines)) - set(macros)):
        raise ConfigError("no such macro", where=where, got=strange, allowed=sorted(macros))
    joined = MACRO.sub(lambda found: macros[found[1]], lines)
    try:
        pc.match_substring_regex(pa.array([""]), joined)
    except pa.ArrowInvalid as error:
        raise ConfigError("no regular expression", where=where, got=str(block["kind"])) from error
    return joined

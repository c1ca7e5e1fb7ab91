"""Many texts as one array of code points, so that numpy sees every character at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.uint32]
Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_TOP = 0xFFFF  # beyond the Basic Multilingual Plane no character is marked


@dataclass(frozen=True)
class JoinedTexts:
    """Many texts as one: ``text`` with a newline between two documents, its code points, where each document starts."""

    text: str
    codes: Codes
    starts: Whole

    def documents(self, positions: Whole) -> Whole:
        """Number of the document each character position lies in."""
        return np.searchsorted(self.starts, positions, side="right") - 1


def join_texts(texts: Sequence[str]) -> JoinedTexts:
    """The texts joined by newlines, so that one call of a matcher or cutter serves them all."""
    text = "\n".join(texts)
    starts = np.zeros(len(texts), np.int64)
    starts[1:] = np.cumsum(measure(texts)[:-1] + 1)
    return JoinedTexts(text, encode(text), starts)


def measure(texts: Sequence[str]) -> Whole:
    """Number of characters of each text."""
    return np.fromiter(map(len, texts), np.int64, len(texts))


def batches(texts: Sequence[str], characters: int) -> Iterator[tuple[int, int]]:
    """First and last+1 text of consecutive batches of about so many characters each."""
    if not texts:
        return
    edges = np.flatnonzero(np.diff(np.cumsum(measure(texts)) // characters)) + 1
    yield from pairwise([0, *edges.tolist(), len(texts)])


def encode(text: str) -> Codes:
    """Code points of a text."""
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def decode(codes: Codes) -> str:
    """The text of code points."""
    return codes.tobytes().decode("utf-32-le")


def lower(codes: Codes) -> Codes:
    """ASCII letters in lower case, all else as it is; str.lower would change lengths (İ)."""
    capital = (codes >= ord("A")) & (codes <= ord("Z"))
    return codes + capital * np.uint32(32)


def mark(codes: Codes, characters: str) -> Mask:
    """True at each of the characters, which lie in the Basic Multilingual Plane."""
    return _table(characters)[np.minimum(codes, np.uint32(_TOP))]


def blank(codes: Codes) -> Mask:
    """True at white space (str.isspace)."""
    return mark(codes, _BLANKS)


def beside(codes: Codes, at: Whole) -> Codes:
    """The codes at positions, a newline where they are outside the text."""
    found = codes.take(at, mode="clip")
    found[(at < 0) | (at >= len(codes))] = ord("\n")
    return found


def is_digit(codes: Codes) -> Mask:
    """True at ASCII digits."""
    return (codes >= ord("0")) & (codes <= ord("9"))


def is_letter(codes: Codes) -> Mask:
    """True at ASCII letters."""
    small = codes | np.uint32(0x20)
    return (small >= ord("a")) & (small <= ord("z"))


def runs_on(codes: Codes, edges: Whole) -> Mask:
    """True where the characters before and after the edge are both ASCII letters or both digits."""
    before, after = beside(codes, edges - 1), beside(codes, edges)
    return (is_letter(before) & is_letter(after)) | (is_digit(before) & is_digit(after))


@lru_cache(maxsize=16)
def _table(characters: str) -> Mask:
    table = np.zeros(_TOP + 1, np.bool_)
    table[[ord(character) for character in characters]] = True
    return table


_BLANKS = "".join(chr(code) for code in range(_TOP) if chr(code).isspace())

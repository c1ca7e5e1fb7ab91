"""Which cue governs a found word: the last one before it, or one anywhere, in the same clause or sentence."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from textmine.sentiment.found import Found

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


def opens_clause(found: Found) -> Flags:
    """Found words that are the first of their clause."""
    opens = np.ones(len(found), np.bool_)
    opens[1:] = found.clause[1:] != found.clause[:-1]
    return opens


def cue_before(cue: Flags, place: Ints) -> Ints:
    """Position of the last cue at or before each found word that lies in the same ``place`` (clause, sentence), or -1."""
    last = np.maximum.accumulate(np.where(cue, np.arange(len(cue)), -1))
    return np.where((last >= 0) & (place[np.maximum(last, 0)] == place), last, -1)


def cue_after(cue: Flags, place: Ints) -> Ints:
    """Position of the next cue at or after each found word that lies in the same ``place``, or -1."""
    after = cue_before(cue[::-1], place[::-1])[::-1]
    return np.where(after >= 0, len(cue) - 1 - after, -1)


def cue_near(cue: Flags, place: Ints) -> Ints:
    """Position of a cue anywhere in the same ``place`` (before the word, else the next after it), or -1."""
    before = cue_before(cue, place)
    return np.where(before >= 0, before, cue_after(cue, place))

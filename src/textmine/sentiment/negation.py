"""Polarity of each found word after the negators and degree words before it and the denials after it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textmine.sentiment.found import Found
from textmine.sentiment.lexicon import KIND, Lexicon
from textmine.sentiment.model import Scalars

Reals = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
LOOK_BACK = 5  # found words
FAR = 1 << 30


@dataclass
class _Chain:
    """What the cues before each rated word make of it, and which cues were used up."""

    product: Reals
    denied: Flags
    used: Flags


def turned(found: Found, lexicon: Lexicon, *, scalars: Scalars) -> Reals:
    """Polarity of each found word as it stands in its clause; 0 for cues that another word used up.

    A negator or degree word acts on the next rated word of its clause, at most ``scope`` tokens on; chains multiply
    (不 很 好, 不是 不 好吃). A denial right after the word turns it (好吃 才怪), and so do scare quotes around praise.
    Blame that is denied is mild praise only (``denied_blame``). A negator that finds nothing to turn is itself a little
    negative (``bare_negator``, or its own polarity where the lexicon gives one).
    """
    kind, plain = lexicon.kind[found.word], lexicon.polarity[found.word]
    negator, degree = kind == KIND["negator"], kind == KIND["degree"]
    rated = (plain != 0) & ~negator & ~(degree & _stands_before(found, plain != 0))
    chain = _chain(found, rated, negator, degree, lexicon.factor[found.word], scope=scalars.scope)
    after = _stands_before(found, kind == KIND["after"])
    quoted = (plain > 0) & _stands_before(found, kind == KIND["close_quote"]) & _stands_after(found, kind == KIND["open_quote"])
    value = np.where(rated, plain * chain.product * np.where(after | quoted, -1.0, 1.0), 0.0)
    value = np.where((chain.denied | after) & (plain < 0) & (value > 0), value * scalars.denied_blame, value)
    bare = negator & ~chain.used
    value[bare] = np.where(plain[bare] != 0, plain[bare], scalars.bare_negator)
    return value


def _gap(found: Found) -> Ints:
    """Tokens between each found word and the one before it; ``FAR`` where the clause differs."""
    gap = np.full(len(found), FAR, np.int64)
    gap[1:] = np.where(found.clause[1:] == found.clause[:-1], found.first[1:] - found.last[:-1] - 1, FAR)
    return gap


def _stands_before(found: Found, other: Flags) -> Flags:
    """Words with an ``other`` right after them, at most one token between: 好 in 好 开心 is a degree, no rating."""
    stands = np.zeros(len(found), np.bool_)
    stands[:-1] = (_gap(found)[1:] <= 1) & other[1:]
    return stands


def _stands_after(found: Found, other: Flags) -> Flags:
    stands = np.zeros(len(found), np.bool_)
    stands[1:] = (_gap(found)[1:] <= 1) & other[:-1]
    return stands


def _chain(found: Found, rated: Flags, negator: Flags, degree: Flags, factor: Reals, *, scope: int) -> _Chain:
    """Walks back from all rated words at once, one found word a step, until a gap, another rated word or the clause's start."""
    n, gap = len(found), _gap(found)
    chain = _Chain(np.ones(n), np.zeros(n, np.bool_), np.zeros(n, np.bool_))
    here = np.flatnonzero(rated)
    for back in range(1, LOOK_BACK + 1):
        here = here[here >= back]
        here = here[(gap[here - back + 1] <= scope) & ~rated[here - back]]
        cue = here - back
        acts = negator[cue] | degree[cue]
        chain.product[here[acts]] *= factor[cue[acts]]
        chain.denied[here] |= negator[cue]
        chain.used[cue[acts]] = True
    return chain

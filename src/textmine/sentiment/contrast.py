"""How much each found word counts: more after 但是 or 总之, less before 但是 or after 虽然, more where a text begins."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from textmine.sentiment.cues import cue_before, opens_clause
from textmine.sentiment.found import Found
from textmine.sentiment.lexicon import KIND, Lexicon
from textmine.sentiment.model import Scalars

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
GRANTED = 0.25  # share of each word in 便宜是便宜: a concession said twice


def weights(found: Found, lexicon: Lexicon, polarity: Reals, *, scalars: Scalars) -> Reals:
    """Weight of each found word, 1 where nothing lifts or lowers it.

    After a contrast up to the end of its sentence ``after_contrast``, before it in the sentence ``before_contrast``, both
    towards 1 in texts with more than ``contrast_words`` rated words; in a concession at most the cue's factor; after a
    summing-up times ``summary``; in the first rated clause of the text times ``opening``.
    """
    kind = lexicon.kind[found.word]
    turn = (kind == KIND["contrast"]) | ((kind == KIND["contrast_first"]) & opens_clause(found))
    weight = _contrasted(found, turn, scalars) ** _share_in_long_texts(found, polarity, scalars)
    conceded = cue_before(kind == KIND["concession"], found.clause)
    weight = np.where(conceded >= 0, np.minimum(weight, lexicon.factor[found.word][np.maximum(conceded, 0)]), weight)
    weight = np.where(_granted(found, polarity), weight * GRANTED, weight)
    weight = np.where(cue_before(kind == KIND["summary"], found.sentence) >= 0, weight * scalars.summary, weight)
    return np.where(_opens_text(found, polarity), weight * scalars.opening, weight)


def _contrasted(found: Found, turn: Flags, scalars: Scalars) -> Reals:
    earlier = cue_before(turn, found.sentence) >= 0
    later = cue_before(turn[::-1], found.sentence[::-1])[::-1] >= 0
    return np.where(later & ~turn, scalars.before_contrast, np.where(earlier, scalars.after_contrast, 1.0))


def _share_in_long_texts(found: Found, polarity: Reals, scalars: Scalars) -> Reals:
    rated = np.bincount(found.doc, weights=polarity != 0, minlength=1)
    return scalars.contrast_words / np.maximum(rated, scalars.contrast_words)[found.doc]


def _opens_text(found: Found, polarity: Reals) -> Flags:
    """Words of the first clause of their text that holds a rated word."""
    rated = np.flatnonzero(polarity)
    docs, first = np.unique(found.doc[rated], return_index=True)
    opening = np.full(int(found.doc.max(initial=-1)) + 1, -1, np.int64)
    opening[docs] = found.clause[rated][first]
    return np.asarray(opening[found.doc] == found.clause)


def _granted(found: Found, polarity: Reals) -> Flags:
    """Both words of 便宜是便宜: the same rated word twice with one token between."""
    same = (found.word[1:] == found.word[:-1]) & (found.clause[1:] == found.clause[:-1])
    same &= found.first[1:] - found.last[:-1] == 2
    both = np.zeros(len(found), np.bool_)
    both[1:] |= same
    both[:-1] |= same
    both &= polarity != 0
    return both

"""Phrases of two parts: ``A…B`` is B soon after A in the same sentence."""

from __future__ import annotations

import numpy as np

from textmine.text.codepoints import Whole

GAP = 12  # most characters between the two parts


def find_pairs(surfaces: Whole, starts: Whole, ends: Whole, *, pairs: Whole, sentences: Whole) -> tuple[Whole, Whole, Whole]:
    """Row of ``pairs``, hit of A and hit of B for each pair found: of several As or Bs the nearest two.

    Parameters
    ----------
    surfaces, starts, ends : arrays
        Every place of every surface: its number, start and end, sorted by number and start.
    pairs : array of shape (n, 2)
        Numbers of A and B.
    sentences : array
        Sentence count at each character (clauses.count_openings with SENTENCE_ENDS).
    """
    bounds = np.searchsorted(surfaces, np.arange(int(pairs.max()) + 2))
    size = np.diff(bounds)
    found = [np.zeros((0, 3), np.int64)]
    for row in np.flatnonzero((size[pairs] > 0).all(axis=1)):
        left, right = pairs[row]
        a, b = _nearest(np.arange(bounds[left], bounds[left + 1]), np.arange(bounds[right], bounds[right + 1]), starts, ends)
        near = (starts[b] - ends[a] <= GAP) & (sentences[starts[a]] == sentences[starts[b]])
        found.append(np.column_stack([np.full(int(near.sum()), row), a[near], b[near]]))
    rows, firsts, seconds = np.concatenate(found).T
    return rows, firsts, seconds


def _nearest(a: Whole, b: Whole, starts: Whole, ends: Whole) -> tuple[Whole, Whole]:
    """For each A the next B that begins after it; of the As before one B the last."""
    following = np.searchsorted(starts[b], ends[a])
    a, following = a[following < len(b)], following[following < len(b)]
    last = np.append(following[1:] != following[:-1], True)[: len(a)]
    return a[last], b[following[last]]

"""Which of the phrases found in one place count: within a list the longest one."""

from __future__ import annotations

import numpy as np

from textmine.text.codepoints import Mask, Whole

_LONGEST = 1 << 12  # more than twice the characters of any phrase


def find_covered(lists: Whole, starts: Whole, ends: Whole, *, whole: Mask) -> Mask:
    """True for a span that lies wholly inside a longer one of the same list (好吃 in 不好吃).

    Spans of one list that are equal cover each other not: two labels may share a word. A part of an ``A…B`` phrase
    (``whole`` False) covers an equal span too, and nothing covers it.
    """
    # in half characters, so that a part reaches beyond an equal span
    low = 2 * starts - ~whole
    high = 2 * ends + ~whole
    if len(low) == 0:
        return np.zeros(0, np.bool_)
    room = int(high.max()) + 2
    keys = (lists * room + low + 1) * _LONGEST + (_LONGEST - 1 - (high - low))
    spans, which = np.unique(keys, return_inverse=True)  # by list, start, longest first
    place = spans // _LONGEST
    reach = place + _LONGEST - 1 - spans % _LONGEST  # the end; lists lie `room` apart
    before = np.concatenate([np.array([-1]), np.maximum.accumulate(reach)[:-1]])
    covered: Mask = (before >= reach)[which] & whole
    return covered

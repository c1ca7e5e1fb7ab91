"""Where clauses and sentences begin: one rule for tokens, phrases and every stage that counts clauses."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from textmine.text.codepoints import Codes, JoinedTexts, Mask, Whole, beside, blank, is_digit, is_letter, mark

CLAUSE_ENDS = "，。！？；,!?;:：…\n"
SENTENCE_ENDS = "。！？；!?;…\n"  # a comma or colon goes on with the same sentence
_IN_FIGURES = ",:"  # 1,000 and 12:30 are one figure


def count_openings(joined: JoinedTexts, *, ends: str = CLAUSE_ENDS) -> Whole:
    """Number of clauses opened up to and with each character of the joined text.

    A clause opens at the first character that is neither blank nor an end mark, at the start of a document and after
    end marks; a run of end marks opens nothing. ``,`` and ``:`` between two digits end nothing, nor does ``、``; a full
    stop ``.`` ends a clause unless an ASCII letter or digit stands before it (好吃.下次 does, 3.5 and t.cn do not).
    Two characters of one document are in the same clause where the numbers are equal.
    """
    closing = _closing(joined.codes, ends)
    solid = np.flatnonzero(closing | ~blank(joined.codes))
    closed = closing[solid]
    opens = ~closed
    opens[1:] &= closed[:-1]
    marks = np.zeros(len(joined.codes), np.int64)
    marks[solid[opens]] = 1
    return np.cumsum(marks)


def number_clauses(openings: Whole, joined: JoinedTexts, positions: Whole, documents: Whole) -> npt.NDArray[np.int32]:
    """Clause number, from 0 in each document, of the character positions, whose documents are given."""
    before = np.concatenate([np.zeros(1, np.int64), openings])[joined.starts]
    numbers: Whole = openings[positions] - before[documents] - 1
    return numbers.clip(min=0).astype(np.int32)


def _closing(codes: Codes, ends: str) -> Mask:
    """True at each end mark."""
    closing = mark(codes, ends)
    figure = np.flatnonzero(mark(codes, _IN_FIGURES))
    closing[figure[is_digit(beside(codes, figure - 1)) & is_digit(beside(codes, figure + 1))]] = False
    stops = np.flatnonzero(mark(codes, "."))
    before = beside(codes, stops - 1)
    closing[stops[~(is_digit(before) | is_letter(before))]] = True
    return closing

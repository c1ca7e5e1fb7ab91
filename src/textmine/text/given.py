"""Columns a source gives beside the words: what may name a person in them is masked, the rest goes through."""

from __future__ import annotations

import pandas as pd

from textmine.text.mask import mask_column
from textmine.text.mask_maps import mask_maps

RAW = ["text", "staff_text", "had_turns"]  # the words themselves go another way
FREE_TEXT = ["question", "segment", "team", "product", "region", "status"]  # may hold a name or a number
NUMBERS = ["source_ref", "answer_id"]  # a number of the source stays, so that people can act on it ...
# ... unless it is a mobile, an identity card or an e-mail address; <...@...> is the number of a mail
PERSONAL_NUMBER = r"(?:\+?86)?1[3-9]\d{9}|[1-9]\d{16}[\dXx]|[^<].*@.*"


def mask_given(feedback: pd.DataFrame) -> pd.DataFrame:
    """The feedback without its words, personal data in FREE_TEXT, NUMBERS and ``attributes`` masked; index from 0."""
    given = feedback.drop(columns=RAW).reset_index(drop=True)
    given[FREE_TEXT] = given[FREE_TEXT].apply(mask_column)
    for name in NUMBERS:
        given[name] = given[name].mask(given[name].str.fullmatch(PERSONAL_NUMBER, na=False), "NUM")
    given["attributes"] = mask_maps(given["attributes"])
    return given

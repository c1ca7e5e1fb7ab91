"""Columns a source gives beside the words: what may name a person in them is masked, the rest goes through."""

from __future__ import annotations

import pandas as pd

from textmine.text.mask import mask_column, mask_texts
from textmine.text.mask_maps import mask_maps

RAW = ["text", "staff_text", "had_turns"]  # the words themselves go another way
FREE_TEXT = ["question", "segment", "team", "product", "region", "status"]  # may hold a name or a number
NUMBERS = ["source_ref", "answer_id"]  # a number of the source stays, so that people can act on it ...
PLAIN_NUMBER = r"[A-Za-z_\-]{0,8}\d{0,10}|[0-9a-fA-F\-]{32,36}|<.*>"  # ... as a code, a UUID or a mail's <number>
IMPERSONAL = ("NUM", "CARD", "CREDITCODE")  # ... or a long run of digits, as orders have them


def mask_given(feedback: pd.DataFrame) -> pd.DataFrame:
    """The feedback without its words, personal data in FREE_TEXT, NUMBERS and ``attributes`` masked; index from 0."""
    given = feedback.drop(columns=RAW).reset_index(drop=True)
    given[FREE_TEXT] = given[FREE_TEXT].apply(mask_column)
    for name in NUMBERS:
        given[name] = _masked_numbers(given[name])
    given["attributes"] = mask_maps(given["attributes"])
    return given


def _masked_numbers(column: pd.Series) -> pd.Series:
    """The column with what names a person masked: a phone, an identity card, an address of mail, a name."""
    doubted = column[column.notna() & ~column.str.fullmatch(PLAIN_NUMBER, na=False)]
    if doubted.empty:
        return column
    texts, found = mask_texts(doubted.tolist())
    personal = [bool(set(masks) - set(IMPERSONAL)) for masks in found]
    masked = pd.Series(texts, index=doubted.index, dtype="str")[personal]
    return column.where(~column.index.isin(masked.index), masked.reindex(column.index))

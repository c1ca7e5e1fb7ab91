"""Feedback in, documents out: from here on no raw text and no raw personal data exist."""

from __future__ import annotations

import logging
from collections import Counter

import pandas as pd

from textmine.errors import ContractError
from textmine.text.cleaner import Cleaner
from textmine.text.mask import mask_texts
from textmine.text.normal import normal_forms
from textmine.text.replies import part_replies
from textmine.text.validity import judge

READ = ("feedback_id", "text", "staff_text", "had_turns")
log = logging.getLogger(__name__)


def make_documents(feedback: pd.DataFrame, *, cleaner: Cleaner) -> pd.DataFrame:
    """Documents of the feedback, one row each in the same order, index from 0.

    Reads ``feedback_id``, ``text``, ``staff_text`` (raw, missing allowed) and ``had_turns``. Returns ``feedback_id``;
    ``text``, masked normal form, "" where there is none; ``language`` (zh, en, other; missing without letters);
    ``validity`` (``tables.VALIDITIES``); ``notes``, a list of what cleaning did (``mojibake_repaired``, ``mojibake``,
    ``truncated``, ``masked:PHONE`` ...); ``staff_text``, masked normal form or missing (the house's reply found in the text).

    Raises
    ------
    ContractError
        If a column is missing.
    """
    if missing := [name for name in READ if name not in feedback.columns]:
        raise ContractError("columns are missing", where="feedback", got=missing, allowed=READ)
    cleaned, notes = clean_texts(_raw(feedback["text"]), cleaner=cleaner)
    texts, replies = part_replies(cleaned)
    staff = feedback["staff_text"].reset_index(drop=True)
    said = staff.dropna()
    staff.loc[said.index] = clean_texts(_raw(said), cleaner=cleaner)[0]
    staff = staff.where(staff.notna(), pd.Series(replies, dtype="str"))
    turns = feedback["had_turns"].fillna(False).to_numpy(dtype=bool).tolist()
    validities, languages = judge(texts, turns, cleaner=cleaner)
    counts = ", ".join(f"{count} {name}" for name, count in sorted(Counter(validities).items()))
    log.info("cleaned: %d documents, %s", len(texts), counts)
    return pd.DataFrame(
        {
            "feedback_id": feedback["feedback_id"].to_numpy(),
            "text": pd.array(texts, dtype="str"),
            "language": pd.array(languages, dtype="str"),
            "validity": pd.array(validities, dtype="str"),
            "notes": pd.Series(notes, dtype=object),
            "staff_text": staff.astype("str"),
        }
    )


def clean_texts(raw: list[str | None], *, cleaner: Cleaner) -> tuple[list[str], list[list[str]]]:
    """Masked normal form of each text, and the notes on it."""
    forms, notes = normal_forms(raw, simplify=cleaner.simplify)
    masked, kinds = mask_texts(forms)
    return masked, [[*note, *(f"masked:{kind}" for kind in found)] for note, found in zip(notes, kinds, strict=True)]


def _raw(column: pd.Series) -> list[str | None]:
    missing = column.isna().to_numpy().tolist()
    return [None if gone else str(value) for gone, value in zip(missing, column.to_numpy(dtype=object), strict=True)]

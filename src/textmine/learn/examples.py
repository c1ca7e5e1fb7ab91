"""Labelled rows, whatever file they come from: one frame that every learner and every measurement reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import pandas as pd

from textmine.errors import ContractError
from textmine.tables import INTENTS, PRIORITIES, SENTIMENTS

ROLES = ("train", "gold", "text")  # text: words without labels, for topics and for learning without labels
LABELS = ("sentiment", "categories", "primary_category", "intent", "priority", "aspect", "polarity")
EXAMPLE_COLUMNS = ("text", "source", "role", "weight", "created_at", *LABELS)
CODES = {"sentiment": SENTIMENTS, "polarity": SENTIMENTS, "intent": INTENTS, "priority": PRIORITIES}
# columns whose label is one of the taxonomy's categories
BY_TAXONOMY = ("categories", "primary_category", "aspect")


def make_examples(rows: pd.DataFrame, *, source: str = "labels", role: str = "train", weight: float = 1.0) -> pd.DataFrame:
    """Examples of labelled rows, index from 0: the columns that are missing are added, others left out.

    Columns: ``text`` (str, raw), ``source`` (str, group of evaluation), ``role`` (ROLES; gold is measured and never trained
    on), ``weight`` (float64), ``created_at`` (datetime64 UTC, NaT where unknown), and the labels, null where not given:
    ``sentiment`` and ``polarity`` (neg, neu, pos), ``categories`` (object: list of codes), ``primary_category``, ``intent``,
    ``priority``, ``aspect`` (str). A primary category without a list is a list of one.

    Raises
    ------
    ContractError
        If there is no text column, or a role is not known.
    """
    if "text" not in rows:
        raise ContractError("no text column", where="examples", got=[str(name) for name in rows.columns], allowed=EXAMPLE_COLUMNS)
    n = len(rows)
    given = rows.reset_index(drop=True)
    blank = {"source": [source] * n, "role": [role] * n, "weight": [weight] * n, "created_at": [None] * n}
    made = {name: given[name] if name in given else pd.Series(blank.get(name, [None] * n)) for name in EXAMPLE_COLUMNS}
    frame = pd.DataFrame(made, index=pd.RangeIndex(n))
    if strange := sorted(set(frame["role"]) - set(ROLES)):
        raise ContractError("no such role", where="examples", got=strange, allowed=ROLES)
    words = {name: "str" for name in EXAMPLE_COLUMNS if name not in ("weight", "created_at", "categories")}
    frame = frame.astype(words | {"weight": "float64"})
    frame["created_at"] = pd.to_datetime(frame["created_at"], utc=True)
    frame["categories"] = _lists(frame["categories"], frame["primary_category"])
    return frame


def join_examples(frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """All examples in one frame, index from 0."""
    joined = pd.concat([make_examples(pd.DataFrame({"text": []})), *frames], ignore_index=True)
    return make_examples(joined)


def text_digest(text: str) -> str:
    """SHA-256, in hexadecimal, of the text with every run of white space as one space and none at its ends."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "replace")).hexdigest()


def is_labelled(examples: pd.DataFrame, column: str) -> pd.Series:
    """True where the row has a label of this kind."""
    return examples[column].notna()


def _lists(categories: pd.Series, primary: pd.Series) -> pd.Series:
    lists = [
        list(given) if _is_list(given) else [main] if isinstance(main, str) else None
        for given, main in zip(categories.tolist(), primary.tolist(), strict=True)
    ]
    return pd.Series(lists, index=categories.index, dtype=object)


def _is_list(value: object) -> bool:
    return isinstance(value, Iterable) and not isinstance(value, str)

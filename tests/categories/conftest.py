"""Hits and documents written by hand for the tests of categories."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import pytest

Hit = tuple[object, ...]
COLUMNS = ["doc", "clause", "start", "end", "list", "label", "words", "weight", "negated"]


@pytest.fixture
def hits_of() -> Callable[..., pd.DataFrame]:
    """Hits from rows (doc, clause, start, list, label, words, weight[, negated])."""

    def build(*rows: Hit) -> pd.DataFrame:
        full = [
            (doc, clause, start, start + len(words), kind, label, words, weight, *(rest or (False,)))
            for doc, clause, start, kind, label, words, weight, *rest in rows
        ]
        frame = pd.DataFrame(full, columns=COLUMNS)
        kinds = {"doc": "int32", "clause": "int32", "start": "int32", "end": "int32", "list": "category", "label": "category"}
        return frame.astype(kinds | {"words": "category", "weight": "float32", "negated": "bool"})

    return build


@pytest.fixture
def documents_of() -> Callable[..., pd.DataFrame]:
    """Documents of the texts, valid unless said otherwise."""

    def build(
        texts: Sequence[str],
        *,
        validity: Sequence[str] | None = None,
        staff: Sequence[str | None] | None = None,
        notes: Sequence[list[str]] | None = None,
    ) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "text": pd.Series(list(texts), dtype="str"),
                "validity": pd.Series(list(validity or ["ok"] * len(texts)), dtype="str"),
                "staff_text": pd.Series(list(staff or [None] * len(texts)), dtype="str"),
                "notes": pd.Series(list(notes or [[] for _ in texts]), dtype="object"),
            }
        )

    return build

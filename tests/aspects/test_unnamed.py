"""Clauses without a word of the taxonomy get the aspect of a clear head; without learned aspects nothing changes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from textmine.aspects.model import AspectModel
from textmine.aspects.unnamed import name_clauses
from textmine.heads.model import LinearHeads
from textmine.heads.score import score_heads
from textmine.text.ngrams import hash_ngrams

MODEL = AspectModel({"price": 0.5, "space": 0.5}, {"price": "price.level", "space": "space.rear"})
# one document, two clauses: 坐着 宽敞 | 掏钱 肉疼
TOKENS = pa.table(
    {
        "doc": pa.array([0, 0, 0, 0], pa.int32()),
        "clause": pa.array([0, 0, 1, 1], pa.int32()),
        "start": pa.array([0, 2, 5, 7], pa.int32()),
        "token": ["坐着", "宽敞", "掏钱", "肉疼"],
    }
)


def _heads() -> LinearHeads:
    """A head for space that weighs the word 宽敞 alone, and one for price that weighs 肉疼 and, less, 掏钱."""
    buckets = hash_ngrams(TOKENS, n_documents=1, bits=12).orders[4].buckets
    weights = np.zeros((1 << 12, 2), np.float32)
    weights[buckets[3], 0], weights[buckets[2], 0], weights[buckets[1], 1] = 9.0, 5.0, 8.0
    return LinearHeads.of(("aspect.price", "aspect.space"), weights, np.array([-1.0, -1.0]))


def _hits(*rows: tuple[int, int, int, str, str]) -> pd.DataFrame:
    frame = pd.DataFrame(
        [(doc, clause, start, "category", label, words) for doc, clause, start, label, words in rows],
        columns=["doc", "clause", "start", "list", "label", "words"],
    )
    return frame.astype(
        dict.fromkeys(["doc", "clause", "start"], "int32") | dict.fromkeys(["list", "label", "words"], "category")
    )


def _named(hits: pd.DataFrame, model: AspectModel | None = MODEL) -> list[tuple[object, ...]]:
    ngrams, heads = hash_ngrams(TOKENS, n_documents=1, bits=12), _heads()
    found = name_clauses(hits, TOKENS, ngrams, score_heads(ngrams, heads), heads=heads, model=model, fallback="other.general")
    return [(row.clause, row.start, row.label, row.words) for row in found.itertuples()]


def test_a_clause_without_a_word_gets_the_aspect_of_its_head_with_the_words_that_weigh_most() -> None:
    assert _named(_hits()) == [(0, 2, "space.rear", "宽敞"), (1, 5, "price.level", "掏钱"), (1, 7, "price.level", "肉疼")]


def test_a_clause_that_a_word_names_keeps_its_own_aspect() -> None:
    own = (0, 0, 0, "comfort.seat", "坐着")
    assert _named(_hits(own)) == [
        (0, 0, "comfort.seat", "坐着"),
        (1, 5, "price.level", "掏钱"),
        (1, 7, "price.level", "肉疼"),
    ]


def test_a_word_of_the_fallback_names_nothing() -> None:
    assert (0, 2, "space.rear", "宽敞") in _named(_hits((0, 0, 0, "other.general", "坐着")))


def test_a_head_below_its_threshold_is_not_clear() -> None:
    unsure = AspectModel({"price": 99.0, "space": 99.0}, MODEL.labels)
    assert _named(_hits(), unsure) == []


def test_without_learned_aspects_the_hits_stay_as_they_are() -> None:
    assert _named(_hits((0, 0, 0, "comfort.seat", "坐着")), None) == [(0, 0, "comfort.seat", "坐着")]

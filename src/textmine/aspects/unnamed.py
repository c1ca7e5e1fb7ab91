"""Clauses that no word of the taxonomy names an aspect of, but a learned head does: its strongest words stand as hits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.aspects.model import TASK, AspectModel

if TYPE_CHECKING:  # only the types: heads, text and aspects stay siblings
    from textmine.heads.model import LinearHeads
    from textmine.heads.score import HeadScores
    from textmine.text.ngrams import Ngrams

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
LIST = "category"
READ = ("doc", "clause", "start", "list", "label", "words")
WORDS_ORDER = 4  # the single words among the orders of the n-grams: one bucket a token
MOST = 3  # words of a clause at most


def name_clauses(
    hits: pd.DataFrame,
    tokens: pa.Table,
    ngrams: Ngrams,
    scores: HeadScores,
    *,
    heads: LinearHeads,
    model: AspectModel | None,
    fallback: str,
) -> pd.DataFrame:
    """The hits, and further ones for clauses without a hit of list ``category``; only the columns of ``READ``.

    Reads ``doc``, ``clause``, ``start``, ``token`` of tokens (one row a token of the n-grams). A clause is of the aspect whose
    head scores highest in it, where that reaches the head's threshold; the score is that of a document of this clause alone. Its
    hits are the one to three words of two characters and more that weigh most in the head, or none. The very
    hits where the bundle has no learned aspects. ``fallback``: label that is no aspect.
    """
    if model is None or not len(scores.doc):
        return hits
    codes = [code for code in scores.codes(TASK) if code in model.thresholds]
    places = np.array([heads.names.index(f"{TASK}{code}") for code in codes], dtype=np.int64)
    value = scores.clauses[:, places] / np.sqrt(np.maximum(ngrams.sizes, 1))[:, None] + heads.bias[places]
    best = value.argmax(axis=1)
    clear = value[np.arange(len(value)), best] >= np.array([model.thresholds[code] for code in codes])[best]
    clear &= ~_named(hits, scores, fallback=fallback)
    labels = [model.labels[code] for code in codes]
    found = _words(np.flatnonzero(clear), best, tokens, ngrams, heads, places, labels)
    kept = hits[list(READ)]
    return _joined(kept, found) if len(found) else kept


def _named(hits: pd.DataFrame, scores: HeadScores, *, fallback: str) -> Bools:
    """Clauses of the scores that a hit names an aspect of."""
    own = hits[(hits["list"] == LIST) & (hits["label"] != fallback)]
    room = int(max(scores.clause.max(initial=0), own["clause"].max() if len(own) else 0)) + 1
    place = scores.doc.astype(np.int64) * room + scores.clause
    return np.isin(place, own["doc"].to_numpy(np.int64) * room + own["clause"].to_numpy(np.int64))


def _words(
    clauses: Ints, best: Ints, tokens: pa.Table, ngrams: Ngrams, heads: LinearHeads, places: Ints, labels: list[str]
) -> pd.DataFrame:
    """The words that weigh most in the best head of each of the clauses (positions in the n-grams), as hits."""
    order = ngrams.orders[WORDS_ORDER]
    sizes = np.diff(order.offsets)[clauses]
    owner = np.repeat(np.arange(len(clauses)), sizes)
    token = np.arange(len(owner)) - np.repeat(np.cumsum(sizes) - sizes, sizes) + np.repeat(order.offsets[clauses], sizes)
    head = best[clauses][owner]
    weight = heads.table[heads.rows[order.buckets[token]], places[head]].astype(np.float64)
    words = tokens["token"].take(pa.array(token)).combine_chunks()
    spoken = pc.match_substring_regex(words, r"^[\p{L}\p{N}]{2,}$").to_numpy(zero_copy_only=False).astype(np.bool_)
    kept = _heaviest(owner, np.where(spoken, weight, 0.0))
    return pd.DataFrame(
        {
            "doc": ngrams.doc[clauses][owner[kept]],
            "clause": ngrams.clause[clauses][owner[kept]],
            "start": tokens["start"].to_numpy()[token[kept]].astype(np.int32),
            "list": pd.Categorical([LIST] * len(kept)),
            "label": pd.Categorical.from_codes(head[kept], categories=pd.Index(labels)),
            "words": pd.Categorical(words.take(pa.array(kept)).to_pandas()),
        }
    )


def _heaviest(owner: Ints, weight: Reals) -> Ints:
    """Places of the ``MOST`` largest weights above 0 of each owner."""
    order = np.lexsort((-weight, owner))
    opens = np.flatnonzero(np.diff(owner[order], prepend=-1))
    rank = np.arange(len(owner)) - np.repeat(opens, np.diff(np.append(opens, len(owner))))
    chosen: Ints = np.sort(order[(rank < MOST) & (weight[order] > 0)])
    return chosen


def _joined(hits: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            name: _together(hits[name], found[name])
            if name in ("list", "label", "words")
            else np.concatenate([hits[name].to_numpy(), found[name].to_numpy()])
            for name in READ
        }
    )


def _together(one: pd.Series, other: pd.Series) -> pd.Categorical:
    """Both columns of categories as one; an empty column may have categories of another type, which unites with none."""
    names = list(dict.fromkeys([*map(str, one.cat.categories), *map(str, other.cat.categories)]))
    number = {name: place for place, name in enumerate(names)}
    known = [np.array([number[str(name)] for name in part.cat.categories], np.int64) for part in (one, other)]
    codes = np.concatenate(
        [place[part.cat.codes.to_numpy()] for place, part in zip(known, (one, other), strict=True) if len(part)]
    )
    return pd.Categorical.from_codes(codes, categories=pd.Index(names, dtype="str"))

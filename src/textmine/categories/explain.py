"""Words behind a label that no word list speaks for: those of the text that weigh most in the label's head."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from pandas.api.types import union_categoricals

from textmine.categories.lists import Bools, Ints, Reals
from textmine.categories.mentions import of_list

if TYPE_CHECKING:  # only the types: heads, text and categories stay siblings
    from textmine.heads.model import LinearHeads
    from textmine.text.ngrams import Ngrams

WORDS_ORDER = 4  # the single words among the orders of the n-grams: one bucket a token
MOST, LEAST_SHARE = 3, 0.4  # words of a label at most; weight of a word, as a share of the heaviest's
READ = ("doc", "start", "list", "label", "words", "negated")


def explain_labels(
    tokens: pa.Table,
    ngrams: Ngrams,
    hits: pd.DataFrame,
    *,
    heads: LinearHeads,
    subcategories: pd.Series,
    intents: pd.Series,
    urgencies: pd.Series | None = None,
) -> pd.DataFrame:
    """The hits, and a further one for each word that explains a label without hits; only the columns of ``READ``.

    Reads ``doc``, ``start``, ``token`` of tokens. A category's words are weighed by the head "category.<code>" ("primary.<code>"
    where there is none), an intent's by "intent.<code>", an urgency's by "urgency.<code>": the one to three heaviest of two
    characters and more, with at least ``LEAST_SHARE`` of the weight of the heaviest. A label without a head, or without any
    word that speaks for it, gets none.
    """
    kept = hits[list(READ)]
    found = [
        _explained(tokens, ngrams, heads, *_bare(column, hits, kind), kind)
        for kind, column in (("category", subcategories), ("intent", intents), ("urgency", urgencies))
        if column is not None
    ]
    more = [frame for frame in found if len(frame)]
    if not more:
        return kept
    joined = {
        name: union_categoricals([kept[name], *(frame[name] for frame in more)])
        if name in ("list", "label", "words")
        else np.concatenate([kept[name].to_numpy(), *(frame[name].to_numpy() for frame in more)])
        for name in READ
    }
    return pd.DataFrame(joined)


def _bare(column: pd.Series, hits: pd.DataFrame, kind: str) -> tuple[Ints, Ints, list[str]]:
    """Document and label of each given label that no hit speaks for, and what the numbers of the labels stand for."""
    values = pa.array(column)
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    listed = pa.types.is_list(values.type)
    rows = pc.list_parent_indices(values).to_numpy() if listed else np.arange(len(values))
    coded = (values.flatten() if listed else values.cast(pa.string())).dictionary_encode()
    names = [str(name) for name in coded.dictionary.to_pylist()]
    given = coded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
    rows, given = rows[given >= 0].astype(np.int64), given[given >= 0]
    number = {name: place for place, name in enumerate(names)}
    known = np.array([number.get(str(label), -1) for label in hits["label"].cat.categories] or [-1], dtype=np.int64)
    label = known[hits["label"].cat.codes.to_numpy()]
    speaks = (label >= 0) & of_list(hits, kind=kind) & ((kind == "category") | ~hits["negated"].to_numpy(dtype=np.bool_))
    width = max(len(names), 1)
    told = np.zeros((int(rows.max(initial=-1)) + 1) * width, dtype=np.bool_)
    cells = hits["doc"].to_numpy(dtype=np.int64)[speaks] * width + label[speaks]
    told[cells[cells < len(told)]] = True
    bare = ~told[rows * width + given]
    return rows[bare], given[bare], names


def _explained(
    tokens: pa.Table, ngrams: Ngrams, heads: LinearHeads, rows: Ints, given: Ints, names: list[str], kind: str
) -> pd.DataFrame:
    """Hits of the words that weigh most for each label given."""
    column = np.array([_head(heads, name, kind) for name in names] or [-1], dtype=np.int64)
    rows, given = rows[column[given] >= 0], given[column[given] >= 0]
    doc, buckets = tokens["doc"].to_numpy(), ngrams.orders[WORDS_ORDER].buckets
    first, end = np.searchsorted(doc, rows), np.searchsorted(doc, rows, side="right")
    pair = np.repeat(np.arange(len(rows)), end - first)
    place = np.arange(len(pair)) - np.repeat(np.cumsum(end - first) - (end - first), end - first) + np.repeat(first, end - first)
    weight = heads.table[heads.rows[buckets[place]], column[given][pair]].astype(np.float64) if len(pair) else np.zeros(0)
    words = tokens["token"].take(pa.array(place)).combine_chunks()
    kept = np.flatnonzero((weight > 0) & _worded(words))
    kept = kept[_heaviest(pair[kept], weight[kept])]
    return pd.DataFrame(
        {
            "doc": rows[pair[kept]],
            "start": tokens["start"].to_numpy()[place[kept]],
            "list": pd.Categorical([kind] * len(kept)),
            "label": pd.Categorical(np.array(names, dtype=object)[given[pair[kept]]]),
            "words": pd.Categorical(words.take(pa.array(kept)).to_pandas()),
            "negated": np.zeros(len(kept), dtype=np.bool_),
        }
    )


def _head(heads: LinearHeads, label: str, kind: str) -> int:
    """Column of the head that weighs words for a label, -1 without."""
    code = label.partition(".")[0]
    wanted = (f"category.{code}", f"primary.{code}") if kind == "category" else (f"{kind}.{code}",)
    return next((heads.names.index(name) for name in wanted if name in heads.names), -1)


def _worded(words: pa.Array) -> Bools:
    """Words of two characters and more, none of them punctuation."""
    return np.asarray(pc.match_substring_regex(words, r"^[\p{L}\p{N}]{2,}$").to_numpy(zero_copy_only=False), dtype=np.bool_)


def _heaviest(pair: Ints, weight: Reals) -> Ints:
    """Places of the words of each pair that are kept."""
    order = np.lexsort((np.arange(len(pair)), -weight, pair))
    opens = np.flatnonzero(np.diff(pair[order], prepend=-1))
    sizes = np.diff(np.append(opens, len(pair)))
    rank = np.arange(len(pair)) - np.repeat(opens, sizes)
    best = np.repeat(weight[order][opens], sizes)
    return order[(rank < MOST) & (weight[order] >= LEAST_SHARE * best)]

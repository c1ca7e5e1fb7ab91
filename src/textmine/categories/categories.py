"""What a text speaks of: categories and second level by weak rules, from the words of the taxonomy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from textmine.categories.lists import Bools, Ints, Reals, by_score, code_column, list_column
from textmine.categories.mentions import read_mentions
from textmine.categories.votes import clause_votes, fronted, margin_confidence
from textmine.taxonomy import Taxonomy

LIST = "category"


def assign_categories(
    documents: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    taxonomy: Taxonomy,
    min_score: float = 0.5,
    min_share: float = 0.25,
    front: float = 0.5,
) -> pd.DataFrame:
    """Categories of each document, strongest first, by the words of the taxonomy alone.

    Reads ``text`` and ``validity`` of ``documents`` and the hits of list ``category``. A hit counts its weight, up to ``front``
    more the nearer it stands to the beginning; a clause votes once for a category, with its heaviest hit; a negated mention is
    a mention (没有破损 speaks of logistics). Categories below ``min_score`` or ``min_share`` of the strongest are left out.

    Parameters
    ----------
    min_score, min_share, front : float
        SOURCE: chosen on one half of the analyst gold set (97 texts) and measured on the other half.

    Returns
    -------
    pandas.DataFrame
        One row per document: ``categories`` and ``subcategories`` (list<string>, strongest first), ``primary_category``,
        ``category_confidence`` in [0.5, 1), which grows with the margin between the first and the second category. A valid
        text that matches nothing is of the fallback category, with its last second level and confidence 0.5. Where
        ``validity`` is not ok the lists are empty, the category null and the confidence NaN.
    """
    length = len(documents)
    owner = np.repeat(np.arange(len(taxonomy.categories)), [len(category.subcategories) for category in taxonomy.categories])
    names, labels = [category.code for category in taxonomy.categories], taxonomy.labels
    mentions = read_mentions(hits, kind=LIST, labels=labels)
    valid = documents["validity"].eq("ok").to_numpy(dtype=np.bool_)
    votes = mentions.weight * fronted(documents["text"], mentions, front=front)
    sub_scores = clause_votes(mentions, mentions.label, votes, shape=(length, len(labels)))
    last = labels.index(taxonomy.fallback_label)
    named = mentions.label != last
    scores = clause_votes(mentions, owner[mentions.label], np.where(named, votes, 0.0), shape=(length, len(names)))
    return _decided(scores, sub_scores, valid, owner, (names, labels, last), min_score=min_score, min_share=min_share)


def _decided(
    scores: Reals,
    sub_scores: Reals,
    valid: Bools,
    owner: Ints,
    codes: tuple[Sequence[str], Sequence[str], int],
    *,
    min_score: float,
    min_share: float,
) -> pd.DataFrame:
    names, labels, last = codes
    length, top = len(scores), scores.max(axis=1, initial=0.0)
    chosen = (scores >= min_score) & (scores >= min_share * top[:, None]) & valid[:, None]
    lost = valid & ~chosen.any(axis=1)
    # the score of the fallback is there only to be chosen; it is no evidence
    chosen[lost, owner[last]] = True
    scores = np.where(lost[:, None], 0.0, scores)
    sub_chosen = _subs_of(chosen, sub_scores, owner, min_share=min_share)
    sub_chosen[:, last] = False
    sub_chosen[:, last] = lost & ~sub_chosen.any(axis=1)
    rows, columns = by_score(chosen, scores)
    sub_rows, sub_columns = by_score(sub_chosen, sub_scores)
    return pd.DataFrame(
        {
            "categories": list_column(rows, columns, names=names, length=length),
            "subcategories": list_column(sub_rows, sub_columns, names=labels, length=length),
            "primary_category": _firsts(rows, columns, names=names, length=length),
            "category_confidence": np.where(valid, margin_confidence(scores), np.nan),
        }
    )


def _subs_of(chosen: Bools, sub_scores: Reals, owner: Ints, *, min_share: float) -> Bools:
    """Second level of the chosen categories: the strongest of each, and what has at least ``min_share`` of its score."""
    best = np.stack([sub_scores[:, owner == place].max(axis=1, initial=0.0) for place in range(chosen.shape[1])], axis=1)
    floor = np.maximum(min_share * best, 1e-4)[:, owner]
    return np.asarray(chosen[:, owner] & (sub_scores >= floor))


def _firsts(rows: Ints, columns: Ints, *, names: Sequence[str], length: int) -> pd.Series:
    """Name of the first value of each document, missing where it has none."""
    codes = np.full(length, -1, dtype=np.int64)
    codes[rows[::-1]] = columns[::-1]
    return code_column(codes, names=names)

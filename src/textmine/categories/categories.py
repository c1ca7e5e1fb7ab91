"""What a text speaks of: categories and second level, by a learned decision where there is one, else by weak rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from textmine.categories.ballots import FRONT, Ballots, count_ballots
from textmine.categories.clues import Clues
from textmine.categories.decision import sigmoid, softmax
from textmine.categories.lists import Bools, Ints, Reals, by_score, code_column, list_column
from textmine.categories.model import CategoryModel
from textmine.categories.votes import margin_confidence
from textmine.taxonomy import Taxonomy

if TYPE_CHECKING:  # only the type: heads and categories stay siblings
    from textmine.heads.score import HeadScores


def assign_categories(
    documents: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    taxonomy: Taxonomy,
    min_score: float = 0.5,
    min_share: float = 0.25,
    front: float = FRONT,
) -> pd.DataFrame:
    """Categories of each document, strongest first, by the words of the taxonomy alone.

    Reads ``text`` and ``validity`` of ``documents`` and the hits of list ``category``, see ``count_ballots``. Categories below
    ``min_score`` or ``min_share`` of the strongest are left out.

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
    ballots = count_ballots(documents, hits, taxonomy=taxonomy, front=front)
    return vote_categories(documents, ballots, min_score=min_score, min_share=min_share)


def vote_categories(
    documents: pd.DataFrame, ballots: Ballots, *, min_score: float = 0.5, min_share: float = 0.25
) -> pd.DataFrame:
    """Categories by the ballots alone, as ``assign_categories`` has them."""
    scores, valid = ballots.scores, documents["validity"].eq("ok").to_numpy(dtype=np.bool_)
    top = scores.max(axis=1, initial=0.0)
    chosen = (scores >= min_score) & (scores >= min_share * top[:, None]) & valid[:, None]
    lost = valid & ~chosen.any(axis=1)
    # the score of the fallback is there only to be chosen; it is no evidence
    chosen[lost, ballots.owner[ballots.last]] = True
    scores = np.where(lost[:, None], 0.0, scores)
    subs = _subs_of(chosen, ballots.sub_scores, ballots.owner, min_share=min_share)
    subs[:, ballots.last] = False
    subs[:, ballots.last] = lost & ~subs.any(axis=1)
    return _table(chosen, scores, subs, np.where(valid, margin_confidence(scores), np.nan), ballots)


def decide_categories(
    documents: pd.DataFrame, ballots: Ballots, clues: Clues, heads: HeadScores, *, model: CategoryModel, min_share: float = 0.25
) -> pd.DataFrame:
    """Categories by the learned decision; columns as of ``assign_categories``.

    Reads the heads ``primary.`` and ``category.``. The primary category is the one with the highest probability, and first of the
    list; the others are those whose probability of being spoken of reaches their threshold. Every category has a second level: by
    its words, else the one its texts have most often. ``category_confidence`` in [0, 1] is calibrated: the share of right
    primary categories to be expected.
    """
    rows, valid = np.arange(len(documents)), documents["validity"].eq("ok").to_numpy(dtype=np.bool_)
    sure = softmax(model.primary.odds(clues, heads.columns("primary.")))
    best = sure.argmax(axis=1)
    spoken = sure.copy()
    chosen = np.zeros(sure.shape, dtype=np.bool_)
    if model.mentioned is not None:
        spoken = sigmoid(model.mentioned.odds(clues, heads.columns("category.")))
        chosen = spoken >= np.array(model.thresholds)
    chosen[rows, best] = True
    chosen &= valid[:, None]
    spoken[rows, best] = 2.0  # the primary is first whatever the others have
    subs = _with_default(_subs_of(chosen, ballots.sub_scores, ballots.owner, min_share=min_share), chosen, ballots, model)
    confidence = model.primary.confidence(sure.max(axis=1, initial=0.0))
    return _table(chosen, spoken, subs, np.where(valid, confidence, np.nan), ballots)


def _with_default(subs: Bools, chosen: Bools, ballots: Ballots, model: CategoryModel) -> Bools:
    """The second level, the usual one where a chosen category has none; the last is only for texts that fit nowhere."""
    subs[:, ballots.last] = False
    for place, code in enumerate(ballots.codes):
        bare = chosen[:, place] & ~subs[:, ballots.owner == place].any(axis=1)
        subs[bare, ballots.labels.index(model.seconds[code])] = True
    return subs


def _table(chosen: Bools, scores: Reals, subs: Bools, confidence: Reals, ballots: Ballots) -> pd.DataFrame:
    rows, columns = by_score(chosen, scores)
    sub_rows, sub_columns = by_score(subs, ballots.sub_scores)
    return pd.DataFrame(
        {
            "categories": list_column(rows, columns, names=ballots.codes, length=len(chosen)),
            "subcategories": list_column(sub_rows, sub_columns, names=ballots.labels, length=len(chosen)),
            "primary_category": _firsts(rows, columns, names=ballots.codes, length=len(chosen)),
            "category_confidence": confidence,
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

"""What the word lists say of each document, counted once: votes for categories and second level, and where each is named."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from textmine.categories.lists import Ints, Reals
from textmine.categories.mentions import Mentions, read_mentions
from textmine.categories.votes import clause_votes, fronted
from textmine.taxonomy import Taxonomy

LIST = "category"
FRONT = 0.5  # SOURCE: chosen on one half of the analyst gold set (97 texts) and measured on the other half
NEVER = 1e9


@dataclass(frozen=True)
class Ballots:
    """Votes by the words of the taxonomy.

    Attributes
    ----------
    codes, labels : tuple of str
        Categories, and ``category.subcategory``, in the order of the taxonomy.
    owner : array of int
        Category of each label.
    last : int
        Label that takes what fits nowhere; its words are no vote for its category.
    scores, sub_scores : array [documents, categories] and [documents, labels]
        Votes, to 4 decimals.
    first : array [documents, categories]
        Character the category is first named at, ``NEVER`` where it is not.
    """

    codes: tuple[str, ...]
    labels: tuple[str, ...]
    owner: Ints
    last: int
    scores: Reals
    sub_scores: Reals
    first: Reals


def count_ballots(documents: pd.DataFrame, hits: pd.DataFrame, *, taxonomy: Taxonomy, front: float = FRONT) -> Ballots:
    """Votes of the hits of list ``category``.

    Reads ``text`` of ``documents``. A hit counts its weight, up to ``front`` more the nearer it stands to the beginning; a clause
    votes once for a category or label, with its heaviest hit; a negated mention is a mention (没有破损 speaks of logistics).
    """
    length, labels = len(documents), taxonomy.labels
    codes = tuple(category.code for category in taxonomy.categories)
    owner = np.repeat(np.arange(len(codes)), [len(category.subcategories) for category in taxonomy.categories])
    last = labels.index(taxonomy.fallback_label)
    mentions = read_mentions(hits, kind=LIST, labels=labels)
    votes = mentions.weight * fronted(documents["text"], mentions, front=front)
    named = mentions.label != last
    scores = clause_votes(mentions, owner[mentions.label], np.where(named, votes, 0.0), shape=(length, len(codes)))
    sub_scores = clause_votes(mentions, mentions.label, votes, shape=(length, len(labels)))
    first = _first(mentions, owner, shape=scores.shape)
    return Ballots(codes, labels, owner, last, scores, sub_scores, first)


def _first(mentions: Mentions, owner: Ints, *, shape: tuple[int, int]) -> Reals:
    first = np.full(shape[0] * shape[1], NEVER)
    np.minimum.at(first, mentions.doc * shape[1] + owner[mentions.label], mentions.start.astype(np.float64))
    return first.reshape(shape)

"""What a text is about and what its writer wants: the votes counted once, then categories and intent, learned or by the rules."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from textmine.categories.ballots import count_ballots
from textmine.categories.categories import decide_categories, vote_categories
from textmine.categories.clues import read_clues
from textmine.categories.decision import Decision
from textmine.categories.intent import assign_intent, decide_intent
from textmine.categories.model import CategoryModel, load_categories, load_intent
from textmine.tables import INTENTS
from textmine.taxonomy import Taxonomy

if TYPE_CHECKING:  # only the types: heads and categories stay siblings
    from textmine.heads.model import LinearHeads
    from textmine.heads.score import HeadScores


@dataclass(frozen=True)
class ContentModels:
    """The learned decisions of a bundle; None where its labels were lacking and the rules decide."""

    categories: CategoryModel | None = None
    intent: Decision | None = None

    @classmethod
    def load(cls, folder: Path, *, taxonomy: Taxonomy, heads: LinearHeads) -> ContentModels:
        """The models of a bundle folder. Raises as ``load_categories``."""
        categories = load_categories(folder, taxonomy=taxonomy, heads=heads)
        return cls(categories, load_intent(folder, taxonomy=taxonomy, codes=INTENTS, heads=heads))


def tell_contents(
    documents: pd.DataFrame,
    hits: pd.DataFrame,
    clauses: pd.DataFrame,
    sentiment: pd.DataFrame,
    heads: HeadScores,
    *,
    taxonomy: Taxonomy,
    models: ContentModels,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Categories (as of ``assign_categories``) and intent (as of ``assign_intent``) of each document.

    ``clauses`` are those of ``score_clauses``; ``sentiment`` is read where the intent is decided by the rules.
    """
    ballots = count_ballots(documents, hits, taxonomy=taxonomy)
    if models.categories is None and models.intent is None:
        return vote_categories(documents, ballots), assign_intent(documents, hits, sentiment)
    clues = read_clues(documents, hits, clauses, ballots=ballots)
    if models.categories is None:
        categories = vote_categories(documents, ballots)
    else:
        categories = decide_categories(documents, ballots, clues, heads, model=models.categories)
    if models.intent is None:
        return categories, assign_intent(documents, hits, sentiment)
    return categories, decide_intent(documents, clues, heads, model=models.intent)

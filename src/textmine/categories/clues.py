"""What rules tell of a document as numbers that a learned decision weighs beside the words: votes, places, attitude, form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.categories.ballots import Ballots
from textmine.categories.lists import Reals
from textmine.categories.mentions import read_mentions
from textmine.categories.votes import clause_votes, fronted
from textmine.tables import INTENTS

ATTITUDE = ("praise", "blame", "balance", "log_ratio")
FORM = ("mute", "kinds", "questions", "marks", "length", "short")
# scales that bring the numbers to a like size, so that one penalty of the learner fits all
NEAR, SHORT, MOST_MARKS, NEGATED, SUB = 20.0, 30.0, 3.0, -0.5, 0.7


@dataclass(frozen=True)
class Clues:
    """Clues of each document: ``values`` float64 [documents, clues] to 4 decimals, and the name of each column."""

    names: tuple[str, ...]
    values: Reals


def read_clues(documents: pd.DataFrame, hits: pd.DataFrame, clauses: pd.DataFrame, *, ballots: Ballots) -> Clues:
    """Clues of each document.

    Reads ``text`` of ``documents``, the hits of list ``intent``, and ``doc``, ``praise``, ``blame``, ``log_ratio``, ``n_tokens``
    of the clauses. In this order: log of the votes, share of the votes, nearness of the first mention to the beginning, and
    whether it has the most votes, for each category; log of the votes of each second level; the attitude of the clauses; log
    of the votes of each intent's cues (a negated cue counts half against); whether no category is named, how many are; question
    marks, marks of social media (@, #, http), length, shortness.
    """
    parts = (_of_ballots(ballots), _attitude(clauses, len(documents)), _cues(documents, hits), _form(documents["text"], ballots))
    return Clues(clue_names(ballots.codes, ballots.labels), np.hstack(parts).round(4))


def clue_names(codes: tuple[str, ...], labels: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the clues in the order of ``read_clues``."""
    of_codes = [f"{kind}:{code}" for kind in ("votes", "share", "near", "most") for code in codes]
    return (*of_codes, *(f"sub:{label}" for label in labels), *ATTITUDE, *(f"cue:{intent}" for intent in INTENTS), *FORM)


def _of_ballots(ballots: Ballots) -> Reals:
    scores = ballots.scores
    share = 2.0 * scores / (scores.sum(axis=1, keepdims=True) + 0.5)
    near = np.where(scores > 0, 1.0 / (1.0 + np.minimum(ballots.first, 1e6) / NEAR), 0.0)
    most = (scores > 0) & (scores == scores.max(axis=1, keepdims=True, initial=0.0))
    return np.hstack([np.log1p(scores), share, near, most, SUB * np.log1p(ballots.sub_scores)])


def _attitude(clauses: pd.DataFrame, length: int) -> Reals:
    doc = clauses["doc"].to_numpy()
    praise, blame, ratio, n = (
        np.bincount(doc, weights=clauses[name].to_numpy(dtype=np.float64), minlength=length)
        for name in ("praise", "blame", "log_ratio", "n_tokens")
    )
    balance = (praise - blame) / (1.0 + praise + blame)
    return np.stack([np.log1p(praise), np.log1p(blame), balance, ratio / np.sqrt(n + 4.0)], axis=1)


def _cues(documents: pd.DataFrame, hits: pd.DataFrame) -> Reals:
    mentions = read_mentions(hits, kind="intent", labels=INTENTS)
    votes = np.where(mentions.negated, NEGATED, 1.0) * mentions.weight * fronted(documents["text"], mentions, front=1.0)
    return np.log1p(np.maximum(clause_votes(mentions, mentions.label, votes, shape=(len(documents), len(INTENTS))), 0.0))


def _form(texts: pd.Series, ballots: Ballots) -> Reals:
    named = (ballots.scores > 0).sum(axis=1)
    sizes = texts.str.len().fillna(0).to_numpy(dtype=np.float64)
    questions, marks = (np.minimum(_count(texts, pattern), MOST_MARKS) for pattern in ("[?？]", "[@#]|http"))
    columns = (named == 0, named / 2.0, questions, marks, np.log(np.maximum(sizes, 1.0)) / 2.0, np.minimum(sizes, SHORT) / SHORT)
    return np.stack([column.astype(np.float64) for column in columns], axis=1)


def _count(texts: pd.Series, pattern: str) -> Reals:
    found = pc.fill_null(pc.count_substring_regex(pa.array(texts, pa.string()), pattern), 0)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.float64)

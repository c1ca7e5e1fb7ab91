"""What the customer wants: intent by a learned decision where there is one, else by cue phrases, attitude and question marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.categories.clues import Clues
from textmine.categories.decision import Decision, softmax
from textmine.categories.lists import Bools, Reals, code_column
from textmine.categories.mentions import Mentions, read_mentions
from textmine.categories.votes import clause_votes, fronted, margin_confidence
from textmine.tables import INTENTS

if TYPE_CHECKING:  # only the type: heads and categories stay siblings
    from textmine.heads.score import HeadScores

LIST = "intent"
COMPLAINT, SUGGESTION, INQUIRY, PRAISE, STATEMENT = range(5)
# SOURCE of all numbers: chosen on one half of the analyst gold set (97 texts), measured on the other half.
ATTITUDE = {"neg": (COMPLAINT, 1.5), "pos": (PRAISE, 1.5), "neu": (STATEMENT, 0.8)}
QUESTION_MARK, FRONT, HIGHEST = 0.4, 1.0, 3.0


def assign_intent(documents: pd.DataFrame, hits: pd.DataFrame, sentiment: pd.DataFrame) -> pd.DataFrame:
    """Intent of each document.

    Reads ``text`` and ``validity`` of ``documents``, the hits of list ``intent`` and ``sentiment`` (neg, neu, pos). Every intent
    has a score: its cue phrases (the heaviest of each clause, up to twice its weight at the beginning of the text, at most 3 in
    all; half of that for praise in a text that is not positive), the attitude of the text (negative speaks for complaint,
    positive for praise, neutral for statement), and for an inquiry the question mark of a text that is not negative: a complaint
    with a rhetorical question stays a complaint. A negated cue of praise or complaint (不难吃) does not count.

    Returns
    -------
    pandas.DataFrame
        One row per document: ``intent`` and ``intent_confidence`` in [0.5, 1), which grows with the margin between the best two
        scores. Null and NaN where ``validity`` is not ok.
    """
    length = len(documents)
    valid = documents["validity"].eq("ok").to_numpy(dtype=np.bool_)
    mood = pd.Categorical(sentiment["sentiment"], categories=list(ATTITUDE)).codes
    scores = _cues(documents, read_mentions(hits, kind=LIST, labels=INTENTS), length=length)
    # praise is of positive texts: 味道不错 in a balanced one is half of a "but"
    scores[:, PRAISE] *= np.where(mood == list(ATTITUDE).index("pos"), 1.0, 0.5)
    for place, (intent, weight) in enumerate(ATTITUDE.values()):
        scores[:, intent] += np.where(mood == place, weight, 0.0)
    scores[:, INQUIRY] += np.where(_asks(documents["text"]) & (mood != list(ATTITUDE).index("neg")), QUESTION_MARK, 0.0)
    scores = scores.round(4)
    codes = np.where(valid, scores.argmax(axis=1), -1)
    return pd.DataFrame(
        {
            "intent": code_column(codes, names=INTENTS),
            "intent_confidence": np.where(valid, margin_confidence(scores), np.nan),
        }
    )


def decide_intent(documents: pd.DataFrame, clues: Clues, heads: HeadScores, *, model: Decision) -> pd.DataFrame:
    """Intent of each document by the learned decision; columns as of ``assign_intent``.

    Reads ``validity`` of ``documents`` and the heads ``intent.``. ``intent_confidence`` in [0, 1] is calibrated: the share of
    right intents to be expected.
    """
    valid = documents["validity"].eq("ok").to_numpy(dtype=np.bool_)
    sure = softmax(model.odds(clues, heads.columns("intent.")))
    codes = np.where(valid, sure.argmax(axis=1), -1)
    confidence = model.confidence(sure.max(axis=1, initial=0.0))
    return pd.DataFrame(
        {"intent": code_column(codes, names=model.codes), "intent_confidence": np.where(valid, confidence, np.nan)}
    )


def _cues(documents: pd.DataFrame, mentions: Mentions, *, length: int) -> Reals:
    reversed_ = mentions.negated & np.isin(mentions.label, (PRAISE, COMPLAINT))
    votes = np.where(reversed_, 0.0, mentions.weight * fronted(documents["text"], mentions, front=FRONT))
    return np.minimum(clause_votes(mentions, mentions.label, votes, shape=(length, len(INTENTS))), HIGHEST)


def _asks(texts: pd.Series) -> Bools:
    found = pc.match_substring_regex(pa.array(texts, pa.string()), "[?？]")
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)

"""Flags by cues, scores, doubt, notes and the words of staff."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from textmine.categories.flags import FLAGS, raise_flags
from textmine.categories.vocabulary import Entry, Vocabulary

VOCABULARY = Vocabulary("flag", "1", (Entry("leading_prompt", "诱导评价", "…", ("让我给好评",), ("打满分", "方便的话…好评")),))


def _flags(
    documents: pd.DataFrame,
    hits: pd.DataFrame,
    *,
    rating: float = np.nan,
    nps: float = np.nan,
    mood: str = "neu",
    confidence: float = 0.9,
) -> list[list[str]]:
    rows = len(documents)
    feedback = pd.DataFrame({"rating": [rating] * rows, "nps": [nps] * rows})
    sentiment = pd.DataFrame({"sentiment": pd.Series([mood] * rows, dtype="str"), "sentiment_confidence": [confidence] * rows})
    return [list(value) for value in raise_flags(documents, feedback, hits, sentiment, vocabulary=VOCABULARY)["flags"]]


@pytest.mark.parametrize(
    ("rating", "nps", "mood", "raised"),
    [
        (2, np.nan, "pos", True),
        (3, np.nan, "pos", False),
        (np.nan, 3, "pos", True),
        (np.nan, 4, "pos", False),
        (4, np.nan, "neg", True),
        (np.nan, 9, "neg", True),
        (5, np.nan, "neu", False),
        (np.nan, np.nan, "neg", False),
    ],
)
def test_a_score_against_the_text_is_a_conflict(hits_of, documents_of, rating, nps, mood, raised) -> None:
    assert ("score_text_conflict" in _flags(documents_of(["话"]), hits_of(), rating=rating, nps=nps, mood=mood)[0]) == raised


def test_a_doubtful_sentiment_is_undecided_and_no_conflict(hits_of, documents_of) -> None:
    assert _flags(documents_of(["话"]), hits_of(), rating=1, mood="pos", confidence=0.5) == [["undecided"]]


def test_a_cue_raises_its_flag_once_and_in_the_order_of_flags(hits_of, documents_of) -> None:
    hits = hits_of(
        (0, 1, 9, "flag", "churn_risk", "再也不来", 1.0),
        (0, 2, 14, "flag", "churn_risk", "换一家", 1.0),
        (0, 0, 0, "flag", "promise_not_kept", "说好…没有", 1.0),
    )
    assert _flags(documents_of(["说好的赠票没有给，再也不来，换一家"]), hits) == [["promise_not_kept", "churn_risk"]]


def test_a_negated_cue_raises_nothing(hits_of, documents_of) -> None:
    hits = hits_of((0, 0, 2, "flag", "passed_between_departments", "踢皮球", 1.0, True))
    assert _flags(documents_of(["没有踢皮球"]), hits) == [[]]


def test_staff_who_asks_for_a_score_is_flagged_even_where_the_customer_said_nothing(hits_of, documents_of) -> None:
    staff = ["麻烦打满分哦", "方便的话给个好评", "再见"]
    documents = documents_of(["", "谢谢", "谢谢"], validity=["no_customer_text", "ok", "ok"], staff=staff)
    assert _flags(documents, hits_of()) == [["leading_prompt"], ["leading_prompt"], []]


def test_cleaning_notes_become_flags_for_every_text(hits_of, documents_of) -> None:
    documents = documents_of(["话", ""], validity=["ok", "empty"], notes=[["masked:PHONE", "truncated"], ["mojibake_repaired"]])
    assert _flags(documents, hits_of()) == [["truncated"], ["mojibake"]]


def test_an_invalid_text_raises_no_flag_of_its_words_or_scores(hits_of, documents_of) -> None:
    hits = hits_of((0, 0, 0, "flag", "churn_risk", "换一家", 1.0))
    assert _flags(documents_of(["换一家"], validity=["advert"]), hits, rating=1, mood="pos", confidence=0.4) == [[]]


def test_a_column_undecided_is_taken_as_it_is(documents_of, hits_of) -> None:
    sentiment = pd.DataFrame({"sentiment": ["pos"], "sentiment_confidence": [0.99], "undecided": [True]})
    feedback = pd.DataFrame({"rating": [np.nan], "nps": [np.nan]})
    result = raise_flags(documents_of(["话"]), feedback, hits_of(), sentiment, vocabulary=VOCABULARY)
    assert list(result["flags"][0]) == ["undecided"]


def test_flags_are_each_named_once() -> None:
    assert len(set(FLAGS)) == len(FLAGS)

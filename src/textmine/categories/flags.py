"""Things worth a look: flags by cue phrases, by scores against text, by the sentiment model's doubt and by cleaning notes."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.categories.lists import Bools, Ints, list_column
from textmine.categories.mentions import read_mentions
from textmine.categories.vocabulary import Vocabulary
from textmine.tomlfile import weighted

LIST = "flag"
GAP = 12  # characters between A and B of A…B, as the phrase matcher has it
FLAGS = (
    "score_text_conflict",
    "expectation_exceeded",
    "expectation_missed",
    "promise_not_kept",
    "passed_between_departments",
    "repeat_complaint",
    "churn_risk",
    "leading_prompt",
    "undecided",
    "mojibake",
    "truncated",
)
NOTES = ("mojibake", "truncated")


def raise_flags(
    documents: pd.DataFrame,
    feedback: pd.DataFrame,
    hits: pd.DataFrame,
    sentiment: pd.DataFrame,
    *,
    vocabulary: Vocabulary,
    undecided_below: float = 0.55,
    sure_from: float = 0.7,
) -> pd.DataFrame:
    """Flags of each document, in the order of ``FLAGS``.

    Reads ``validity``, ``notes`` and ``staff_text`` of ``documents``, ``rating`` (1 to 5) and ``nps`` (0 to 10) of ``feedback``,
    the hits of list ``flag``, ``sentiment`` and ``sentiment_confidence``. A negated cue (没有踢皮球) raises nothing.
    ``leading_prompt`` is raised by the words of the customer or of staff. Cleaning notes and staff words count for every text,
    the rest where ``validity`` is ok.

    Parameters
    ----------
    undecided_below : float
        Confidence of the sentiment below which a text is undecided; a column ``undecided`` of ``sentiment`` is taken instead.
    sure_from : float
        Confidence of the sentiment from which it can contradict a score: rating at most 2 or nps at most 3 beside a positive
        text, rating at least 4 or nps at least 9 beside a negative one. SOURCE: detractors' lower half and promoters of the NPS,
        "dissatisfied" and "satisfied" of a five-point CSAT.

    Returns
    -------
    pandas.DataFrame
        One row per document: ``flags`` (list<string>, empty where nothing is raised).
    """
    length = len(documents)
    valid = documents["validity"].eq("ok").to_numpy(dtype=np.bool_)
    raised = np.zeros((length, len(FLAGS)), dtype=np.bool_)
    mentions = read_mentions(hits, kind=LIST, labels=FLAGS)
    raised[mentions.doc[~mentions.negated], mentions.label[~mentions.negated]] = True
    raised[:, FLAGS.index("score_text_conflict")] = _conflicts(feedback, sentiment, sure_from=sure_from)
    raised[:, FLAGS.index("undecided")] = _undecided(sentiment, below=undecided_below)
    raised &= valid[:, None]
    raised[:, FLAGS.index("leading_prompt")] |= _said_by_staff(documents["staff_text"], vocabulary)
    for note in NOTES:
        raised[_noted(documents["notes"], note), FLAGS.index(note)] = True
    rows, columns = (part.astype(np.int64) for part in np.nonzero(raised))
    return pd.DataFrame({"flags": list_column(rows, columns, names=FLAGS, length=length)})


def _conflicts(feedback: pd.DataFrame, sentiment: pd.DataFrame, *, sure_from: float) -> Bools:
    rating, nps = (feedback[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("rating", "nps"))
    sure = sentiment["sentiment_confidence"].to_numpy(dtype=np.float64, na_value=np.nan) >= sure_from
    low, high = (rating <= 2) | (nps <= 3), (rating >= 4) | (nps >= 9)
    positive, negative = (sentiment["sentiment"].eq(mood).to_numpy(dtype=np.bool_, na_value=False) for mood in ("pos", "neg"))
    return np.asarray(sure & ((low & positive) | (high & negative)))


def _undecided(sentiment: pd.DataFrame, *, below: float) -> Bools:
    if "undecided" in sentiment:
        return sentiment["undecided"].to_numpy(dtype=np.bool_, na_value=False)
    return np.asarray(sentiment["sentiment_confidence"].to_numpy(dtype=np.float64, na_value=np.nan) < below)


def _said_by_staff(texts: pd.Series, vocabulary: Vocabulary) -> Bools:
    """Staff texts that hold one of the ``staff_words`` of ``leading_prompt``; the hits are the customer's words only."""
    cues = [weighted(word)[0] for entry in vocabulary.entries if entry.code == "leading_prompt" for word in entry.staff_words]
    said = pa.array(texts, pa.string())
    if not cues or said.null_count == len(said):
        return np.zeros(len(texts), dtype=np.bool_)
    pattern = "|".join(f".{{0,{GAP}}}?".join(re.escape(part) for part in cue.split("…")) for cue in cues)
    found = pc.fill_null(pc.match_substring_regex(said, pattern), False)
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=np.bool_)


def _noted(notes: pd.Series, start: str) -> Ints:
    """Documents with a cleaning note that begins with ``start``."""
    lists = pa.array(notes, pa.list_(pa.string()))
    found = pc.fill_null(pc.starts_with(lists.flatten(), start), False)
    return np.unique(pc.list_parent_indices(lists).filter(found).to_numpy(zero_copy_only=False)).astype(np.int64)

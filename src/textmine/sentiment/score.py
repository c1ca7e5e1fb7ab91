"""Sentiment of each document: label, score, calibrated confidence, and SnowNLP's own score beside it."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from textmine.sentiment.clauses import logit
from textmine.sentiment.model import Scalars, SentimentModel

Reals = npt.NDArray[np.float64]


def score_sentiment(documents: pd.DataFrame, tokens: pa.Table, clauses: pd.DataFrame, *, model: SentimentModel) -> pd.DataFrame:
    """Polarity of each document.

    Reads ``validity`` of documents, ``doc`` and ``token`` of tokens, the clauses of ``score_clauses``. Returns one row a
    document: ``sentiment`` (neg, neu, pos), ``sentiment_score`` in [-1, 1], ``sentiment_confidence`` in [0, 1] (share of right
    labels at that score, see ``sentiment.json``), ``snownlp_score`` in [0, 1], ``undecided`` (confidence below the
    threshold). All null where validity is not ``ok``. Numbers are rounded to 4 decimals and labels decided on them.
    """
    n = len(documents)
    praise, blame, log_ratio, n_tokens = (_by_document(clauses, name, n) for name in ("praise", "blame", "log_ratio", "n_tokens"))
    spoken = (praise + blame > 0) | (log_ratio != 0)
    odds = logit(praise, blame, log_ratio, n_tokens, scalars=model.scalars) + model.scalars.offset * spoken
    score = np.round(np.tanh(odds / 2), 4) + 0.0  # no minus zero
    snownlp = np.round(model.bayes.score(tokens, n_documents=n, recut=True), 4)
    return _table(score, snownlp, (documents["validity"] == "ok").to_numpy(), model.scalars)


def _by_document(clauses: pd.DataFrame, name: str, n: int) -> Reals:
    return np.bincount(clauses["doc"].to_numpy(), weights=clauses[name].to_numpy(), minlength=n).astype(np.float64)


def _table(score: Reals, snownlp: Reals, scored: npt.NDArray[np.bool_], scalars: Scalars) -> pd.DataFrame:
    label = np.where(np.abs(score) < scalars.neutral_band, "neu", np.where(score > 0, "pos", "neg"))
    sure = np.round(_confidence(score, label == "neu", scalars), 4)
    undecided = pd.array(sure < scalars.undecided_below, dtype="boolean")
    undecided[~scored] = pd.NA
    return pd.DataFrame(
        {
            "sentiment": pd.Series(label, dtype="str").where(scored),
            "sentiment_score": np.where(scored, score, np.nan),
            "sentiment_confidence": np.where(scored, sure, np.nan),
            "snownlp_score": np.where(scored, snownlp, np.nan),
            "undecided": undecided,
        }
    )


def _confidence(score: Reals, neutral: npt.NDArray[np.bool_], scalars: Scalars) -> Reals:
    """Calibration points joined by straight lines."""
    size = np.abs(score)
    polar, flat = (np.array(points) for points in (scalars.confidence, scalars.confidence_neutral))
    return np.asarray(np.where(neutral, np.interp(size, flat[:, 0], flat[:, 1]), np.interp(size, polar[:, 0], polar[:, 1])))

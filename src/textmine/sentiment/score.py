"""Sentiment of each document: label, score, calibrated confidence, and SnowNLP's own score beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from textmine.sentiment.clauses import logit
from textmine.sentiment.model import Scalars, SentimentModel
from textmine.sentiment.stack import Stack, sigmoid
from textmine.sentiment.traits import TERSE, clause_logits, describe

if TYPE_CHECKING:  # only the type: heads and sentiment stay siblings
    from textmine.heads.score import HeadScores

Reals = npt.NDArray[np.float64]
SILENCED = 0.1  # what is left of the log odds of a text that says it has no verdict


def score_sentiment(
    documents: pd.DataFrame,
    tokens: pa.Table,
    clauses: pd.DataFrame,
    heads: HeadScores | None = None,
    *,
    model: SentimentModel,
) -> pd.DataFrame:
    """Polarity of each document.

    Reads ``validity`` of documents, ``doc`` and ``token`` of tokens, the clauses of ``score_clauses``, and the ``sentiment.``
    heads; by the rules alone where the bundle or the caller has none. Returns one row a document: ``sentiment`` (neg, neu,
    pos), ``sentiment_score`` in [-1, 1] (probability of pos less that of neg), ``sentiment_confidence`` in [0, 1] (share of
    right labels at that score, see ``sentiment.json`` or learn.calibrate), ``snownlp_score`` in [0, 1], ``undecided``
    (confidence below the threshold). All null where validity is not ``ok``. Numbers are rounded to 4 decimals and labels
    decided on them.
    """
    n = len(documents)
    snownlp = np.round(model.bayes.score(tokens, n_documents=n, recut=True), 4)
    if model.stack is not None and heads is not None and heads.has("sentiment."):
        verdict = _learned(clauses, heads, model, model.stack)
    else:
        verdict = _ruled(clauses, n, model)
    return _table(verdict, snownlp, (documents["validity"] == "ok").to_numpy())


def join_scores(clauses: pd.DataFrame, heads: HeadScores | None, *, model: SentimentModel) -> pd.DataFrame:
    """The clauses with ``score`` of rules and learned heads together: mean log odds of both, in [-1, 1] to 4 decimals.

    The very clauses of the rules where the bundle has no heads.
    """
    if model.stack is None or heads is None or not heads.has("sentiment."):
        return clauses
    learned = clause_logits(clauses, heads, network=model.stack.network)
    ruled = np.arctanh(np.clip(clauses["score"].to_numpy(), -0.999, 0.999))
    return clauses.assign(score=np.round(np.tanh(0.5 * ruled + 0.25 * learned), 4) + 0.0)


class _Verdict(NamedTuple):
    """Score, label and confidence of each document, rounded to 4 decimals, and which of them are undecided."""

    score: Reals
    label: npt.NDArray[np.str_]
    sure: Reals
    undecided: npt.NDArray[np.bool_]


def _learned(clauses: pd.DataFrame, heads: HeadScores, model: SentimentModel, stack: Stack) -> _Verdict:
    logits = clause_logits(clauses, heads, network=stack.network)
    traits = describe(clauses, heads, logits, network=stack.network, scalars=model.scalars)
    polar, neutral = stack.odds(traits, heads.column(TERSE))
    pos, neu = np.round(sigmoid(polar), 4), np.round(sigmoid(neutral), 4)
    silent = np.bincount(clauses["doc"].to_numpy(), minlength=len(pos)) == 0  # no word at all
    neu[silent] = 1.0
    score = np.round((1 - neu) * (2 * pos - 1), 4) + 0.0
    flat = (neu >= stack.neutral_from) | (score == 0)
    label = np.where(flat, "neu", np.where(score > 0, "pos", "neg"))
    sure = np.round(stack.confidence(polar, neutral, traits), 4)
    return _Verdict(score, label, sure, sure < stack.undecided_below)


def _ruled(clauses: pd.DataFrame, n: int, model: SentimentModel) -> _Verdict:
    scalars = model.scalars
    praise, blame, log_ratio, n_tokens = (_by_document(clauses, name, n) for name in ("praise", "blame", "log_ratio", "n_tokens"))
    verdict, flat, quantity = (_by_document(clauses, name, n) for name in ("verdict", "flat", "quantity"))
    spoken = (praise + blame > 0) | (log_ratio != 0)
    odds = logit(praise, blame, log_ratio, n_tokens, scalars=scalars) + scalars.offset * spoken
    odds += scalars.verdict * verdict + scalars.quantity * quantity
    odds = np.where((flat > 0) & (verdict == 0), odds * SILENCED, odds)
    score = np.round(np.tanh(odds / 2), 4) + 0.0  # no minus zero
    label = np.where(np.abs(score) < scalars.neutral_band, "neu", np.where(score > 0, "pos", "neg"))
    sure = np.round(_confidence(score, label == "neu", scalars), 4)
    return _Verdict(score, label, sure, sure < scalars.undecided_below)


def _by_document(clauses: pd.DataFrame, name: str, n: int) -> Reals:
    return np.bincount(clauses["doc"].to_numpy(), weights=clauses[name].to_numpy(), minlength=n).astype(np.float64)


def _table(verdict: _Verdict, snownlp: Reals, scored: npt.NDArray[np.bool_]) -> pd.DataFrame:
    undecided = pd.array(verdict.undecided, dtype="boolean")
    undecided[~scored] = pd.NA
    return pd.DataFrame(
        {
            "sentiment": pd.Series(verdict.label, dtype="str").where(scored),
            "sentiment_score": np.where(scored, verdict.score, np.nan),
            "sentiment_confidence": np.where(scored, verdict.sure, np.nan),
            "snownlp_score": np.where(scored, snownlp, np.nan),
            "undecided": undecided,
        }
    )


def _confidence(score: Reals, neutral: npt.NDArray[np.bool_], scalars: Scalars) -> Reals:
    """Calibration points joined by straight lines."""
    size = np.abs(score)
    polar, flat = (np.array(points) for points in (scalars.confidence, scalars.confidence_neutral))
    return np.asarray(np.where(neutral, np.interp(size, flat[:, 0], flat[:, 1]), np.interp(size, polar[:, 0], polar[:, 1])))

"""What the learned sentiment looks at: a few dozen numbers a document, from the heads, the rules and the cues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.sentiment.clauses import CUE_COLUMNS, logit
from textmine.sentiment.model import Scalars
from textmine.sentiment.stack import Network

if TYPE_CHECKING:  # only the type: heads and sentiment stay siblings
    from textmine.heads.score import HeadScores

Reals = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
NGRAMS_A_TOKEN = 8.5  # n-grams of a clause, by its tokens: four orders of 1.6 characters and two of words
POLAR, NEUTRAL, UNIT, LIKE = "sentiment.polar", "sentiment.neutral", "sentiment.unit", "sentiment.like"
TERSE = "sentiment.terse"  # how much a text reads like the contrast sentences; no trait, it mixes the layers
SUMMARIES = ("mean", "least", "most", "first", "last", "share_neg", "share_pos", "after", "before")
BASE = (
    *("polar", "network", "neutral", "rules", "praise", "blame", "bayes", "n_tokens", "n_clauses", "turns"),
    *("verdict", "quantity", "flat"),
)


def trait_names(n_sources: int) -> tuple[str, ...]:
    """Names of the columns of ``describe``, in their order; ``n_sources``: heads that tell the sources of training apart."""
    by_clause = [f"{source}_{summary}" for source in ("learned", "ruled") for summary in SUMMARIES]
    return (*BASE, *by_clause, *(f"cue_{name}" for name in CUE_COLUMNS), *(f"like{number}" for number in range(n_sources)))


def clause_logits(clauses: pd.DataFrame, heads: HeadScores, *, network: Network) -> Reals:
    """Log odds of pos against neg of each clause by the learned heads alone: mean of the linear head and the network.

    ``clauses`` as of ``score_clauses``, in the order of the clauses of ``heads``.
    """
    root = np.sqrt(NGRAMS_A_TOKEN * clauses["n_tokens"].to_numpy(np.float64))
    units = np.maximum(heads.clause_columns(UNIT) / root[:, None] + network.unit_bias, 0.0)
    linear = heads.clause_column(POLAR) / root + network.polar_bias
    return np.asarray((linear + (units * network.out).sum(axis=1) + network.constant) / 2)


def describe(clauses: pd.DataFrame, heads: HeadScores, learned: Reals, *, network: Network, scalars: Scalars) -> Reals:
    """Traits of each document [documents, traits], see ``trait_names``; ``learned`` as of ``clause_logits``."""
    n = len(heads.documents)
    doc = clauses["doc"].to_numpy(np.int64)
    columns = [name for name in clauses.columns if name not in ("doc", "clause", "score")]
    values = clauses[columns].to_numpy(np.float64)
    first = np.searchsorted(doc, np.arange(n + 1))
    total = dict(zip(columns, _sums(values, first).T, strict=True))
    units = np.maximum(heads.columns(UNIT), 0.0)
    odds = logit(total["praise"], total["blame"], total["log_ratio"], total["n_tokens"], scalars=scalars)
    turns = np.where(total["contrast"] > 0, 1.0, 0.0)
    base = [
        heads.column(POLAR),
        (units * network.out).sum(axis=1) + network.constant,
        heads.column(NEUTRAL),
        odds,
        np.log1p(total["praise"]),
        np.log1p(total["blame"]),
        total["log_ratio"] / np.sqrt(total["n_tokens"] + scalars.length),
        np.log1p(total["n_tokens"]),
        np.log1p(np.diff(first)),
        turns,
        total["verdict"],
        total["quantity"],
        total["flat"],
    ]
    after = _after_last(clauses["contrast"].to_numpy() > 0, doc, first)
    learned_by, ruled_by = (_summaries(value, first, after) for value in (np.tanh(learned / 2), clauses["score"].to_numpy()))
    cues = np.log1p(np.column_stack([total[name] for name in CUE_COLUMNS]))
    return np.column_stack([*base, learned_by, ruled_by, cues, heads.columns(LIKE)])


def _sums(values: Reals, first: Ints) -> Reals:
    """Sums of the rows of each document, added in their order (reduceat over one row more, so that empty documents stay 0)."""
    sums = np.add.reduceat(np.vstack([values, np.zeros((1, values.shape[1]))]), np.minimum(first[:-1], len(values)), axis=0)
    sums[np.diff(first) == 0] = 0.0
    return np.asarray(sums)


def _after_last(turn: npt.NDArray[np.bool_], doc: Ints, first: Ints) -> npt.NDArray[np.bool_]:
    """Clauses from the last one with a contrast word on; none where a document has no such word."""
    last = np.full(len(first) - 1, len(doc))
    places = np.flatnonzero(turn)
    last[doc[places]] = places  # of several, the last is written last
    after: npt.NDArray[np.bool_] = np.arange(len(doc)) >= last[doc]
    return after


def _summaries(value: Reals, first: Ints, after: npt.NDArray[np.bool_]) -> Reals:
    """Columns SUMMARIES of one number a clause, 0 for a document without clauses."""
    filled = np.diff(first) > 0
    starts, counts = first[:-1][filled], np.diff(first)[filled]
    made = np.zeros((len(filled), len(SUMMARIES)))
    if len(starts):
        flags = [value, value < -0.25, value > 0.25, np.where(after, value, 0.0), after, np.where(after, 0.0, value)]
        total, neg, pos, late, n_late, early = np.add.reduceat(np.column_stack(flags).astype(np.float64), starts, axis=0).T
        ends = starts + counts - 1
        least, most = np.minimum.reduceat(value, starts), np.maximum.reduceat(value, starts)
        late, early = late / np.maximum(n_late, 1), np.where(n_late > 0, early / np.maximum(counts - n_late, 1), 0.0)
        shares = (neg / counts, pos / counts)
        made[filled] = np.column_stack([total / counts, least, most, value[starts], value[ends], *shares, late, early])
    return made

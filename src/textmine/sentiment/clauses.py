"""Polarity of each clause, from the lexicon's words in it and SnowNLP's log ratio of each token."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.sentiment.constructions import short_texts
from textmine.sentiment.contrast import weights
from textmine.sentiment.found import Found, find_words
from textmine.sentiment.layout import Layout, lay_out
from textmine.sentiment.lexicon import KIND
from textmine.sentiment.model import Scalars, SentimentModel
from textmine.sentiment.negation import turned
from textmine.sentiment.quantities import quantity_verdicts
from textmine.sentiment.signed import signed_texts, with_quantity
from textmine.sentiment.stance import meant

Reals = npt.NDArray[np.float64]
MOST_CLAUSES = 3  # of a text that is looked at as a whole; who lists more has no single point
# Cues that are counted for the learned sentiment, and the kinds of found words that each counts.
CUES = {
    "negator": ("negator", "after"),
    "degree": ("degree",),
    "contrast": ("contrast", "contrast_first"),
    "concession": ("concession",),
    "summary": ("summary",),
    "wish": ("wish", "wish_first"),
    "condition": ("condition",),
    "lack": ("lack",),
    "rhetorical": ("rhetorical", "denying"),
    "question": ("question",),
    "irony": ("irony", "laugh"),
    "rival": ("rival",),
    "neutral": ("neutral",),
    "asking": ("asking",),
    "quote": ("open_quote",),
}
CUE_COLUMNS = tuple(CUES)


def score_clauses(tokens: pa.Table, *, model: SentimentModel) -> pd.DataFrame:
    """Polarity of each clause.

    Reads ``doc``, ``clause``, ``token`` (text order). Returns one row a clause, in text order: ``doc`` int32, ``clause`` int32,
    ``score`` float64 in [-1, 1] rounded to 4 decimals; and what ``score_sentiment`` sums up: ``praise`` and ``blame`` (float64,
    >= 0: polarity of the rated words, after negation, stance and contrast), ``log_ratio`` (float64: clipped ratios of
    SnowNLP), ``n_tokens`` (int64), how many cues there are of each of CUES (int64), and, in the first
    clause of a short document, what its constructions and its numbers say of the whole: ``verdict``,
    ``flat`` (number of constructions that say there is none) and ``quantity`` (float64, 0 elsewhere).
    """
    layout = lay_out(tokens)
    found = find_words(layout, model.lexicon)
    plain = turned(found, model.lexicon, scalars=model.scalars)
    polarity = meant(found, model.lexicon, plain)
    polarity *= weights(found, model.lexicon, polarity, scalars=model.scalars)
    asking = _asks(layout, found, model)
    polarity = np.where((polarity > 0) & asking[found.doc], polarity * model.scalars.asking, polarity)
    opening = np.flatnonzero(np.diff(layout.clause, prepend=-1))
    n_clauses = len(opening)
    praise = _sums(found.clause, np.maximum(polarity, 0.0), n_clauses)
    blame = _sums(found.clause, np.maximum(-polarity, 0.0), n_clauses)
    ratios = _log_ratios(tokens, found, polarity, model=model)
    ratios = np.where(asking[layout.doc], ratios * model.scalars.asking, ratios)
    log_ratio = _sums(layout.clause, ratios, n_clauses)
    n_tokens = np.bincount(layout.clause, minlength=n_clauses)
    score = np.tanh(logit(praise, blame, log_ratio, n_tokens, scalars=model.scalars) / 2)
    return pd.DataFrame(
        {
            "doc": layout.doc[opening].astype(np.int32),
            "clause": tokens["clause"].to_numpy()[opening].astype(np.int32),
            "score": np.round(score, 4),
            "praise": praise,
            "blame": blame,
            "log_ratio": log_ratio,
            "n_tokens": n_tokens,
            **_count_cues(found, model, n_clauses),
            **_whole_texts(layout, opening, found, plain, model),
        }
    )


def logit(praise: Reals, blame: Reals, log_ratio: Reals, n_tokens: npt.NDArray[np.number], *, scalars: Scalars) -> Reals:
    """Log odds of pos against neg before the offset: lexicon and SnowNLP, each damped by the root of its amount.

    Without a rated word SnowNLP's part is taken at the share ``scalars.bare``: topic words alone are weak evidence.
    """
    amount = scalars.praise * praise + blame
    lexicon = (scalars.praise * praise - blame) / np.sqrt(amount + scalars.evidence)
    bayes = log_ratio / np.sqrt(n_tokens + scalars.length)
    odds: Reals = scalars.lexicon * lexicon + scalars.bayes * bayes * np.where(amount > 0, 1.0, scalars.bare)
    return odds


def _count_cues(found: Found, model: SentimentModel, n_clauses: int) -> dict[str, npt.NDArray[np.int64]]:
    place = found.clause * len(KIND) + model.lexicon.kind[found.word]
    table = np.bincount(place, minlength=n_clauses * len(KIND)).reshape(n_clauses, len(KIND))
    return {name: table[:, [KIND[kind] for kind in kinds]].sum(axis=1) for name, kinds in CUES.items()}


def _whole_texts(
    layout: Layout, opening: npt.NDArray[np.int64], found: Found, plain: Reals, model: SentimentModel
) -> dict[str, Reals]:
    texts, short = short_texts(layout, clauses=MOST_CLAUSES)
    signed = signed_texts(layout, found, model.lexicon, plain, short=short)
    doc = layout.doc[opening]
    first = np.flatnonzero(np.diff(doc, prepend=-1))
    first = first[short[doc[first]]]
    filled = pc.greater(pc.binary_length(texts), 0)  # a document without tokens has no clause
    texts, signed = texts.filter(filled), signed.filter(filled)
    quantity = quantity_verdicts(texts)
    said = (*model.constructions.verdicts(texts, with_quantity(signed, quantity)), quantity)
    columns = {name: np.zeros(len(opening)) for name in ("verdict", "flat", "quantity")}
    for column, values in zip(columns.values(), said, strict=True):
        column[first] = values
    return columns


def _sums(place: npt.NDArray[np.int64], value: Reals, n: int) -> Reals:
    return np.bincount(place, weights=value, minlength=n).astype(np.float64)


def _asks(layout: Layout, found: Found, model: SentimentModel) -> npt.NDArray[np.bool_]:
    """Documents that ask for facts: their thanks are manners and their topic words no verdict."""
    asking = np.zeros(int(layout.doc.max(initial=-1)) + 1, np.bool_)
    asking[found.doc[model.lexicon.kind[found.word] == KIND["asking"]]] = True
    return asking


def _log_ratios(tokens: pa.Table, found: Found, polarity: Reals, *, model: SentimentModel) -> Reals:
    """Clipped log ratio of each token; 0 where the lexicon turned the word or used the negator."""
    scalars, lexicon = model.scalars, model.lexicon
    ratios = np.clip(model.bayes.log_ratios(tokens, recut=True), -scalars.clip, scalars.clip)
    over = (polarity * lexicon.polarity[found.word] < 0) | ((lexicon.kind[found.word] == KIND["negator"]) & (polarity == 0))
    covered = np.zeros(len(ratios) + 1, np.int64)
    np.add.at(covered, found.first[over], 1)
    np.add.at(covered, found.last[over] + 1, -1)
    ratios[np.cumsum(covered)[:-1] > 0] = 0.0
    return ratios

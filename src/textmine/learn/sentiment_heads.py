"""The heads of the sentiment task and, out of fold, the traits they give to the rows they are trained on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from textmine.heads.model import LinearHeads
from textmine.heads.score import score_heads
from textmine.learn.hidden import fit_hidden
from textmine.learn.linear import fit_linear
from textmine.learn.prepared import Prepared
from textmine.sentiment.model import SCALARS_FILE, load_scalars
from textmine.sentiment.stack import Network
from textmine.sentiment.traits import LIKE, NEUTRAL, POLAR, TERSE, UNIT, clause_logits, describe, trait_names

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
LEAST_SOURCE = 1000  # rows of a two-way source from which a head tells it apart
KEEP = 200_000  # columns of a linear head that move its scores most; see docs/experiments/sentiment.md
OFTEN = 20  # rows in which a column must occur to weigh in the network; a third of those in 10 rows
LIKE_ROWS = 5000  # rows of a source that the head is fitted on
SAMPLED = 0.15  # share of the rows of two-way sources that stand for "not neu": some of them are, so they weigh less
WEIGHTS = {"by_hand": 3.0, "contrast": 0.9, "sampled": 0.5, "other": 0.2}  # other: three-way sources beside one read by hand
HAND, WRITTEN, CONTRAST = "guideline", "written", "contrast"  # beginnings of the names of sources: texts labelled by reading,
# written for textmine with their labels, and written for contrast
CONTRAST_WEIGHT = 12.0  # of a sentence of the second kind in the layer for terse texts; no head of the side is fitted on
# them, since a head that has seen one sentence of a pair is wrong about the other
RUN = 40  # contrast sentences that stand together and share a fold: those of a pair follow each other
TERSE_ROWS, SHORT = 8000, 30  # texts of up to so many tokens that the terse head tells the contrast sentences from
NEVER = -20.0  # score of the terse head where no contrast sentence was given


@dataclass(frozen=True)
class Given:
    """What is known of each row of ``prepared``; all arrays of one length. Only training rows have a flag set.

    ``polar``: labelled pos or neg. ``two_way`` and ``three_way``: of a source without and with any neu. ``by_hand``: labelled
    by the guideline. ``contrast``: of a source of contrasting sentences. ``sampled``: of a two-way source, taken as not neu.
    ``short``: other reviews that are short; what tells contrasting sentences from them is learned on a sample.
    """

    matrix: Any
    fold: npt.NDArray[np.int64]
    source: npt.NDArray[np.str_]
    labelled: Flags
    polar: Flags
    pos: Flags
    neu: Flags
    two_way: Flags
    three_way: Flags
    by_hand: Flags
    sampled: Flags
    contrast: Flags
    short: Flags
    weight: Reals
    neutral_weight: Reals

    @classmethod
    def of(cls, prepared: Prepared, *, folds: int) -> Given:
        """The training rows of the task, dealt to ``folds`` parts by whole near-duplicate groups."""
        examples = prepared.examples
        labelled, source = prepared.training("sentiment"), examples["source"].to_numpy(str)
        sentiment = examples["sentiment"].fillna("").to_numpy(str)
        weight = examples["weight"].to_numpy(np.float64)
        three = labelled & np.isin(source, np.unique(source[labelled & (sentiment == "neu")]))
        two = labelled & ~three
        read, written, contrast = (three & np.char.startswith(source, name) for name in (HAND, WRITTEN, CONTRAST))
        hand = read | written
        sampled = two & (np.random.default_rng(0).random(len(examples)) < SAMPLED)
        return cls(
            matrix=prepared.ngrams.matrix(),
            fold=_folds(examples["fold"].to_numpy(np.int64), contrast, folds),
            source=source,
            labelled=labelled,
            polar=labelled & np.isin(sentiment, ["neg", "pos"]),
            pos=sentiment == "pos",
            neu=sentiment == "neu",
            two_way=two,
            three_way=three,
            by_hand=hand,
            sampled=sampled,
            contrast=contrast,
            short=(two | read) & (_lengths(prepared) <= SHORT),
            weight=weight,
            neutral_weight=weight * _neutral_weight(hand, contrast, sampled),
        )

    @property
    def judged(self) -> Flags:
        """Rows that say how far to trust a label: two-way sources and what was read by hand; where there are none, all."""
        rows = self.two_way | self.by_hand
        return rows if rows.any() else self.labelled

    def sources(self) -> list[str]:
        """Two-way sources with rows enough to be told apart; none where there is only one."""
        names, counts = np.unique(self.source[self.two_way], return_counts=True)
        large = [str(name) for name, count in zip(names, counts, strict=True) if count >= LEAST_SOURCE]
        return large if len(large) > 1 else []


def _folds(fold: npt.NDArray[np.int64], contrast: Flags, folds: int) -> npt.NDArray[np.int64]:
    """Part of each row: by its near-duplicate group, contrasting sentences by runs of neighbours, so that pairs stay whole."""
    dealt = fold % folds
    dealt[contrast] = np.arange(contrast.sum()) // RUN % folds
    return dealt


def _neutral_weight(hand: Flags, contrast: Flags, sampled: Flags) -> Reals:
    """How much each row counts for neu, by how its label came about."""
    other = WEIGHTS["other"] if hand.any() else 1.0
    kinds, weights = [hand, contrast, sampled], [WEIGHTS["by_hand"], WEIGHTS["contrast"], WEIGHTS["sampled"]]
    return np.asarray(np.select(kinds, weights, other))


def _lengths(prepared: Prepared) -> npt.NDArray[np.int64]:
    """Tokens of each document."""
    return np.bincount(prepared.tokens["doc"].to_numpy(), minlength=len(prepared))


def fit_heads(given: Given, *, units: int, rows: Flags | None = None) -> tuple[LinearHeads, Network]:
    """All heads of the task and how they make log odds, fitted on the training rows, those of ``rows`` where given."""
    allowed = ~given.contrast if rows is None else rows & ~given.contrast
    polar, neutral = np.flatnonzero(given.polar & allowed), np.flatnonzero((given.three_way | given.sampled) & allowed)
    matrix = given.matrix[polar]
    linear, linear_bias = fit_linear(matrix, given.pos[polar], sample_weight=given.weight[polar], keep=KEEP)
    hidden = fit_hidden(matrix, given.pos[polar], sample_weight=given.weight[polar], units=units, min_df=OFTEN)
    flat, flat_bias = fit_linear(
        given.matrix[neutral],
        given.neu[neutral],
        sample_weight=given.neutral_weight[neutral],
        loss="logistic",
        min_df=3,
        keep=KEEP // 5,
    )
    like, like_bias = _fit_like(given, allowed)
    terse, terse_bias = _fit_terse(given, rows)
    names = (POLAR, NEUTRAL, TERSE, *(f"{UNIT}{n:02}" for n in range(units)), *(f"{LIKE}{n}" for n in range(like.shape[1])))
    bias = np.concatenate([linear_bias, flat_bias, terse_bias, hidden.bias, like_bias])
    heads = LinearHeads.of(names, np.hstack([linear, flat, terse, hidden.weights, like]), bias)
    return heads, Network(hidden.out, hidden.constant, hidden.bias, float(linear_bias[0]))


def _fit_like(given: Given, allowed: Flags) -> tuple[npt.NDArray[np.float32], Reals]:
    """Heads that tell the two-way sources apart: the same words are milder in one kind of review than in another."""
    sources, random = given.sources(), np.random.default_rng(0)
    if not sources:
        return np.zeros((given.matrix.shape[1], 0), np.float32), np.zeros(0)
    rows = [np.flatnonzero(given.two_way & allowed & (given.source == source)) for source in sources]
    picked = np.sort(np.concatenate([random.permutation(part)[:LIKE_ROWS] for part in rows]))
    targets = given.source[picked][:, None] == np.array(sources)
    return fit_linear(given.matrix[picked], targets, C=0.3, loss="logistic", nb_weighting=False, min_df=10)


def _fit_terse(given: Given, rows: Flags | None) -> tuple[npt.NDArray[np.float32], Reals]:
    """The head that tells contrasting sentences, which hang on one word or turn, from other short texts."""
    allowed = np.ones(len(given.fold), bool) if rows is None else rows
    others = np.random.default_rng(0).permutation(np.flatnonzero(given.short & allowed))[:TERSE_ROWS]
    written = np.flatnonzero(given.contrast & allowed)
    if not len(written) or not len(others):
        return np.zeros((given.matrix.shape[1], 1), np.float32), np.array([NEVER])
    picked = np.sort(np.concatenate([written, others]))
    return fit_linear(given.matrix[picked], given.contrast[picked], C=0.3, loss="logistic", nb_weighting=False, min_df=5)


def out_of_fold_traits(prepared: Prepared, given: Given, *, units: int) -> tuple[Reals, Reals]:
    """Traits of each row, and its score by the terse head, by heads fitted on the training rows of the other folds."""
    scalars = load_scalars(prepared.folder / SCALARS_FILE)
    traits, terse = np.zeros((len(given.fold), len(trait_names(len(given.sources()))))), np.zeros(len(given.fold))
    for fold, rest in _rests(given):
        heads, network = fit_heads(given, units=units, rows=rest)
        scores = score_heads(prepared.ngrams, heads)
        logits = clause_logits(prepared.clauses, scores, network=network)
        here = given.fold == fold
        traits[here] = describe(prepared.clauses, scores, logits, network=network, scalars=scalars)[here]
        terse[here] = scores.column(TERSE)[here]
    return traits, terse


def _rests(given: Given) -> Iterator[tuple[int, Flags]]:
    for fold in np.unique(given.fold):
        yield int(fold), given.fold != fold

"""Sentiment learned from labelled texts: heads over n-grams, a layer over traits, neutral rule, calibration."""

from __future__ import annotations

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textmine.errors import ConfigError
from textmine.heads.model import LinearHeads, save_heads
from textmine.learn.calibrate import calibration_error, calibration_points
from textmine.learn.prepared import Prepared
from textmine.learn.sentiment_heads import CONTRAST_WEIGHT, NEVER, Given, fit_heads, out_of_fold_traits
from textmine.learn.stack import fit_layer, out_of_fold_odds, standardise
from textmine.learn.trees import fit_trees, no_trees, out_of_fold_trees
from textmine.sentiment.stack import REACH, Layer, Stack, doubts, mixed, sigmoid
from textmine.sentiment.trees import Trees

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
TASK = "sentiment"
EVENNESS = 0.7  # 0: all rows count alike, 1: all sources; in between, shop is off by .012 and hotel by .033
LEAST_NEUTRAL = 30  # rows labelled neu without which nothing is learned about neutral
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LearnedSentiment:
    """The heads, the stack, and facts for the card."""

    heads: LinearHeads
    stack: Stack
    card: Mapping[str, Any]

    def save(self, folder: Path) -> None:
        """Write ``heads-sentiment.npz`` and ``learned-sentiment.npz``."""
        save_heads(folder, TASK, self.heads.names, self.heads.weights, self.heads.bias)
        self.stack.save(folder)


def train_sentiment(
    prepared: Prepared,
    *,
    units: int = 16,
    folds: int = 5,
    most_neutral: float = 0.006,
    undecided_below: float = 0.7,
) -> LearnedSentiment:
    """Sentiment of the training rows, as heads over hashed n-grams and a layer over traits.

    The traits of each row come from heads fitted on the other folds. ``units``: hidden units, one head each.
    ``most_neutral``: largest share of the rows of two-way sources that may be called neu; the threshold is the lowest that
    keeps to it. ``undecided_below``: confidence below which a text is undecided.

    Raises
    ------
    ConfigError
        If there are no texts labelled neg or none labelled pos.
    """
    began = time.perf_counter()
    given = Given.of(prepared, folds=folds)
    if not (given.polar & given.pos).any() or not (given.polar & ~given.pos).any():
        raise ConfigError("sentiment cannot be learned of one class", where=TASK, rows=int(given.polar.sum()))
    heads, network = fit_heads(given, units=units)
    traits, terse_score = out_of_fold_traits(prepared, given, units=units)
    centre, spread = standardise(traits[given.polar | given.three_way])
    standard = np.clip((traits - centre) / spread, -REACH, REACH)
    common = _polar(traits, standard, given)
    polar_odds = mixed(common.odds, common.terse_odds, terse_score)
    neutral = _neutral(traits, standard, given)
    pos, neu = sigmoid(polar_odds), sigmoid(neutral.odds)
    two_way = given.two_way.any()
    neutral_from = _threshold(neu[given.two_way], most_neutral) if two_way else _evenly(pos, neu, given)
    trust, trust_odds = _trust(polar_odds, neutral.odds, standard, neutral_from, given)
    stated, right = sigmoid(trust_odds), _right(pos, neu, neutral_from, given)
    judged = given.judged
    sure = calibration_points(stated[judged], right[judged], weight=_source_weight(given)[judged], steps=40)
    stack = Stack(
        network=network,
        centre=centre,
        spread=spread,
        polar=common.layer,
        neutral=neutral.layer,
        trees=common.trees,
        neutral_trees=neutral.trees,
        terse=common.terse,
        neutral_from=neutral_from,
        trust=trust,
        sure=sure,
        undecided_below=undecided_below,
    )
    card = _card(np.interp(stated, sure[:, 0], sure[:, 1]), pos, neu, stack, given) | {"units": units, "folds": folds}
    log.info("sentiment: %d rows, %d heads, %d s", int(given.polar.sum()), len(heads.names), round(time.perf_counter() - began))
    return LearnedSentiment(heads, stack, card)


class _Polar(NamedTuple):
    """Models of the side, and out-of-fold log odds of the common ones together and of the layer for terse texts."""

    layer: Layer
    trees: Trees
    terse: Layer
    odds: Reals
    terse_odds: Reals


def _polar(traits: Reals, standard: Reals, given: Given) -> _Polar:
    """The common models see no contrasting sentence: at a weight that teaches them, they cost .003 of all others."""
    rows, weight = given.polar & ~given.contrast, given.weight
    terse_weight = weight * np.where(given.contrast, CONTRAST_WEIGHT, 1.0)
    by_layer = out_of_fold_odds(standard, given.pos, given.fold, rows, weight=weight)
    by_trees = out_of_fold_trees(traits, given.pos, given.fold, rows, weight=weight)
    layer = fit_layer(standard[rows], given.pos[rows], sample_weight=weight[rows])
    trees = fit_trees(traits[rows], given.pos[rows], sample_weight=weight[rows])
    if not given.contrast.any():
        return _Polar(layer, trees, layer, (by_layer + by_trees) / 2, by_layer)
    terse_odds = out_of_fold_odds(standard, given.pos, given.fold, given.polar, weight=terse_weight)
    terse = fit_layer(standard[given.polar], given.pos[given.polar], sample_weight=terse_weight[given.polar])
    return _Polar(layer, trees, terse, (by_layer + by_trees) / 2, terse_odds)


class _Neutral(NamedTuple):
    """Models of neu against both, and their out-of-fold log odds together."""

    layer: Layer
    trees: Trees
    odds: Reals


def _neutral(traits: Reals, standard: Reals, given: Given) -> _Neutral:
    """Layer and trees for neu; never neu where too few rows are labelled so."""
    rows, weight = given.three_way | given.sampled, given.neutral_weight
    if (given.neu & rows).sum() < LEAST_NEUTRAL:
        silent = Layer(np.zeros((standard.shape[1], 1)), np.zeros(1), np.zeros(1), NEVER)
        return _Neutral(silent, no_trees(NEVER), np.full(len(standard), NEVER))
    odds = out_of_fold_odds(standard, given.neu, given.fold, rows, weight=weight)
    odds = (odds + out_of_fold_trees(traits, given.neu, given.fold, rows, weight=weight)) / 2
    layer = fit_layer(standard[rows], given.neu[rows], sample_weight=weight[rows])
    return _Neutral(layer, fit_trees(traits[rows], given.neu[rows], sample_weight=weight[rows], seeds=1), odds)


def _threshold(neu: Reals, most: float) -> float:
    """Lowest probability of neu, within .3 to .95, that at most the share ``most`` of the rows reaches."""
    if not len(neu):
        return 0.5
    return float(np.round(np.clip(np.quantile(neu, 1 - most), 0.3, 0.95), 4))


def _evenly(pos: Reals, neu: Reals, given: Given) -> float:
    """Probability of neu, within .3 to .8, with the best macro-F1 of the three-way rows: where no two-way source sets a limit."""
    rows, tried = given.three_way, np.arange(0.3, 0.81, 0.05).round(2)
    given_class = np.where(given.neu, 1, np.where(given.pos, 2, 0))[rows]
    side = np.where(pos > 0.5, 2, 0)[rows]
    figures = [_macro_f1(given_class, np.where(neu[rows] >= value, 1, side)) for value in tried]
    return float(tried[int(np.argmax(figures))])


def _macro_f1(given: npt.NDArray[np.int64], said: npt.NDArray[np.int64]) -> float:
    right, both = (np.bincount(part, minlength=3) for part in (given[given == said], np.concatenate([given, said])))
    return float((2 * right / np.maximum(both, 1)).mean())


def _right(pos: Reals, neu: Reals, neutral_from: float, given: Given) -> Flags:
    """Rows whose out-of-fold label is right; neu in a two-way source is wrong."""
    flat = neu >= neutral_from
    return np.asarray(np.where(flat, given.neu, ~given.neu & ((pos > 0.5) == given.pos)))


def _source_weight(given: Given) -> Reals:
    """Weight of each row in the calibration: that of a two-way source with few rows is larger (power ``EVENNESS``)."""
    names, place, counts = np.unique(given.source, return_inverse=True, return_counts=True)
    two_way = np.isin(names, given.sources())
    return np.asarray(np.where(two_way, (counts.max() / counts) ** EVENNESS, 1.0)[place])


def _trust(polar: Reals, neutral: Reals, standard: Reals, neutral_from: float, given: Given) -> tuple[Layer, Reals]:
    """The layer that tells whether a label is right, and its out-of-fold log odds.

    By ``_source_weight``: a small source with many wrong labels must not be taken for a large one.
    """
    rows = given.judged
    right = _right(sigmoid(polar), sigmoid(neutral), neutral_from, given)
    weight = _source_weight(given)
    inputs = doubts(polar, neutral, standard, neutral_from)
    odds = out_of_fold_odds(inputs, right, given.fold, rows, weight=weight)
    return fit_layer(inputs[rows], right[rows], sample_weight=weight[rows], units=8, decay=1.0), odds


def _card(sure: Reals, pos: Reals, neu: Reals, stack: Stack, given: Given) -> dict[str, Any]:
    """Out-of-fold figures of each source: rows, accuracy, accuracy of the side alone, share of neu, calibration error."""
    flat = neu >= stack.neutral_from
    right = _right(pos, neu, stack.neutral_from, given)
    figures = {}
    for source in sorted(set(given.source[given.labelled])):
        rows = given.labelled & (given.source == source)
        polar = rows & ~given.neu
        figures[source] = {
            "rows": int(rows.sum()),
            "accuracy": round(float(right[rows].mean()), 4),
            "side": round(float(((pos > 0.5) == given.pos)[polar].mean()), 4) if polar.any() else None,
            "neutral": round(float(flat[rows].mean()), 4),
            "undecided": round(float((sure < stack.undecided_below)[rows].mean()), 4),
            "calibration_error": round(calibration_error(sure[rows], right[rows]), 4),
        }
    return {"out_of_fold": figures, "neutral_from": stack.neutral_from}

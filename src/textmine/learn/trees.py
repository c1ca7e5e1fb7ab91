"""Gradient-boosted trees fitted on out-of-fold traits (scikit-learn's histograms), written out as plain arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.ensemble import HistGradientBoostingClassifier

from textmine.sentiment.trees import Trees

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
DEPTH, ROUNDS, RATE = 4, 75, 0.1
GROWTH = {"min_samples_leaf": 40, "l2_regularization": 5.0, "max_features": 0.5}


def fit_trees(traits: Reals, targets: Flags, *, sample_weight: Reals, seeds: int = 2, rounds: int = ROUNDS) -> Trees:
    """Trees for the log odds of ``targets``, ``rounds`` a seed; those of all seeds are averaged in log odds.

    ``traits`` need not be standardised. Each split chooses among a random half of the traits, which is what the seeds differ
    in. The same input gives the same trees.
    """
    models = [
        HistGradientBoostingClassifier(
            max_iter=rounds, learning_rate=RATE, max_depth=DEPTH, early_stopping=False, random_state=seed, **GROWTH
        ).fit(traits, targets, sample_weight=sample_weight)
        for seed in range(seeds)
    ]
    grown = [_complete(trees[0].nodes, DEPTH) for model in models for trees in model._predictors]
    constant = float(np.mean([model._baseline_prediction.item() for model in models]))
    trait, threshold, value = (np.array([tree[column] for tree in grown]) for column in range(3))
    return Trees(trait, threshold, value / seeds, constant)


def no_trees(constant: float) -> Trees:
    """One tree that says nothing: the log odds are ``constant`` for every row."""
    return Trees(np.zeros((1, 1)), np.full((1, 1), np.inf), np.zeros((1, 2)), constant)


def out_of_fold_trees(
    traits: Reals, targets: Flags, folds: npt.NDArray[np.integer], rows: Flags, *, weight: Reals, rounds: int = ROUNDS
) -> Reals:
    """Log odds of every row by trees of one seed, fitted on the ``rows`` of the other folds."""
    odds = np.zeros(len(traits))
    for fold in np.unique(folds):
        rest, here = rows & (folds != fold), folds == fold
        fitted = fit_trees(traits[rest], targets[rest], sample_weight=weight[rest], seeds=1, rounds=rounds)
        odds[here] = fitted.odds(traits[here])
    return odds


def _complete(nodes: Any, depth: int) -> tuple[Reals, Reals, Reals]:
    """A tree of scikit-learn filled up to ``depth``: traits and thresholds of inner nodes, values of leaves."""
    trait, threshold, value = np.zeros(2**depth - 1), np.full(2**depth - 1, np.inf), np.zeros(2**depth)
    held = [0]  # the node of ``nodes`` at each place of the level, from left to right
    for level in range(depth):
        below = []
        for place, node in enumerate(held, start=2**level - 1):
            if nodes["is_leaf"][node]:
                below += [node, node]
                continue
            trait[place], threshold[place] = nodes["feature_idx"][node], nodes["num_threshold"][node]
            below += [int(nodes["left"][node]), int(nodes["right"][node])]
        held = below
    value[:] = nodes["value"][held]
    return trait, threshold, value

"""The small layers that join traits to log odds, fitted on out-of-fold traits, and their own out-of-fold predictions."""

from __future__ import annotations

import warnings

import numpy as np
import numpy.typing as npt
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from textmine.sentiment.stack import Layer

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
LEAST_SPREAD = 1e-3  # a trait that hardly varies says nothing: divided by this at the least


def standardise(traits: Reals) -> tuple[Reals, Reals]:
    """Centre and spread of each trait."""
    return traits.mean(axis=0), np.maximum(traits.std(axis=0), LEAST_SPREAD)


def fit_layer(
    standard: Reals,
    targets: Flags,
    *,
    sample_weight: Reals,
    units: int = 32,
    seeds: int = 3,
    rounds: int = 20,
    decay: float = 0.1,
) -> Layer:
    """One layer of ``units`` tanh units a seed; the networks of all seeds, averaged in log odds, are one wider layer.

    ``standard``: standardised traits, held to -5..5. ``decay``: L2 penalty as of scikit-learn's MLPClassifier.
    """
    nets = [_fit(standard, targets, sample_weight, units=units, seed=seed, rounds=rounds, decay=decay) for seed in range(seeds)]
    return Layer(
        inner=np.hstack([net.coefs_[0] for net in nets]),
        bias=np.concatenate([net.intercepts_[0] for net in nets]),
        outer=np.concatenate([net.coefs_[1][:, 0] for net in nets]) / seeds,
        constant=float(np.mean([net.intercepts_[1][0] for net in nets])),
    )


def out_of_fold_odds(standard: Reals, targets: Flags, folds: npt.NDArray[np.integer], rows: Flags, *, weight: Reals) -> Reals:
    """Log odds of every row by layers fitted on the ``rows`` of the other folds."""
    odds = np.zeros(len(standard))
    for fold in np.unique(folds):
        rest, here = rows & (folds != fold), folds == fold
        odds[here] = fit_layer(standard[rest], targets[rest], sample_weight=weight[rest], seeds=1).odds(standard[here])
    return odds


def _fit(
    standard: Reals, targets: Flags, sample_weight: Reals, *, units: int, seed: int, rounds: int, decay: float
) -> MLPClassifier:
    net = MLPClassifier(
        (units,),
        activation="tanh",
        alpha=decay,
        max_iter=rounds,
        learning_rate_init=3e-3,
        batch_size=min(256, len(standard)),
        random_state=seed,
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the rounds are chosen, not awaited
        return net.fit(standard, targets.astype(np.int64), sample_weight=sample_weight)

"""Weights that all categories share: what a reader can compute."""

from __future__ import annotations

import numpy as np

from textmine.learn.shared import Shared, fit_shared


def test_odds_are_evidence_times_shared_weights_and_a_constant() -> None:
    evidence = np.array([[[1.0, 0.0], [0.0, 2.0]]])  # one row, two classes, two kinds
    odds = Shared(np.array([3.0, 0.5]), np.array([0.0, -1.0])).odds(evidence)
    assert odds.tolist() == [[3.0, 0.0]]


def test_evidence_that_is_right_gets_a_weight_and_noise_gets_little() -> None:
    random = np.random.default_rng(0)
    classes = np.tile([0, 1, 2], 40)
    right = np.eye(3)[classes] + random.normal(0, 0.3, (120, 3))
    evidence = np.stack([right, random.normal(0, 1, (120, 3))], axis=2)
    fitted = fit_shared(evidence, classes, weight=np.ones(120))
    assert fitted.weights[0] > 2 > 1 > abs(fitted.weights[1])
    assert (fitted.odds(evidence).argmax(axis=1) == classes).mean() > 0.9


def test_a_class_with_more_rows_gets_the_larger_constant() -> None:
    classes = np.array([0] * 30 + [1] * 10)
    fitted = fit_shared(np.zeros((40, 2, 1)), classes, weight=np.ones(40))
    assert fitted.constants[0] > 0 > fitted.constants[1]

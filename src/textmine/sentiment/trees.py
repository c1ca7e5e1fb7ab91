"""Gradient-boosted trees over traits, as plain arrays: every tree is filled up to one depth, so that a level is one step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Reals = npt.NDArray[np.float64]
PART = 512  # rows at a time: what they are compared with stays in the cache


@dataclass(frozen=True)
class Trees:
    """Complete binary trees of one depth; node k has the children 2k + 1 (trait <= threshold) and 2k + 2.

    Attributes
    ----------
    trait, threshold : ndarray of float64 [trees, 2 ** depth - 1]
        What an inner node compares. Below a leaf of the tree as it was grown the threshold is infinite.
    value : ndarray of float64 [trees, 2 ** depth]
        Log odds that a leaf adds.
    constant : float
        Log odds before all trees.
    """

    trait: Reals
    threshold: Reals
    value: Reals
    constant: float

    def odds(self, traits: Reals) -> Reals:
        """Log odds of each row of traits, which are not standardised; the same whatever rows are beside it."""
        nodes, leaves = self.trait.shape[1], self.value.shape[1]
        first = np.arange(len(self.trait))
        trait, threshold = self.trait.ravel().astype(np.intp), self.threshold.ravel()
        odds = np.empty(len(traits))
        for start in range(0, len(traits), PART):
            part = np.ascontiguousarray(traits[start : start + PART])
            row = np.arange(len(part))[:, None] * part.shape[1]
            place = np.zeros((len(part), len(first)), np.intp)
            for _ in range(leaves.bit_length() - 1):
                node = place + first * nodes
                right = part.ravel().take(trait.take(node) + row) > threshold.take(node)
                place = 2 * place + 1 + right
            odds[start : start + PART] = self.value.ravel().take(place - nodes + first * leaves).sum(axis=1)
        return odds + self.constant

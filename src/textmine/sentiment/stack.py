"""The learned sentiment of a bundle: traits of a document in, log odds and calibrated confidence out. No pickles."""

from __future__ import annotations

import zipfile
import zlib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from textmine.errors import BundleError
from textmine.sentiment.trees import Trees

Reals = npt.NDArray[np.float64]
FILE = "learned-sentiment.npz"
REACH = 5.0  # standardised traits are held to this
STEEP, FROM = 2.0, -1.0  # how fast and from which score of the terse head the layer for terse texts is listened to


@dataclass(frozen=True)
class Network:
    """How the units and the linear head make log odds: ``out`` and ``constant`` join the units, the biases are the heads'."""

    out: Reals
    constant: float
    unit_bias: Reals
    polar_bias: float


@dataclass(frozen=True)
class Layer:
    """Units tanh(standardised traits @ ``inner`` + ``bias``), joined by ``outer`` and ``constant`` to log odds."""

    inner: Reals
    bias: Reals
    outer: Reals
    constant: float

    def odds(self, standard: Reals) -> Reals:
        """Log odds of each row of standardised traits."""
        return np.asarray((np.tanh(standard @ self.inner + self.bias) * self.outer).sum(axis=1) + self.constant)


@dataclass(frozen=True)
class Stack:
    """Everything learned beside the heads.

    Attributes
    ----------
    network : Network
        How the heads make log odds.
    centre, spread : ndarray of float64
        Traits are standardised with these and held to -5..5.
    polar, neutral : Layer
        Log odds of pos against neg, and of neu against both.
    trees, neutral_trees : Trees
        The log odds of ``polar`` and of ``neutral`` once more; the mean of both counts.
    terse : Layer
        Log odds of pos against neg for texts that hang on one word or turn; where a text reads like those, it counts instead.
    neutral_from : float
        Probability of neu from which a text is neu.
    trust : Layer
        Log odds that the label is right, of ``doubts``.
    sure : ndarray of float64 [points, 2]
        Calibration: probability by ``trust`` to share of right labels.
    undecided_below : float
        Confidence below which the label is called undecided.
    """

    network: Network
    centre: Reals
    spread: Reals
    polar: Layer
    neutral: Layer
    trees: Trees
    neutral_trees: Trees
    terse: Layer
    neutral_from: float
    trust: Layer
    sure: Reals
    undecided_below: float

    def odds(self, traits: Reals, terse: Reals) -> tuple[Reals, Reals]:
        """Log odds of pos against neg, and of neu against both, of each row of traits; ``terse``: scores of that head."""
        standard = self.standard(traits)
        common = (self.polar.odds(standard) + self.trees.odds(traits)) / 2
        neutral = (self.neutral.odds(standard) + self.neutral_trees.odds(traits)) / 2
        return mixed(common, self.terse.odds(standard), terse), neutral

    def standard(self, traits: Reals) -> Reals:
        """Standardised traits, held to -5..5."""
        return np.asarray(np.clip((traits - self.centre) / self.spread, -REACH, REACH))

    def confidence(self, polar: Reals, neutral: Reals, traits: Reals) -> Reals:
        """Chance that the label is right, in [0, 1], from both log odds and the traits: ``trust``, then calibration points."""
        stated = sigmoid(self.trust.odds(doubts(polar, neutral, self.standard(traits), self.neutral_from)))
        return np.asarray(np.interp(stated, self.sure[:, 0], self.sure[:, 1]))

    def save(self, folder: Path) -> None:
        """Write ``learned-sentiment.npz`` (no pickles; the same bytes for the same numbers)."""
        arrays = {f"{part}_{name}": value for part in PARTS for name, value in vars(getattr(self, part)).items()}
        rest = {field.name: getattr(self, field.name) for field in fields(self) if field.name not in PARTS}
        held: dict[str, Any] = {name: np.asarray(value, np.float64) for name, value in (arrays | rest).items()}
        np.savez_compressed(folder / FILE, **held)


def doubts(polar: Reals, neutral: Reals, standard: Reals, neutral_from: float) -> Reals:
    """What tells how far to trust a label [documents, 3 + traits]: how clear the side is, how near neu, whether it is neu."""
    flat = sigmoid(neutral) >= neutral_from
    return np.column_stack([np.minimum(np.abs(polar), 8.0) - 3.0, np.clip(neutral / 2, -REACH, REACH), flat, standard])


def mixed(common: Reals, terse: Reals, score: Reals) -> Reals:
    """Log odds between those of the common models and those for terse texts, by the score of the terse head."""
    share = sigmoid(STEEP * (score - FROM))
    return np.asarray(common + share * (terse - common))


def sigmoid(odds: Reals) -> Reals:
    """Probabilities of log odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(odds, -30.0, 30.0))))


PARTS: dict[str, type[Any]] = {
    "network": Network,
    "polar": Layer,
    "neutral": Layer,
    "trees": Trees,
    "neutral_trees": Trees,
    "terse": Layer,
    "trust": Layer,
}


def load_stack(folder: Path) -> Stack | None:
    """The learned sentiment of a bundle folder; None where there is no such file.

    Raises
    ------
    BundleError
        If the file is no npz, holds pickles, lacks an array, or its arrays do not fit together.
    """
    path = folder / FILE
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as arrays:
            held: dict[str, Any] = {
                name: value.astype(np.float64) if value.ndim else float(value) for name, value in arrays.items()
            }
            parts: dict[str, Any] = {
                part: kind(**{f.name: held.pop(f"{part}_{f.name}") for f in fields(kind)}) for part, kind in PARTS.items()
            }
            stack = Stack(**parts, **held)
            stack.odds(np.zeros((1, len(stack.centre))), np.zeros(1))
    except (OSError, ValueError, TypeError, KeyError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise BundleError(
            "no learned sentiment", where=str(path), got=type(error).__name__, todo="train the task again"
        ) from error
    return stack

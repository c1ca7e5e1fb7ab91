"""What the learners of categories and intent start from: the clues of the rules beside the points of the text space."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from textmine.categories.ballots import Ballots, count_ballots
from textmine.categories.clues import Clues, read_clues
from textmine.categories.decision import Decision
from textmine.learn.calibrate import calibration_points
from textmine.learn.prepared import Prepared
from textmine.learn.softmax import Fitted
from textmine.learn.textspace import TextSpace, fit_space
from textmine.taxonomy import Taxonomy, read_taxonomy

Reals = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Weights = npt.NDArray[np.float32]
DIGITS = 5  # of the weights of clues in the file


@dataclass(frozen=True)
class Material:
    """``numbers`` of each document: its point in the text space, then its clues."""

    taxonomy: Taxonomy
    ballots: Ballots
    clues: Clues
    space: TextSpace
    numbers: Reals


def gather(prepared: Prepared, *, rank: int, columns: int) -> Material:
    """The material of all documents; the space is learned from those whose words may be learned from, each text once.

    Without a space where ``rank`` is 0: the numbers are the clues alone.
    """
    taxonomy = read_taxonomy(prepared.folder / "taxonomy.toml")
    ballots = count_ballots(prepared.documents, prepared.hits, taxonomy=taxonomy)
    clues = read_clues(prepared.documents, prepared.hits, prepared.clauses, ballots=ballots)
    first = ~prepared.documents["text"].duplicated().to_numpy()
    space = fit_space(prepared.ngrams, prepared.texts() & first, rank=rank, columns=columns)
    return Material(taxonomy, ballots, clues, space, np.hstack([space.points, clues.values]))


def split_fitted(material: Material, fitted: Fitted, *, task: str, codes: tuple[str, ...]) -> tuple[Decision, Weights]:
    """The decision as the bundle has it: the weights of clues in it, those of words as heads [2 ** bits, codes]."""
    rank = material.space.axes.shape[1]
    weights = tuple(tuple(row) for row in fitted.coefficients[rank:].round(DIGITS).tolist())
    bias = tuple(fitted.bias.round(DIGITS).tolist())
    return Decision(task, codes, material.clues.names, weights, bias), material.space.fold(fitted.coefficients[:rank])


def calibrated(decision: Decision, sure: Reals, right: Mask) -> Decision:
    """The decision with the confidence that unseen rows bear out: probability of the winner, and whether it was right."""
    points = tuple((float(x), float(y)) for x, y in calibration_points(sure, right))
    return replace(decision, points=points)


def fold_of(prepared: Prepared, rows: Mask, n: int) -> Ints:
    """Fold (0 to n - 1) of each of the rows, whole near-duplicate groups each."""
    return prepared.examples["fold"].to_numpy()[rows].astype(np.int64) % n


def weight_of(prepared: Prepared, rows: Mask) -> Reals:
    """Weight of each of the rows."""
    return prepared.examples["weight"].to_numpy(dtype=np.float64)[rows]


def shares(right: Mask, source: Any) -> dict[str, float]:
    """Share of right rows of each source, and of all, to 4 decimals."""
    names = np.asarray(source)
    every = {"all": round(float(right.mean()), 4)}
    return every | {str(name): round(float(right[names == name].mean()), 4) for name in np.unique(names)}

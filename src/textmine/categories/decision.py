"""A learned decision between codes: heads on the words and weights on the clues, with calibrated confidence."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from textmine.categories.clues import Clues
from textmine.categories.lists import Reals
from textmine.errors import BundleError
from textmine.tomlfile import only_keys

Rows = tuple[tuple[float, ...], ...]
NOT_LEARNED = -1e9


@dataclass(frozen=True)
class Decision:
    """Log odds of each code, but for the part of the words, which the heads of the same task have.

    Attributes
    ----------
    task : str
        Task of the heads: "primary" for the heads "primary.<code>".
    codes, clues : tuple of str
        What is decided between, and the names of the clues the weights are for.
    weights : tuple of rows
        One row of weights for each clue, one weight for each code.
    bias : tuple of float
        Added to each code; a code that no example had is at ``NOT_LEARNED``.
    points : tuple of (x, y)
        Calibration of the probability of the code that wins, to the share of right labels.
    """

    task: str
    codes: tuple[str, ...]
    clues: tuple[str, ...]
    weights: Rows
    bias: tuple[float, ...]
    points: Rows = ()

    def odds(self, clues: Clues, words: Reals) -> Reals:
        """Log odds [documents, codes], to 4 decimals; ``words`` are the scores of the heads, in the order of the codes."""
        # one row after the other: the same bits however the documents are split
        told = np.einsum("nf,fk->nk", clues.values, np.array(self.weights))
        return np.asarray(np.round(words + told + np.array(self.bias), 4))

    def confidence(self, sure: Reals) -> Reals:
        """Share of right labels to be expected at each probability of the winner, to 4 decimals."""
        points = np.array(self.points or ((0.0, 0.0), (1.0, 1.0)))
        return np.asarray(np.interp(sure, points[:, 0], points[:, 1]).round(4))

    @classmethod
    def of(cls, raw: Mapping[str, Any], *, where: str) -> Decision:
        """The decision of a JSON block.

        Raises
        ------
        BundleError
            If keys are missing or unknown, or the numbers do not fit together.
        """
        only_keys(dict(raw), set(cls.__dataclass_fields__), where)
        rows = tuple(tuple(float(value) for value in row) for row in raw["weights"])
        points = tuple((float(x), float(y)) for x, y in raw["points"])
        bias = tuple(float(value) for value in raw["bias"])
        made = cls(str(raw["task"]), tuple(raw["codes"]), tuple(raw["clues"]), rows, bias, points)
        fits = len(rows) == len(made.clues) and all(len(row) == len(made.codes) == len(bias) for row in rows)
        if not fits or not np.isfinite([*bias, *(value for row in rows for value in row)]).all():
            raise BundleError("learned numbers that do not fit together", where=where, todo="train the task again")
        return made

    def plain(self) -> dict[str, Any]:
        """The decision as JSON has it."""
        return asdict(self)


def softmax(odds: Reals) -> Reals:
    """Probabilities of the codes, to 4 decimals."""
    raised = np.exp(odds - odds.max(axis=1, keepdims=True, initial=NOT_LEARNED))
    return np.asarray((raised / raised.sum(axis=1, keepdims=True)).round(4))


def sigmoid(odds: Reals) -> Reals:
    """Probability of each code by itself, to 4 decimals."""
    return np.asarray((1.0 / (1.0 + np.exp(-np.clip(odds, -50.0, 50.0)))).round(4))


def read_learned(path: Path) -> dict[str, Any] | None:
    """The JSON of a learned task, None where the bundle has none.

    Raises
    ------
    BundleError
        If the file is no JSON.
    """
    if not path.exists():
        return None
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BundleError("no learned numbers", where=str(path), got=type(error).__name__, todo="train the task again") from error
    if not isinstance(raw, dict):
        raise BundleError("no learned numbers", where=str(path), got=type(raw).__name__, todo="train the task again")
    return raw

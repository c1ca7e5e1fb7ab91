"""How likely a text is urgent (P0 or P1) by its words, as learned from labelled priorities: one term of the policy."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.errors import BundleError
from textmine.tomlfile import only_keys

if TYPE_CHECKING:  # only the types: heads and priority stay siblings
    from textmine.heads.model import LinearHeads
    from textmine.heads.score import HeadScores

Reals = npt.NDArray[np.float64]
FILE, HEAD = "learned-urgency.json", "urgency.urgent"
COLUMN = "learned_urgency"  # of the rows on their way from ``Labeller.read`` to ``rank``, and of the policy's weights
URGENT, SHOWN_FROM = "urgent", 0.5


@dataclass(frozen=True)
class UrgencyModel:
    """Calibration of the head: probability = sigmoid(slope x score + offset) (Platt 1999)."""

    slope: float
    offset: float

    def value(self, score: Reals) -> Reals:
        """Probability in [0, 1] at each score of the head, to 4 decimals."""
        return np.asarray((1.0 / (1.0 + np.exp(-np.clip(self.slope * score + self.offset, -50.0, 50.0)))).round(4))

    def plain(self) -> dict[str, Any]:
        """The model as JSON has it."""
        return asdict(self)


def load_urgency(folder: Path, *, heads: LinearHeads) -> UrgencyModel | None:
    """The learned urgency of a bundle folder, None where it has none.

    Raises
    ------
    BundleError
        If the file is no JSON, its numbers are none, or the head is missing.
    ConfigError
        If keys are missing or unknown.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    try:
        raw = json.loads(path.read_text("utf-8"))
        only_keys(raw, {"slope", "offset"}, str(path))
        model = UrgencyModel(float(raw["slope"]), float(raw["offset"]))
    except (OSError, ValueError, TypeError) as error:
        raise BundleError("no learned urgency", where=str(path), got=type(error).__name__, todo="train it again") from error
    if HEAD not in heads.names or not (np.isfinite([model.slope, model.offset]).all() and model.slope >= 0):
        raise BundleError("a learned urgency without its head or numbers", where=str(path), todo="train it again")
    return model


def tell_urgency(heads: HeadScores, *, scored: npt.NDArray[np.bool_], model: UrgencyModel) -> pd.Series:
    """Probability in [0, 1] that each document is urgent, float64 to 4 decimals; 0 for texts that are not ``scored``."""
    return pd.Series(np.where(scored, model.value(heads.column(HEAD)), 0.0))


def shown_urgency(values: pd.Series) -> pd.Series:
    """``urgent`` where the words that speak for it are shown on the row (probability ``SHOWN_FROM`` or more), else null."""
    return pd.Series(URGENT, index=values.index, dtype="str").where(values >= SHOWN_FROM)

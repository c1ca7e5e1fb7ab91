"""What every learner is given: the labelled rows and everything the stages read from their texts, computed once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

if TYPE_CHECKING:
    from textmine.text.ngrams import Ngrams

Rows = npt.NDArray[np.bool_]


class Learned(Protocol):
    """What a learner gives back."""

    @property
    def card(self) -> Mapping[str, Any]:
        """Facts for the bundle's card: numbers, names and settings that JSON holds; never a text."""
        ...

    def save(self, folder: Path) -> None:
        """Write the learned files into a bundle folder: ``heads-<task>.npz``, ``learned-<task>*.json`` or ``.npz``."""
        ...


@dataclass(frozen=True)
class Prepared:
    """Examples and what the stages made of them; row ``i`` of ``examples`` is document ``i`` everywhere.

    ``examples``: as of learn.examples, and ``group``, ``fold`` and ``held_out`` of learn.split; index from 0. Only texts
    that are scored (validity ok) are here. ``documents``, ``tokens``, ``ngrams``, ``hits``, ``clauses``: as the stages of
    label.py have them. ``folder``: the bundle folder that is being built, with the vocabulary, and with what the tasks before
    this one have learned.
    """

    examples: pd.DataFrame
    documents: pd.DataFrame
    tokens: pa.Table
    ngrams: Ngrams
    hits: pd.DataFrame
    clauses: pd.DataFrame
    folder: Path

    def __len__(self) -> int:
        return len(self.examples)

    def training(self, label: str) -> Rows:
        """Rows that may be learned from: role train, not held out, and with this label."""
        return self._labelled(label) & self._role("train") & ~self._held_out()

    def held_out(self, label: str) -> Rows:
        """Rows with this label that no bundle was trained on; for measuring, never for tuning."""
        return self._labelled(label) & self._role("train") & self._held_out()

    def gold(self, label: str) -> Rows:
        """Rows of role gold with this label; for measuring, never for tuning."""
        return self._labelled(label) & self._role("gold")

    def texts(self) -> Rows:
        """Rows whose words may be learned from without their labels: neither gold nor held out."""
        return ~self._role("gold") & ~self._held_out()

    def _labelled(self, label: str) -> Rows:
        return self.examples[label].notna().to_numpy(bool)

    def _role(self, role: str) -> Rows:
        return self.examples["role"].eq(role).to_numpy(bool)

    def _held_out(self) -> Rows:
        return self.examples["held_out"].to_numpy(bool)

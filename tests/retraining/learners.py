"""Learners for the tests: one that changes nothing, and one that spoils sentiment."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Nothing:
    card: dict = field(default_factory=lambda: {"rows": 1})

    def save(self, folder: Path) -> None:
        pass


class AllPraise(Nothing):
    def save(self, folder: Path) -> None:
        for learned in folder.glob("*-sentiment*.npz"):  # it would weigh the offset its own way
            learned.unlink()
        path = folder / "sentiment.json"
        scalars = json.loads(path.read_text("utf-8"))
        path.write_text(json.dumps(scalars | {"offset": 50.0}), "utf-8")


def train_nothing(prepared, *, strength=1.0):
    return Nothing()


def train_all_praise(prepared):
    return AllPraise()

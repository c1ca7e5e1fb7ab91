"""Labels beside predictions: which rows a figure is of, and what was given and said in each, for one bundle or for two."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.learn.scores import Counts, Flags, counts, indicator

ALL = "all"  # the source that stands for all sources together
# task of a figure: column of the labels, column of the predictions
JUDGED: Mapping[str, tuple[str, str]] = {
    "sentiment": ("sentiment", "sentiment"),
    "categories": ("primary_category", "primary_category"),
    "all_categories": ("categories", "categories"),
    "intent": ("intent", "intent"),
    "priority": ("priority", "priority"),
    "aspect": ("aspect", "said_aspect"),
    "polarity": ("polarity", "said_polarity"),
}


@dataclass(frozen=True)
class Judged:
    """One task on one set of rows: ``rows`` are positions in the examples, ``said`` has an array for each bundle.

    ``on``: held_out or gold. ``source``: of the examples, or ``all``. ``classes`` are those of labels and predictions;
    ``given`` and each of ``said`` are bool [rows, classes].
    """

    task: str
    on: str
    source: str
    classes: tuple[str, ...]
    rows: npt.NDArray[np.int64]
    given: Flags
    said: tuple[Flags, ...]

    def counts(self, bundle: int = 0) -> Counts:
        """Counts of a bundle's predictions."""
        return counts(self.given, self.said[bundle])

    def right(self, bundle: int = 0) -> Flags:
        """Rows whose prediction is the label exactly."""
        same: Flags = (self.given == self.said[bundle]).all(axis=1)
        return same

    @property
    def single(self) -> bool:
        """Each row has one label, so that accuracy is a figure."""
        return self.task != "all_categories"


def judge(examples: pd.DataFrame, *predictions: pd.DataFrame) -> Iterator[Judged]:
    """Every task that has labels, on the held-out and on the gold rows, by source and over all sources.

    Reads of ``examples`` ``text``, ``source``, ``role``, ``held_out`` and the labels; each frame of ``predictions`` has the same
    rows and ``sentiment``, ``primary_category``, ``categories``, ``intent``, ``priority``, ``said_aspect`` (category.subcategory)
    and ``said_polarity``. Aspects are judged on texts with a single opinion; lists of categories where some row has two.
    """
    parts = {
        "held_out": (examples["role"].eq("train") & examples["held_out"]).to_numpy(),
        "gold": examples["role"].eq("gold").to_numpy(),
    }
    for task, (given, said) in JUDGED.items():
        counted = _counted(examples, task, given)
        for on, part in parts.items():
            rows = np.flatnonzero(part & counted)
            if len(rows) and not (task == "all_categories" and examples["categories"].iloc[rows].map(len).max() < 2):
                yield from _by_source(examples, predictions, rows, (task, on, given, said))


def _counted(examples: pd.DataFrame, task: str, given: str) -> Flags:
    labelled: Flags = examples[given].notna().to_numpy(bool)
    if task in ("aspect", "polarity"):
        opinions = examples["text"].where(labelled)
        labelled = labelled & ~opinions.duplicated(keep=False).to_numpy()
    return labelled


def _by_source(
    examples: pd.DataFrame, predictions: tuple[pd.DataFrame, ...], rows: npt.NDArray[np.int64], about: tuple[str, str, str, str]
) -> Iterator[Judged]:
    task, on, given, said = about
    truth = _lists(examples[given].iloc[rows])
    deep = any("." in code for codes in truth for code in codes)
    told = [_lists(frame[said].iloc[rows], deep=deep or task != "aspect") for frame in predictions]
    classes = sorted({code for lists in (truth, *told) for codes in lists for code in codes})
    marks = [indicator(lists, classes) for lists in (truth, *told)]
    sources = examples["source"].to_numpy()[rows]
    names = sorted(set(sources))
    for source in [*names, *([ALL] if len(names) > 1 else [])]:
        chosen = np.ones(len(rows), np.bool_) if source == ALL else np.asarray(sources == source)
        given_here, *said_here = (mark[chosen] for mark in marks)
        yield Judged(task, on, source, tuple(classes), rows[chosen], given_here, tuple(said_here))


def _lists(cells: pd.Series, *, deep: bool = True) -> list[list[str]]:
    """Codes of each cell as a list; the first level alone where ``deep`` is False."""
    lists = [_codes(cell) for cell in cells.tolist()]
    return lists if deep else [[code.partition(".")[0] for code in codes] for codes in lists]


def _codes(cell: object) -> list[str]:
    if isinstance(cell, str):
        return [cell]
    return [str(code) for code in cell] if isinstance(cell, list | tuple | np.ndarray) else []

"""The contrast suite beside the package: minimal pairs whose attitude hangs on one thing, and how many a bundle passes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from textmine.label import Labeller
from textmine.learn.evaluate import FIGURE_COLUMNS, figure_rows
from textmine.learn.scores import share
from textmine.store.shipped import PACKAGE

FILES = ("open", "frozen")
Passed = Mapping[str, tuple[int, int]]  # kind to (right, cases)


def contrast_folder() -> Path | None:
    """Folder of open.jsonl and frozen.jsonl, in an installed package or in the project; None where it is in neither."""
    places = (PACKAGE / "contrast", PACKAGE.parent.parent / "tests" / "contrast")
    return next((folder for folder in places if (folder / "open.jsonl").is_file()), None)


def read_cases(folder: Path) -> pd.DataFrame:
    """``file``, ``pair``, ``kind``, ``text`` and ``sentiment`` of every case."""
    parts = []
    for name in FILES:
        lines = (folder / f"{name}.jsonl").read_text("utf-8").splitlines()
        parts.append(pd.DataFrame([json.loads(line) for line in lines if line]).assign(file=name))
    return pd.concat(parts, ignore_index=True)[["file", "pair", "kind", "text", "sentiment"]]


def judge_cases(labeller: Labeller, cases: pd.DataFrame) -> pd.DataFrame:
    """``file``, ``kind``, ``pair`` and ``right`` of each case; no text goes on."""
    said = labeller.label(cases["text"])
    return cases[["file", "kind", "pair"]].assign(right=said["sentiment"].to_numpy() == cases["sentiment"].to_numpy())


def by_kind(judged: pd.DataFrame) -> Passed:
    """Right and all cases of each kind of the frozen file; the open one may be learned from."""
    kinds = judged[judged["file"] == "frozen"].groupby("kind")["right"]
    return {str(kind): (int(part.sum()), len(part)) for kind, part in kinds}


def contrast_figures(judged: pd.DataFrame) -> pd.DataFrame:
    """Pass rate by file and kind, and of whole pairs, as figures of task ``contrast``."""
    rows: list[tuple[object, ...]] = []
    for name, part in judged.groupby("file"):
        pairs = part.groupby("pair")["right"].all().to_numpy(bool)
        scores = [("", "pass_rate", share(part["right"].to_numpy(bool))), ("", "pairs_right", share(pairs))]
        scores += [(str(kind), "pass_rate", share(rest.to_numpy(bool))) for kind, rest in part.groupby("kind")["right"]]
        rows += figure_rows("contrast", str(name), "suite", scores)
    return pd.DataFrame(rows, columns=list(FIGURE_COLUMNS)).round(4)

"""What stands in a bundle's card: sources, splits, what was learned, figures, the gate's verdict, versions. Never a text."""

from __future__ import annotations

import math
from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

import pandas as pd

from textmine.learn.evaluate import FIGURE_COLUMNS
from textmine.learn.gate import Verdict
from textmine.learn.prepared import Learned
from textmine.learn.split import HELD_OUT, NEWEST

NEEDS = ("jieba", "rjieba", "snownlp", "scikit-learn", "numpy")
BY_RULE: Mapping[str, str] = {
    "sentiment": "SnowNLP's own Bayes model, compiled into log-ratios; lexicon and rules written for textmine",
    "categories": "weak rules of the taxonomy file",
    "intent": "weak rules",
    "aspects": "words of the taxonomy file, attitude of the clause",
    "priority": "the policy file",
}


def make_card(
    examples: pd.DataFrame,
    learned: Mapping[str, Learned],
    *,
    before: Mapping[str, Any],
    note: str,
    origin: Mapping[str, Any],
    about: Mapping[str, Mapping[str, Any]] | None = None,
) -> dict[str, Any]:
    """The card before figures and verdict are known.

    Parameters
    ----------
    examples : DataFrame
        With ``held_out``; counted by source and role.
    before : mapping
        Card of the bundle this one began from ({} for none): what was not learned again is told as there.
    origin : mapping
        Facts of the run: recipe, base, digests of the files.
    about : mapping
        Facts of the run by task learned: rows, dictionary.
    """
    tasks = {**before.get("tasks", {}), **{task: {**part.card, **(about or {}).get(task, {})} for task, part in learned.items()}}
    labels = {**BY_RULE, **before.get("labels", {}), **dict.fromkeys(learned, "learned, see tasks")}
    return {
        "format_version": 1,
        "made_with": {"textmine": version("textmine")} | {need: version(need) for need in NEEDS},
        "note": note or before.get("note", ""),
        "sources": {str(source): int(n) for source, n in examples["source"].value_counts(sort=False).sort_index().items()},
        "split": _split(examples),
        "labels": labels,
        "tasks": tasks,
        **origin,
    }


def with_figures(card: Mapping[str, Any], figures: pd.DataFrame, verdict: Verdict) -> dict[str, Any]:
    """The card with the figures and what the gate found."""
    gate = {"champion": verdict.champion or None, "passed": verdict.passed, "checks": _rows(verdict.table())}
    return {**card, "figures": _rows(figures), "gate": gate}


def card_figures(card: Mapping[str, Any]) -> pd.DataFrame:
    """The figures of a card as ``learn.evaluate.figures`` gives them; empty where it has none."""
    kept = card.get("figures") or {"columns": list(FIGURE_COLUMNS), "rows": []}
    return pd.DataFrame(kept["rows"], columns=kept["columns"])


def _split(examples: pd.DataFrame) -> dict[str, Any]:
    rows = {
        "train": int((examples["role"].eq("train") & ~examples["held_out"]).sum()),
        "held_out": int((examples["role"].eq("train") & examples["held_out"]).sum()),
        "gold": int(examples["role"].eq("gold").sum()),
        "text": int(examples["role"].eq("text").sum()),
    }
    rule = f"near-duplicate groups by SHA-256 of the first: folds {HELD_OUT} to 99; newest {NEWEST:.0%} of dated sources"
    return {"rule": f"{rule}; groups of gold texts", "rows": rows}


def _rows(frame: pd.DataFrame) -> dict[str, Any]:
    """Columns and rows as JSON holds them; NaN as null."""
    rows = [[_plain(cell) for cell in row] for row in frame.itertuples(index=False, name=None)]
    return {"columns": [str(name) for name in frame.columns], "rows": rows}


def _plain(cell: Any) -> Any:
    if hasattr(cell, "item"):
        cell = cell.item()
    if isinstance(cell, float):
        return round(cell, 4) if math.isfinite(cell) else None
    return cell

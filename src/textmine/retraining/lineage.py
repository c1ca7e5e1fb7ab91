"""What the bundle in use had learned, beside what is learned now: what is replaced, from how much, and what is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from textmine.retraining.tasks import TASKS

DICTIONARY = "dictionary.txt"
FEW = 0.1  # of the rows of before: fewer are worth a warning


def replaced_tasks(card: Mapping[str, Any], *, tasks: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Those of ``tasks`` that the bundle of ``card`` had learned too, with the tasks of the figures that judge each.

    Topics, which nothing is labelled with, and proposals are none of them.
    """
    return {name: TASKS[name].judged for name in tasks if TASKS[name].judged and _learned(card, name)}


def rows_of(card: Mapping[str, Any], task: str) -> int:
    """Rows the bundle of ``card`` learned the task from; 0 where it does not say."""
    facts = card.get("tasks", {}).get(task, {})
    by_source = sum(int(part.get("rows", 0)) for part in facts.get("out_of_fold", {}).values())
    return int(facts.get("training_rows") or facts.get("rows") or by_source)


def fewer_rows(card: Mapping[str, Any], rows: Mapping[str, int]) -> Iterator[str]:
    """A sentence for each task that is learned from less than a tenth of the rows it was learned from before."""
    for task, n in rows.items():
        if n < FEW * (before := rows_of(card, task)):
            yield f"{task}: learned from {n} rows, before from {before}"


def dictionary_of(folder: Path) -> str:
    """SHA-256 of the folder's dictionary."""
    return hashlib.sha256((folder / DICTIONARY).read_bytes()).hexdigest()


def of_another_dictionary(card: Mapping[str, Any], *, folder: Path, tasks: Collection[str]) -> list[str]:
    """Tasks whose files lie in ``folder`` as they were, learned with words cut by another dictionary than the folder's.

    ``tasks``: those that are learned again. A card that names no dictionary of a task means the one sealed with it.
    """
    now, sealed = dictionary_of(folder), card.get("files", {}).get(DICTIONARY, "")
    kept = {name: facts for name, facts in card.get("tasks", {}).items() if name in TASKS and name not in tasks}
    return [
        name
        for name, facts in kept.items()
        if facts.get("dictionary", sealed) != now and not TASKS[name].proposes and any(_files(folder, name))
    ]


def _learned(card: Mapping[str, Any], task: str) -> bool:
    return task in card.get("tasks", {}) or any(
        fnmatch(file, pattern) for file in card.get("files", {}) for pattern in TASKS[task].files
    )


def _files(folder: Path, task: str) -> Iterator[Path]:
    for pattern in TASKS[task].files:
        yield from folder.glob(pattern)

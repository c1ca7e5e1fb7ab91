"""Equal texts with different labels, and label sets too small to learn from."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from textmine.learn.examples import text_digest
from textmine.retraining.problems import Problem

LEAST_ROWS, LEAST_OF_CLASS = 50, 5  # fewer cannot be split, calibrated and measured
SINGLE = ("sentiment", "primary_category", "intent", "priority")


def settle(examples: pd.DataFrame, *, file: str, drop: bool = False) -> tuple[pd.DataFrame, list[Problem]]:
    """The examples of one source, equal rows once; and the texts that have two different labels in one column.

    ``drop``: texts with different labels are left out, all their rows, and are no problem. For ``polarity`` the text and the
    aspect together must be equal.
    """
    if examples.empty:
        return examples, []
    digest = pd.Series([text_digest(text) for text in examples["text"]], index=examples.index)
    written = examples.assign(text=digest, categories=examples["categories"].map(_key), source="")
    first = ~written.duplicated()
    bad = {label: _differing(written, label) for label in (*SINGLE, "categories", "polarity")}
    if drop:
        lost = pd.concat(bad, axis=1).any(axis=1)
        return examples[first & ~lost].reset_index(drop=True), []
    return examples[first].reset_index(drop=True), list(_told(bad, digest, file))


def too_small(examples: pd.DataFrame, label: str, *, task: str) -> Iterator[Problem]:
    """What speaks against learning a task from these rows: none, few, one class only, a class of too few rows."""
    given = examples.loc[examples["role"].eq("train") & examples[label].notna(), label]
    file = f"task {task}"
    counts = given.explode().value_counts()
    if len(given) < LEAST_ROWS:
        yield Problem(file, label, "too few rows", f"{len(given)}", len(given), todo=f"at least {LEAST_ROWS} labelled rows")
    if len(counts) == 1:
        yield Problem(file, label, "one class only", str(counts.index[0]), len(given), todo="rows of at least two classes")
    for code, n in counts[counts < LEAST_OF_CLASS].items():
        yield Problem(file, label, "too few rows of a class", str(code), int(n), todo=f"at least {LEAST_OF_CLASS} rows, or none")


def _differing(written: pd.DataFrame, label: str) -> pd.Series:
    """True at rows whose text has two labels of this column or more."""
    key = written["text"] + "|" + written["aspect"].fillna("") if label == "polarity" else written["text"]
    return written[label].groupby(key).transform("nunique") > 1


def _told(bad: dict[str, pd.Series], digest: pd.Series, file: str) -> Iterator[Problem]:
    for label, rows in bad.items():
        if rows.any():
            texts, first = digest[rows].nunique(), int(rows.to_numpy().argmax()) + 1
            todo = 'one label for equal texts, or conflicts = "drop" in the recipe'
            yield Problem(file, label, "conflicting rows", f"{texts} texts", int(rows.sum()), first, todo)


def _key(codes: object) -> str | None:
    return "|".join(sorted(codes)) if isinstance(codes, list) else None

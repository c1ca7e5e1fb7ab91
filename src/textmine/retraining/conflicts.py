"""Equal texts with different labels: who wins, who is refused; and label sets too small to learn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from textmine.learn.examples import LABELS, make_examples, text_digest
from textmine.retraining.problems import Problem
from textmine.retraining.tasks import LEAST_ROWS

LEAST_OF_CLASS = 5  # fewer cannot be calibrated and measured
SINGLE = ("sentiment", "primary_category", "intent", "priority")
KINDS = (("sentiment",), ("categories", "primary_category"), ("intent",), ("priority",))  # said together, taken back together
URGENT = ("P0", "P1")


def settle(examples: pd.DataFrame, *, file: str, drop: bool = False) -> tuple[pd.DataFrame, list[Problem]]:
    """The examples of one source, equal rows once; and the texts that have two different labels in one column.

    ``drop``: texts with different labels are left out, all their rows, and are no problem. For ``polarity`` the text and the
    aspect together must be equal.
    """
    if examples.empty:
        return examples, []
    digest = digests(examples)
    written = examples.assign(text=digest, categories=examples["categories"].map(_key), source="")
    first = ~written.duplicated()
    bad = {label: _differing(written, label) for label in (*SINGLE, "categories", "polarity")}
    if drop:
        lost = pd.concat(bad, axis=1).any(axis=1)
        return examples[first & ~lost].reset_index(drop=True), []
    return examples[first].reset_index(drop=True), list(_told(bad, digest, file))


def digests(examples: pd.DataFrame) -> pd.Series:
    """Digest of each row's text: equal texts have equal ones."""
    return pd.Series([text_digest(text) for text in examples["text"]], index=examples.index, dtype="str")


def overruled(examples: pd.DataFrame, *, by: pd.DataFrame) -> pd.DataFrame:
    """The examples without the labels of role train that ``by`` says otherwise, or again, of equal texts."""
    texts, spoken, train = digests(examples), digests(by), examples["role"].eq("train")
    lost = [train & texts.isin(spoken[by[list(kind)].notna().any(axis=1)]) for kind in KINDS]
    return _without(examples, lost)


def newest_words(examples: pd.DataFrame, *, when: pd.Series) -> pd.DataFrame:
    """The examples without the labels that were given before a newer one of the same kind to an equal text."""
    texts, lost = digests(examples), []
    for kind in KINDS:
        said = when.where(examples[list(kind)].notna().any(axis=1))
        lost.append(said < said.groupby(texts).transform("max"))
    return _without(examples, lost)


def too_small(examples: pd.DataFrame, label: str, *, task: str, fewest: int = LEAST_ROWS, when: str = "") -> Iterator[Problem]:
    """What speaks against learning a task from these rows: none, few, one class only, a class of too few, nothing urgent.

    ``when``: said behind what is to do, where rows have been set aside already.
    """
    given = examples.loc[examples["role"].eq("train") & examples[label].notna(), label]
    file = f"task {task}"
    counts = given.explode().value_counts()
    if len(given) < fewest:
        yield Problem(file, label, "too few rows", f"{len(given)}", len(given), todo=f"at least {fewest} labelled rows{when}")
    if len(counts) == 1:
        yield Problem(file, label, "one class only", str(counts.index[0]), len(given), todo=f"rows of at least two classes{when}")
    for code, n in counts[counts < LEAST_OF_CLASS].items():
        yield Problem(
            file, label, "too few rows of a class", str(code), int(n), todo=f"at least {LEAST_OF_CLASS} rows{when}, or none"
        )
    if label == "priority" and len(given) and not given.isin(URGENT).any():
        yield Problem(file, label, "nothing urgent", "", len(given), todo=f"some rows of {' or '.join(URGENT)}{when}")


def _without(examples: pd.DataFrame, lost: Sequence[pd.Series]) -> pd.DataFrame:
    """The examples without the labels of each of KINDS where ``lost`` says so; rows that lose all they had are left out."""
    labels = list(LABELS)
    kept = examples.assign(
        **{label: examples[label].mask(rows) for kind, rows in zip(KINDS, lost, strict=True) for label in kind}
    )
    emptied = examples[labels].notna().any(axis=1) & ~kept[labels].notna().any(axis=1)
    return make_examples(kept[~emptied])


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

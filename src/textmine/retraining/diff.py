"""Two bundles side by side: labels that differ on the same texts, and the figures of both cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from textmine.anyfile import read_any
from textmine.errors import ConfigError, UnitError
from textmine.label import Labeller
from textmine.retraining.card import card_figures
from textmine.retraining.contrast import contrast_folder, read_cases
from textmine.retraining.measure import predict
from textmine.store.shipped import PACKAGE

COMPARED = ("sentiment", "primary_category", "categories", "intent", "priority")
EXAMPLES = 20
SAMPLE = PACKAGE.parent.parent / "data" / "sample"
KEYS = ["task", "on", "source", "class", "measure"]


@dataclass(frozen=True)
class Difference:
    """``counts``: column, texts, differ, share. ``confusion``: column, first, second, texts. ``examples``: up to 20 masked texts
    with the column and both labels; for a terminal only, never for a file, a log or a card.
    """

    counts: pd.DataFrame
    confusion: pd.DataFrame
    examples: pd.DataFrame


def compare_labels(one: Labeller, other: Labeller, texts: pd.Series) -> Difference:
    """Where two bundles say different things of the same texts; a list of categories counts as a set."""
    first, second = predict(one, texts), predict(other, texts)
    rows, pairs, shown = [], [], []
    for column in COMPARED:
        before, after = (frame[column].map(_label).fillna("") for frame in (first, second))
        differ = before != after
        rows.append((column, len(texts), int(differ.sum()), round(float(differ.mean()), 4) if len(texts) else 0.0))
        frame = pd.DataFrame({"column": column, "first": before, "second": after, "text": second["text"]})[differ]
        pairs.append(frame.groupby(["column", "first", "second"]).size().rename("texts").reset_index())
        shown.append(frame)
    confusion = pd.concat(pairs, ignore_index=True).sort_values(["column", "texts"], ascending=[True, False], kind="stable")
    return Difference(
        pd.DataFrame(rows, columns=["column", "texts", "differ", "share"]),
        confusion.reset_index(drop=True),
        pd.concat([part.head(max(1, EXAMPLES // len(COMPARED))) for part in shown], ignore_index=True),
    )


def compare_figures(one: Mapping[str, Any], other: Mapping[str, Any]) -> pd.DataFrame:
    """Figures of two cards: the columns of KEYS, ``first``, ``second`` and ``difference``; null where one lacks it."""
    first, second = (card_figures(card)[[*KEYS, "value"]].astype({"value": "float64"}) for card in (one, other))
    joined = first.rename(columns={"value": "first"}).merge(second.rename(columns={"value": "second"}), on=KEYS, how="outer")
    return joined.assign(difference=(joined["second"] - joined["first"]).round(4))


def sample_texts() -> pd.Series:
    """Texts made up for the project: its sample data where that is here, else the open half of the contrast suite.

    Raises
    ------
    ConfigError
        If neither is here.
    """
    found = [_texts(path) for path in sorted(SAMPLE.rglob("*")) if path.is_file() and path.suffix != ".toml"]
    texts = pd.concat([pd.Series([], dtype="str"), *found], ignore_index=True)
    folder = contrast_folder()
    if texts.empty and folder is not None:
        cases = read_cases(folder)
        texts = cases.loc[cases["file"] == "open", "text"].reset_index(drop=True)
    if texts.empty:
        raise ConfigError("no sample of texts is here", todo="give --texts")
    return texts


def _texts(path: Path) -> pd.Series:
    try:
        return read_any(path).feedback["text"].dropna().astype("str")
    except (UnitError, ConfigError):  # a format that needs its channel
        return pd.Series([], dtype="str")


def _label(cell: Any) -> str | None:
    if isinstance(cell, str):
        return cell
    return "|".join(sorted(map(str, cell))) if hasattr(cell, "__iter__") else None

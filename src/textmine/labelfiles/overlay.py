"""A person's labels laid over the model's, before anything is concluded from them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa

WORDS = pd.ArrowDtype(pa.list_(pa.string()))
# A person says which side, not how far: where the side differs from the model's, the score is the middle of the person's side.
SIDE = {"neg": -0.5, "neu": 0.0, "pos": 0.5}


class Overlaid(NamedTuple):
    """Labels of documents after a person's word. Columns are those that came in."""

    sentiment: pd.DataFrame
    categories: pd.DataFrame
    intent: pd.DataFrame


def overlay(sentiment: pd.DataFrame, categories: pd.DataFrame, intent: pd.DataFrame, given: pd.DataFrame) -> Overlaid:
    """The labels of the stages with a person's in their place; confidence 1 where a person spoke, agreeing or not.

    Sentiment: where the label stays, so does the score; else it is 0 (neu) or +-0.5. ``undecided`` is False. Categories: the
    person's, the primary one first; a second level stays if its category does. Where a person names only the primary
    category, it comes first and the model's others stay; where only the list, the model's primary stays if it is in it.

    Parameters
    ----------
    sentiment, categories, intent : pd.DataFrame
        As the stages return them, one row a document.
    given : pd.DataFrame
        Same rows: ``sentiment``, ``primary_category``, ``intent`` (code or null), ``categories`` (list or null).
    """
    return Overlaid(_sentiment(sentiment, given), _categories(categories, given), _intent(intent, given))


def overlay_priority(ranked: pd.DataFrame, given: pd.Series) -> pd.DataFrame:
    """Priorities with a person's in their place (null: none given); score and terms stay, to show what the policy said."""
    return ranked.assign(priority=given.where(given.notna(), ranked["priority"]).astype("str"))


def _sentiment(model: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    label = given["sentiment"]
    spoken = label.notna().to_numpy()
    other = spoken & (label.fillna("") != model["sentiment"].fillna("")).to_numpy(bool)
    result = model.assign(
        sentiment=model["sentiment"].where(~spoken, label).astype("str"),
        sentiment_score=model["sentiment_score"].where(~other, label.map(SIDE).astype("float64")),
        sentiment_confidence=model["sentiment_confidence"].where(~spoken, 1.0),
    )
    if "undecided" in model:
        result["undecided"] = model["undecided"].where(~spoken, other=False)
    return result


def _categories(model: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    spoken = np.flatnonzero(given["categories"].notna() | given["primary_category"].notna())
    lists, subs = (_lists(model[name]) for name in ("categories", "subcategories"))
    primary = model["primary_category"].astype(object).tolist()
    listed, mains = _lists(given["categories"]), given["primary_category"].astype(object).tolist()
    for at in spoken.tolist():
        named = listed[at] or lists[at] or []
        first = mains[at] if isinstance(mains[at], str) else primary[at] if primary[at] in named else named[0]
        now = [first, *(code for code in named if code != first)]
        lists[at], primary[at] = now, first
        subs[at] = [sub for sub in subs[at] or [] if sub.partition(".")[0] in now]
    confidence = model["category_confidence"].to_numpy(dtype=np.float64, copy=True)
    confidence[spoken] = 1.0
    return model.assign(
        categories=_as_lists(lists, model["categories"]),
        subcategories=_as_lists(subs, model["subcategories"]),
        primary_category=pd.Series(primary, index=model.index, dtype="str"),
        category_confidence=confidence,
    )


def _intent(model: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    spoken = given["intent"].notna().to_numpy()
    return model.assign(
        intent=model["intent"].where(~spoken, given["intent"]).astype("str"),
        intent_confidence=model["intent_confidence"].where(~spoken, 1.0),
    )


def _lists(column: pd.Series) -> list[list[str] | None]:
    return list(pa.array(column, type=pa.list_(pa.string()), from_pandas=True).to_pylist())


def _as_lists(lists: list[list[str] | None], like: pd.Series) -> pd.Series:
    return pd.Series(lists, index=like.index, dtype=WORDS if isinstance(like.dtype, pd.ArrowDtype) else object)

"""Red lines: words that alone make a feedback urgent, unless they are denied, only suspected or out of place."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from textmine.policy import Policy, RedLine

CODES = pa.list_(pa.string())
WORDS = pa.map_(pa.string(), CODES)


def find_red_lines(rows: pd.DataFrame, hits: pd.DataFrame, *, policy: Policy) -> pd.DataFrame:
    """Red lines of each document, with the words that crossed them.

    A red line is crossed when the weights of its different words in the text add up to 1 or more. A word does not count
    where it is negated or a guard of the same red line stands in the same clause. The sentiment must be one the red line
    names (a complaint passes whatever its sentiment: the two models disagree, and silence is the dearer mistake), and one
    of the categories must be one it names, if it names any. Texts that are not scored (sentiment null) cross none.

    Parameters
    ----------
    rows : pd.DataFrame
        One row per document: ``sentiment`` (null where not scored), ``intent``, ``categories`` (lists).
    hits : pd.DataFrame
        Found phrases of ``policy.phrases()``: ``doc`` (position in rows), ``clause``, ``list``, ``label``, ``words``,
        ``weight``, ``negated``. Other lists are passed over.
    policy : Policy
        Source of words, guards and conditions.

    Returns
    -------
    pd.DataFrame
        One row per document: ``red_lines`` (codes in the policy's order, empty for none) and ``red_line_words`` (map of
        code to its words in text order; null for none).
    """
    words = counting_words(hits, kind="red_line")
    strength = words.groupby(["doc", "label"], sort=False)["weight"].sum().round(4)
    crossed = strength[strength >= 1].reset_index()[["doc", "label"]]
    order = {line.code: at for at, line in enumerate(policy.red_line)}
    crossed = crossed[_conditions_hold(crossed, rows, {line.code: line for line in policy.red_line})]
    crossed = crossed.assign(order=crossed["label"].map(order)).sort_values(["doc", "order"])
    return _as_columns(crossed, words, len(rows))


def counting_words(hits: pd.DataFrame, *, kind: str, deniable: bool = True) -> pd.DataFrame:
    """Each word of a list (``red_line`` or ``cue``) once per document and label, in text order.

    Left out are words with a guard of their label in the same clause and, if ``deniable``, those that are negated.
    """
    plain = hits[["doc", "clause", "start", "list", "label", "words", "weight", "negated"]]
    plain = plain[plain["list"].isin([kind, f"{kind}_guard"])].astype({"list": str, "label": str, "words": str})
    guarded = pd.MultiIndex.from_frame(plain.loc[plain["list"] == f"{kind}_guard", ["doc", "clause", "label"]])
    words = plain[plain["list"] == kind]
    words = words[~words["negated"].to_numpy(bool)] if deniable else words
    words = words[~pd.MultiIndex.from_frame(words[["doc", "clause", "label"]]).isin(guarded)]
    words = words.sort_values(["doc", "start", "words"]).drop_duplicates(["doc", "label", "words"])
    return words.astype({"weight": np.float64})


def _conditions_hold(crossed: pd.DataFrame, rows: pd.DataFrame, lines: dict[str, RedLine]) -> np.ndarray:
    """Whether sentiment and categories of the document are those that its red line asks for."""
    at = rows.iloc[crossed["doc"].to_numpy()]
    asked = [lines[code] for code in crossed["label"]]
    pairs = zip(asked, at["sentiment"], at["intent"], at["categories"], strict=True)
    return np.array([_holds(line, sentiment, intent, categories) for line, sentiment, intent, categories in pairs], bool)


def _holds(line: RedLine, sentiment: object, intent: object, categories: object) -> bool:
    if not isinstance(sentiment, str) or (sentiment not in line.sentiments and intent != "complaint"):
        return False
    named = {str(code) for code in categories} if isinstance(categories, (list, tuple, np.ndarray)) else set()
    return not line.categories or bool(named & set(line.categories))


def _as_columns(crossed: pd.DataFrame, words: pd.DataFrame, n: int) -> pd.DataFrame:
    codes: list[list[str]] = [[] for _ in range(n)]
    evidence: list[dict[str, list[str]] | None] = [None] * n
    spoken = crossed.merge(words[["doc", "label", "words"]], on=["doc", "label"], how="left", sort=False)
    for doc, label, word in zip(spoken["doc"], spoken["label"], spoken["words"], strict=True):
        told = evidence[doc] = evidence[doc] or {}
        told.setdefault(label, []).append(word)
    for doc, label in zip(crossed["doc"], crossed["label"], strict=True):
        codes[doc].append(label)
    maps = [None if told is None else list(told.items()) for told in evidence]
    columns = {"red_lines": pa.array(codes, CODES), "red_line_words": pa.array(maps, WORDS)}
    return pd.DataFrame({name: pd.arrays.ArrowExtensionArray(column) for name, column in columns.items()})

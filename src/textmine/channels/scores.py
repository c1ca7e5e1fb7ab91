"""Ratings, recommendation, effort, votes and money as numbers, whether the source writes 4, 4分, ★★★★ or 满意."""

from __future__ import annotations

import logging
import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from textmine.channels.values import as_label

logger = logging.getLogger(__name__)

RATING_WORDS: Mapping[str, float] = {
    # Five grades of 好差评, 国办发〔2019〕51号 (非常满意 满意 基本满意 不满意 非常不满意), and the usual survey scale with 一般.
    "非常满意": 5,
    "很满意": 5,
    "十分满意": 5,
    "极满意": 5,
    "满意": 4,
    "比较满意": 4,
    "较满意": 4,
    "基本满意": 3,
    "一般": 3,
    "中立": 3,
    "不满意": 2,
    "不太满意": 2,
    "较不满意": 2,
    "比较不满意": 2,
    "非常不满意": 1,
    "很不满意": 1,
    "十分不满意": 1,
    "极不满意": 1,
    "好评": 5,
    "中评": 3,
    "差评": 1,  # the three grades of Taobao
    "very satisfied": 5,
    "satisfied": 4,
    "neutral": 3,
    "neither satisfied nor dissatisfied": 3,
    "dissatisfied": 2,
    "very dissatisfied": 1,
}
EFFORT_WORDS: Mapping[str, float] = {
    # Seven grades of agreement (CES 2.0, Dixon, Toman and DeLisi 2013: "made it easy to handle my issue").
    "非常不同意": 1,
    "不同意": 2,
    "有点不同意": 3,
    "中立": 4,
    "有点同意": 5,
    "同意": 6,
    "非常同意": 7,
    "strongly disagree": 1,
    "disagree": 2,
    "somewhat disagree": 3,
    "neutral": 4,
    "somewhat agree": 5,
    "agree": 6,
    "strongly agree": 7,
}
SCORES: Mapping[str, tuple[float, float, Mapping[str, float]]] = {
    "rating": (1, 5, RATING_WORDS),
    "nps": (0, 10, {}),
    "ces": (1, 7, EFFORT_WORDS),
    "dimension_scores": (0, 100, RATING_WORDS),
    "customer_value": (-math.inf, math.inf, {}),
    "votes": (0, 2**53, {}),
}

_DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九十")} | {"两": 2, "〇": 0}
_GRADE = re.compile(r"([零〇一二两三四五六七八九十])\s*(?:星级?|分|颗星)")
_STARS = re.compile(r"[★⭐\ufe0f]{1,20}☆{0,10}")
_LEADING = re.compile(
    r"[¥$]?\s*([+-]?\d{1,15}(?:,\d{3}){0,5}(?:\.\d{1,12})?)\s*(万|w|千|k)?\+?\s*"
    r"(?:分|星级?|颗星|元|赞|stars?|/\s*(\d{1,3})分?|[-–:(]\s*\D.{0,80})?"
)
_FACTORS = {"万": 10_000, "w": 10_000, "千": 1_000, "k": 1_000}


def parse_scores(series: pd.Series[Any], *, field: str, where: str) -> pd.Series[float]:
    """Numbers of a column (``float64``), null where blank, unreadable or outside the field's range in ``SCORES``.

    Read are ``4``, ``4.0``, ``4分``, ``四星``, ``★★★★☆``, ``4/5``, ``10 - 非常愿意``, ``1.2万``, ``¥1,200`` and the words of the
    field's scale. A value that is not usable does not cost the record: it is null, and counted in a warning.
    """
    low, high, words = SCORES[field]
    labels = as_label(series)
    values = series.astype(float) if series.dtype.kind in "iuf" else _by_unique(labels, lambda label: _number(label, words, high))
    inside = values.between(low, high)
    if count := int((labels.notna() & ~inside).sum()):
        logger.warning("%s: %d values of %s are no number from %g to %g and are left out", where, count, field, low, high)
    return values.where(inside)


def parse_votes(series: pd.Series[Any], *, where: str) -> pd.Series[Any]:
    """Whole numbers from 0 of a column (``Int64``), null where blank or unreadable."""
    return parse_scores(series, field="votes", where=where).round().astype("Int64")


def _by_unique(labels: pd.Series[str], read: Callable[[str], float]) -> pd.Series[float]:
    codes, uniques = pd.factorize(labels)
    numbers = np.array([*(read(label) for label in uniques), math.nan])  # code -1, missing, picks the last
    return pd.Series(numbers[codes], index=labels.index)


def _number(label: str, words: Mapping[str, float], high: float) -> float:
    plain = unicodedata.normalize("NFKC", label).strip().casefold()
    if plain in words:
        return float(words[plain])
    if (found := _LEADING.fullmatch(plain)) and (found[3] is None or float(found[3]) == high):
        return float(found[1].replace(",", "")) * _FACTORS.get(found[2] or "", 1)
    if found := _GRADE.fullmatch(plain):
        return float(_DIGITS[found[1]])
    return float(sum(label.count(star) for star in "★⭐")) if _STARS.fullmatch(label.strip()) else math.nan

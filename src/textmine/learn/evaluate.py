"""Predictions of one bundle against labels: figures by task, source and class."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pandas as pd

from textmine.learn.judge import Judged, judge
from textmine.learn.scores import Score, calibration_error, class_f1, macro_f1, micro_f1, share

FIGURE_COLUMNS = ("task", "on", "source", "class", "measure", "n", "value", "low", "high")
URGENT = ("P0", "P1")
DIGITS = 4


def figures(examples: pd.DataFrame, predictions: pd.DataFrame) -> pd.DataFrame:
    """All figures of a bundle, one a row: FIGURE_COLUMNS; ``class`` is "" where the figure is of all classes.

    Reads what ``judge`` reads, and ``sentiment_score`` and ``sentiment_confidence``. Measures: ``accuracy``, ``macro_f1``,
    ``micro_f1`` (lists of categories), per class ``precision``, ``recall`` and ``f1``; of sentiment also ``ece`` (see
    scores.calibration_error) and, where no label is neu, ``polarity`` (the sign of the score against the label); of priority
    ``recall`` and ``precision`` of P0 and P1 together (class P0+P1). A text without a prediction counts as wrong.
    """
    made = [row for judged in judge(examples, predictions) for row in _rows(judged, predictions)]
    return pd.DataFrame(made, columns=list(FIGURE_COLUMNS)).round(dict.fromkeys(("value", "low", "high"), DIGITS))


def figure_rows(task: str, on: str, source: str, scores: Iterable[tuple[str, str, Score]]) -> list[tuple[object, ...]]:
    """Rows of figures from (class, measure, score)."""
    return [(task, on, source, code, measure, *score) for code, measure, score in scores]


def _rows(judged: Judged, predictions: pd.DataFrame) -> list[tuple[object, ...]]:
    scores = [*_whole(judged), *_classes(judged)]
    if judged.task == "sentiment":
        scores += _sentiment(judged, predictions.iloc[judged.rows])
    if judged.task == "priority":
        scores += _urgent(judged)
    return figure_rows(judged.task, judged.on, judged.source, scores)


def _whole(judged: Judged) -> Iterator[tuple[str, str, Score]]:
    counted = judged.counts()
    if judged.single:
        yield "", "accuracy", share(judged.right())
    else:
        yield "", "micro_f1", micro_f1(counted)
    yield "", "macro_f1", macro_f1(counted)


def _classes(judged: Judged) -> Iterator[tuple[str, str, Score]]:
    for place, code in enumerate(judged.classes):
        given, said = judged.given[:, place], judged.said[0][:, place]
        if given.any():
            yield code, "precision", share(given[said])
            yield code, "recall", share(said[given])
            yield code, "f1", class_f1(judged.counts(), place)


def _sentiment(judged: Judged, said: pd.DataFrame) -> Iterator[tuple[str, str, Score]]:
    right = judged.right()
    error = calibration_error(said["sentiment_confidence"].fillna(0.0).to_numpy(np.float64), right)
    yield "", "ece", Score(len(right), error, np.nan, np.nan)
    given = dict(zip(judged.classes, judged.given.T, strict=True))
    none = np.zeros(len(right), np.bool_)
    if not given.get("neu", none).any():
        score = said["sentiment_score"].fillna(0.0).to_numpy(np.float64)
        yield "", "polarity", share(np.where(given.get("pos", none), score > 0, score < 0))


def _urgent(judged: Judged) -> Iterator[tuple[str, str, Score]]:
    urgent = [place for place, code in enumerate(judged.classes) if code in URGENT]
    given, said = (np.asarray(marks[:, urgent].any(axis=1)) for marks in (judged.given, judged.said[0]))
    if given.any():
        yield "+".join(URGENT), "recall", share(said[given])
        yield "+".join(URGENT), "precision", share(given[said])

"""Categories learned from labelled texts: which is the most important one, and which a text speaks of."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from textmine.categories.decision import Decision, sigmoid, softmax
from textmine.categories.model import CATEGORIES_FILE, MENTIONED, PRIMARY
from textmine.errors import ConfigError
from textmine.heads.model import save_heads
from textmine.learn.calibrate import calibration_error
from textmine.learn.contents import Material, calibrated, fold_of, gather, shares, split_fitted, weight_of
from textmine.learn.prepared import Prepared
from textmine.learn.shared import decide_shared
from textmine.learn.softmax import best_thresholds, fit_each, fit_softmax, unseen_each, unseen_softmax

Reals = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
Weights = npt.NDArray[np.float32]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LearnedCategories:
    """Decisions, heads by task, thresholds of the list, usual second levels, and facts for the card."""

    primary: Decision
    mentioned: Decision | None
    heads: Mapping[str, Weights]
    thresholds: tuple[float, ...]
    seconds: Mapping[str, str]
    card: Mapping[str, Any]

    def save(self, folder: Path) -> None:
        """Write ``heads-primary.npz``, ``heads-category.npz`` (multi-label only) and ``learned-categories.json``."""
        codes = self.primary.codes
        for task, weights in self.heads.items():
            save_heads(folder, task, tuple(f"{task}.{code}" for code in codes), weights, np.zeros(len(codes)))
        raw = {
            "primary": self.primary.plain(),
            "mentioned": self.mentioned.plain() if self.mentioned else None,
            "thresholds": self.thresholds,
            "seconds": self.seconds,
        }
        (folder / CATEGORIES_FILE).write_text(json.dumps(raw, ensure_ascii=False), "utf-8")


class _Labels(NamedTuple):
    """Labelled rows: their place, primary category, categories [rows, codes], fold, weight and source."""

    rows: Mask
    primary: Ints
    spoken: Mask
    fold: Ints
    weight: Reals
    source: Any


def train_categories(
    prepared: Prepared,
    *,
    rank: int = 160,
    columns: int = 40_000,
    C_primary: float = 0.2,  # noqa: N803
    C_mentioned: float = 0.2,  # noqa: N803
    C_single: float = 1.0,  # noqa: N803
    keep: int | None = None,
    even: bool = False,
    rare: float = 0.1,
    folds: int = 5,
) -> LearnedCategories:
    """Categories of the taxonomy in the bundle folder, learned from ``primary_category`` and ``categories`` of the training rows.

    Where every row has one category, that alone is decided, by n-gram heads beside the votes
    (``decide_shared``); else also which others are spoken of, with a threshold for each (best F1 on rows of folds not
    learned from). Confidence is calibrated on such rows.

    Parameters
    ----------
    rank, columns : int
        Size of the text space, see ``fit_space``.
    C_primary, C_mentioned : float
        Inverse of the L2 penalty.
    C_single : float
        liblinear's C of the n-gram heads where every row has one category; the text space is not used then.
    keep, even : int, bool
        See ``decide_shared``.
    rare : float
        How much rare categories are helped to be the primary one, where rows have several (``Fitted.favouring``).
    folds : int
        Folds for thresholds and calibration.

    Raises
    ------
    ConfigError
        If a label is no category of the taxonomy.
    """
    since = time.monotonic()
    single = not _some_have_several(prepared)
    material = gather(prepared, rank=0 if single else rank, columns=columns)
    labels = _labels(prepared, material, folds=folds)
    numbers, n = material.numbers[labels.rows], len(material.ballots.codes)
    primary, heads, unseen = (
        _single(prepared, material, labels, C=C_single, keep=keep, even=even)
        if single
        else _several(material, numbers, labels, C_primary, rare)
    )
    sure, right = unseen.max(axis=1), unseen.argmax(axis=1) == labels.primary
    primary = calibrated(primary, sure, right)
    facts: dict[str, Any] = {
        "rows": int(labels.rows.sum()),
        "unseen_primary": shares(right, labels.source),
        "unseen_calibration_error": round(calibration_error(primary.confidence(sure), right), 4),
    }
    mentioned, both, thresholds = None, {PRIMARY: heads}, np.full(n, 1.0)
    if not single:
        mentioned, both[MENTIONED], thresholds, more = _mentioned(material, numbers, labels, unseen, C_mentioned)
        facts |= more
    _log.info("categories: %d rows, %.1f s, unseen primary %.4f", facts["rows"], time.monotonic() - since, right.mean())
    return LearnedCategories(primary, mentioned, both, tuple(thresholds.tolist()), _seconds(material, labels), facts)


def _some_have_several(prepared: Prepared) -> bool:
    labelled = prepared.examples.loc[prepared.training("primary_category"), ["categories", "primary_category"]]
    return any(set(given) != {main} for given, main in labelled.itertuples(index=False))


def _single(prepared: Prepared, material: Material, labels: _Labels, **how: Any) -> tuple[Decision, Weights, Reals]:
    """The decision where every row has one category, its heads, and probabilities of the rows unseen."""
    matrix, given = prepared.ngrams.matrix(), (labels.rows, labels.primary)
    decided = decide_shared(matrix, material, *given, folds=labels.fold, weight=labels.weight, task=PRIMARY, **how)
    return decided.decision, decided.heads, softmax(decided.unseen)


def _several(
    material: Material,
    numbers: Reals,
    labels: _Labels,
    C: float,  # noqa: N803
    rare: float,
) -> tuple[Decision, Weights, Reals]:
    """The same where rows have several."""
    codes, how = material.ballots.codes, {**_how(labels, C), "rare": rare}
    unseen = softmax(unseen_softmax(numbers, labels.primary, len(codes), folds=labels.fold, **how))
    fitted = fit_softmax(numbers, labels.primary, len(codes), **how)
    return *split_fitted(material, fitted, task=PRIMARY, codes=codes), unseen


def _how(labels: _Labels, C: float) -> dict[str, Any]:  # noqa: N803
    return {"weight": labels.weight, "C": C}


def _mentioned(
    material: Material,
    numbers: Reals,
    labels: _Labels,
    primary: Reals,
    C: float,  # noqa: N803
) -> tuple[Decision, Weights, Reals, dict[str, Any]]:
    """The decision which categories are spoken of, its heads, its thresholds, and figures on unseen rows."""
    how = _how(labels, C)
    probability = sigmoid(unseen_each(numbers, labels.spoken, folds=labels.fold, **how))
    thresholds = best_thresholds(probability, labels.spoken)
    given = probability >= thresholds
    given[np.arange(len(given)), primary.argmax(axis=1)] = True
    both, each = (given & labels.spoken).sum(axis=0), given.sum(axis=0) + labels.spoken.sum(axis=0)
    f1 = 2 * both / np.maximum(each, 1)
    facts = {
        "unseen_list_micro_f1": round(float(2 * both.sum() / max(each.sum(), 1)), 4),
        "unseen_list_f1": dict(zip(material.ballots.codes, f1.round(4).tolist(), strict=True)),
    }
    fitted = fit_each(numbers, labels.spoken, **how)
    decision, heads = split_fitted(material, fitted, task=MENTIONED, codes=material.ballots.codes)
    return decision, heads, thresholds, facts


def _labels(prepared: Prepared, material: Material, *, folds: int) -> _Labels:
    rows, codes = prepared.training("primary_category"), material.ballots.codes
    labelled = prepared.examples.loc[rows]
    number = {code: place for place, code in enumerate(codes)}
    lists = [[*given, main] for given, main in zip(labelled["categories"], labelled["primary_category"], strict=True)]
    if strange := sorted({code for given in lists for code in given} - set(number)):
        raise ConfigError("labels that are no categories", where="taxonomy.toml", got=strange, allowed=codes)
    primary = np.array([number[main] for main in labelled["primary_category"]], dtype=np.int64)
    spoken = np.zeros((len(lists), len(codes)), dtype=np.bool_)
    for row, given in enumerate(lists):
        spoken[row, [number[code] for code in given]] = True
    fold, weight = fold_of(prepared, rows, folds), weight_of(prepared, rows)
    return _Labels(rows, primary, spoken, fold, weight, labelled["source"].to_numpy())


def _seconds(material: Material, labels: _Labels) -> dict[str, str]:
    """The second level that the words tell most often of the texts of each category; its first one where none was told."""
    ballots, seconds = material.ballots, {}
    told = ballots.sub_scores[labels.rows]
    for place, code in enumerate(ballots.codes):
        own = np.flatnonzero(ballots.owner == place)
        scores = told[labels.spoken[:, place]][:, own]
        best = np.bincount(scores[scores.any(axis=1)].argmax(axis=1), minlength=len(own)) if len(scores) else np.zeros(len(own))
        seconds[code] = ballots.labels[own[int(best.argmax())]]
    seconds[ballots.codes[ballots.owner[ballots.last]]] = ballots.labels[ballots.last]
    return seconds

"""Intent learned from labelled texts, beside the cue phrases."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from textmine.categories.decision import Decision, softmax
from textmine.categories.model import INTENT, INTENT_FILE
from textmine.heads.model import save_heads
from textmine.learn.calibrate import calibration_error
from textmine.learn.contents import calibrated, fold_of, gather, shares, split_fitted, weight_of
from textmine.learn.prepared import Prepared
from textmine.learn.softmax import fit_softmax, unseen_softmax
from textmine.tables import INTENTS

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LearnedIntent:
    """The decision, its heads [2 ** bits, intents], and facts for the card."""

    decision: Decision
    heads: npt.NDArray[np.float32]
    card: Mapping[str, Any]

    def save(self, folder: Path) -> None:
        """Write ``heads-intent.npz`` and ``learned-intent.json``."""
        names = tuple(f"{INTENT}.{code}" for code in self.decision.codes)
        save_heads(folder, INTENT, names, self.heads, np.zeros(len(names)))
        (folder / INTENT_FILE).write_text(json.dumps(self.decision.plain(), ensure_ascii=False), "utf-8")


def train_intent(
    prepared: Prepared,
    *,
    rank: int = 160,
    columns: int = 40_000,
    C: float = 0.2,  # noqa: N803
    rare: float = 0.25,
    folds: int = 5,
) -> LearnedIntent:
    """Intent of the training rows; parameters as of ``train_categories``. Confidence is calibrated on rows of unseen folds.

    ``rare``: how much suggestions and inquiries, which are few, are helped (``Fitted.favouring``).
    """
    since = time.monotonic()
    material = gather(prepared, rank=rank, columns=columns)
    rows = prepared.training("intent")
    labelled = prepared.examples.loc[rows]
    classes = np.array([INTENTS.index(intent) for intent in labelled["intent"]], dtype=np.int64)
    numbers, n = material.numbers[rows], len(INTENTS)
    weight, fold = weight_of(prepared, rows), fold_of(prepared, rows, folds)
    unseen = softmax(unseen_softmax(numbers, classes, n, folds=fold, weight=weight, C=C, rare=rare))
    sure, right = unseen.max(axis=1), unseen.argmax(axis=1) == classes
    fitted = fit_softmax(numbers, classes, n, weight=weight, C=C, rare=rare)
    decision, heads = split_fitted(material, fitted, task=INTENT, codes=INTENTS)
    decision = calibrated(decision, sure, right)
    facts = {
        "rows": int(rows.sum()),
        "unseen": shares(right, labelled["source"].to_numpy()),
        "unseen_recall": shares(right, labelled["intent"].to_numpy()),
        "unseen_calibration_error": round(calibration_error(decision.confidence(sure), right), 4),
    }
    _log.info("intent: %d rows, %.1f s, unseen %.4f", facts["rows"], time.monotonic() - since, right.mean())
    return LearnedIntent(decision, heads, facts)

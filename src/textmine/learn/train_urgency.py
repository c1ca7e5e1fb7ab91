"""How urgent the words of a text are, learned from labelled priorities: one head that tells P0 and P1 from P2 and P3."""

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
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

from textmine.errors import ConfigError
from textmine.heads.model import save_heads
from textmine.learn.calibrate import calibration_error
from textmine.learn.linear import fit_linear, out_of_fold
from textmine.learn.prepared import Prepared
from textmine.priority.urgency import FILE, HEAD, UrgencyModel

Reals = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
URGENT = ("P0", "P1")
LEAST = 5  # urgent rows, and rows that are not, without which nothing is learned
DIGITS = 4  # of the numbers in the file
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LearnedUrgency:
    """The head [2 ** bits, 1], its bias and calibration, and facts for the card."""

    model: UrgencyModel
    weights: npt.NDArray[np.float32]
    bias: Reals
    card: Mapping[str, Any]

    def save(self, folder: Path) -> None:
        """Write ``heads-urgency.npz`` and ``learned-urgency.json``."""
        save_heads(folder, HEAD.partition(".")[0], (HEAD,), self.weights, self.bias)
        (folder / FILE).write_text(json.dumps(self.model.plain()), "utf-8")


def train_urgency(
    prepared: Prepared,
    *,
    C: float = 1.0,  # noqa: N803
    keep: int = 100_000,
    folds: int = 5,
) -> LearnedUrgency:
    """The head and its calibration, the latter on scores of unseen folds (whole near-duplicate groups).

    SOURCE of the defaults: cross-validation on guideline labels (docs/experiments/priority.md).

    Parameters
    ----------
    C : float
        As of ``fit_linear``.
    keep : int
        Columns that have a weight.

    Raises
    ------
    ConfigError
        If there are fewer than five urgent rows, or five that are not.
    """
    since = time.monotonic()
    rows = prepared.training("priority")
    urgent = _urgent(prepared, rows)
    if min(urgent.sum(), (~urgent).sum()) < LEAST:
        raise ConfigError("too few rows to learn urgency from", rows=int(urgent.sum()), todo="label rows as P0 or P1, and others")
    unseen = unseen_scores(prepared, rows, C=C, keep=keep, folds=folds)
    model = calibrate(unseen, urgent)
    matrix, weight = prepared.ngrams.matrix()[rows], _weight(prepared, rows)
    weights, bias = fit_linear(matrix, urgent, sample_weight=weight, C=C, nb_weighting=False, keep=keep)
    value = model.value(unseen)
    facts = {
        "rows": int(rows.sum()),
        "urgent": int(urgent.sum()),
        "unseen_auc": round(float(roc_auc_score(urgent, unseen)), 4),
        "unseen_average_precision": round(float(average_precision_score(urgent, unseen)), 4),
        "unseen_calibration_error": round(calibration_error(value, urgent), 4),
    }
    _log.info("urgency: %d rows, %.1f s, unseen auc %.4f", facts["rows"], time.monotonic() - since, facts["unseen_auc"])
    return LearnedUrgency(model, weights, bias, facts)


def unseen_scores(
    prepared: Prepared,
    rows: Flags,
    *,
    C: float = 1.0,  # noqa: N803
    keep: int = 100_000,
    folds: int = 5,
) -> Reals:
    """Score of each of the training ``rows`` by a head that was fitted on the other folds.

    Who fits the policy's weight of the term needs these: of its own rows the head is too sure.
    """
    fold = prepared.examples["fold"].to_numpy()[rows].astype(np.int64) % folds
    matrix, weight = prepared.ngrams.matrix()[rows], _weight(prepared, rows)
    urgent = _urgent(prepared, rows)
    return out_of_fold(matrix, urgent, fold, sample_weight=weight, C=C, nb_weighting=False, keep=keep)[:, 0]


def calibrate(score: Reals, urgent: Flags) -> UrgencyModel:
    """From the score to the share of urgent rows (Platt 1999); a slope below 0, of scores that tell nothing, becomes 0."""
    fitted = LogisticRegression(C=1e6, max_iter=1000).fit(score[:, None], urgent)
    slope = float(fitted.coef_[0, 0])
    if slope <= 0:
        share = float(np.clip(urgent.mean(), 1e-6, 1 - 1e-6))
        return UrgencyModel(0.0, round(float(np.log(share / (1 - share))), DIGITS))
    return UrgencyModel(round(slope, DIGITS), round(float(fitted.intercept_[0]), DIGITS))


def _urgent(prepared: Prepared, rows: Flags) -> Flags:
    return np.asarray(prepared.examples["priority"].isin(URGENT).to_numpy(bool)[rows])


def _weight(prepared: Prepared, rows: Flags) -> Reals:
    return prepared.examples["weight"].to_numpy(dtype=np.float64)[rows]

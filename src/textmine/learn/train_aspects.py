"""Aspects learned from labelled opinions: a head for each category a text may speak of, and when a clause is clearly of it."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from textmine.aspects.model import ASPECTS_FILE
from textmine.errors import ConfigError
from textmine.heads.model import save_heads
from textmine.learn.linear import fit_linear, out_of_fold
from textmine.learn.prepared import Prepared
from textmine.taxonomy import Taxonomy, read_taxonomy

Reals = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
TASK = "aspect"
LEAST = 5  # texts of an aspect without which it is not learned
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class LearnedAspects:
    """Heads of the codes, the score from which each is clear, the aspect it means, and facts for the card."""

    codes: tuple[str, ...]
    weights: npt.NDArray[np.float32]
    bias: Reals
    thresholds: Mapping[str, float]
    labels: Mapping[str, str]
    card: Mapping[str, Any]

    def save(self, folder: Path) -> None:
        """Write ``heads-aspect.npz`` and ``learned-aspects.json``."""
        save_heads(folder, TASK, tuple(f"{TASK}.{code}" for code in self.codes), self.weights, self.bias)
        raw = {"thresholds": dict(self.thresholds), "labels": dict(self.labels)}
        (folder / ASPECTS_FILE).write_text(json.dumps(raw, ensure_ascii=False), "utf-8")


def train_aspects(
    prepared: Prepared,
    *,
    C: float = 1.0,  # noqa: N803
    folds: int = 5,
    keep: int = 60_000,
    precision: float = 0.9,
) -> LearnedAspects:
    """A head for each category of the ``aspect`` labels of the training rows; a text may have several rows.

    A second level (category.subcategory) counts for its category: the words of the taxonomy tell the second level, and where
    none does, it is the one labelled most often, else the first. ``precision``: share of texts above an aspect's threshold
    that must speak of it, on folds not learned from. ``keep``: columns that have weights, see ``fit_linear``.

    Raises
    ------
    ConfigError
        If no aspect has five texts, or a label is none of the taxonomy.
    """
    taxonomy = read_taxonomy(prepared.folder / "taxonomy.toml")
    texts, codes, targets = _targets(prepared, taxonomy)
    matrix = prepared.ngrams.matrix()[texts]
    fold = prepared.examples["fold"].to_numpy(np.int64)[texts] % folds
    said = out_of_fold(matrix, targets, fold, C=C, keep=keep)
    weights, bias = fit_linear(matrix, targets, C=C, keep=keep)
    clear = [_threshold(values, target, precision) for values, target in zip(said.T, targets.T, strict=True)]
    thresholds = {code: round(value, 4) for code, value in zip(codes, clear, strict=True)}
    right = targets[np.arange(len(said)), said.argmax(axis=1)]
    card = {"texts": len(texts), "aspects": targets.sum(axis=0).tolist(), "unseen_first_is_right": round(float(right.mean()), 4)}
    _log.info("aspects: %d texts, %d aspects, unseen first right %.4f", len(texts), len(codes), right.mean())
    return LearnedAspects(codes, weights, bias, thresholds, _labels(prepared, taxonomy, codes), card)


def _targets(prepared: Prepared, taxonomy: Taxonomy) -> tuple[npt.NDArray[np.int64], tuple[str, ...], Mask]:
    """First row of each text labelled, the codes learned, and which each text has [texts, codes]."""
    rows = np.flatnonzero(prepared.training(TASK))
    given = prepared.examples[TASK].to_numpy()[rows]
    known = {*taxonomy.labels, *(category.code for category in taxonomy.categories)}
    if strange := sorted(set(given) - known):
        raise ConfigError("labels that are no aspects", where="taxonomy.toml", got=strange, allowed=sorted(known))
    code = np.array([label.partition(".")[0] for label in given])
    _, first, text = np.unique(prepared.documents["text"].to_numpy(str)[rows], return_index=True, return_inverse=True)
    codes = tuple(category.code for category in taxonomy.categories)
    targets = np.zeros((len(first), len(codes)), np.bool_)
    targets[text, [codes.index(one) for one in code]] = True
    enough = targets.sum(axis=0) >= LEAST
    if not enough.any():
        raise ConfigError("too few texts of any aspect", where=TASK, got=str(len(first)), allowed=f"{LEAST} texts of an aspect")
    return rows[first], tuple(np.array(codes)[enough].tolist()), targets[:, enough]


def _threshold(values: Reals, target: Mask, precision: float) -> float:
    """Lowest score from which on that share of the rows has the aspect; the highest score where none does."""
    order = np.argsort(-values, kind="stable")
    share = np.cumsum(target[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= precision)
    return float(values[order[enough[-1] if len(enough) else 0]])


def _labels(prepared: Prepared, taxonomy: Taxonomy, codes: tuple[str, ...]) -> dict[str, str]:
    """The aspect (category.subcategory) that a head means."""
    given = prepared.examples[TASK][prepared.training(TASK)]
    counts = given[given.isin(taxonomy.labels)].value_counts()
    found = {}
    for category in taxonomy.categories:
        own = [f"{category.code}.{sub.code}" for sub in category.subcategories]
        found[category.code] = max(own, key=lambda label: int(counts.get(label, 0)))
    return {code: found[code] for code in codes}

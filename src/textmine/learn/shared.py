"""One category of each text, decided by n-gram heads and the votes of the words with weights that all categories share."""

from __future__ import annotations

import logging
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from textmine.categories.decision import NOT_LEARNED, Decision
from textmine.learn.contents import DIGITS, Material
from textmine.learn.linear import decide, fit_linear
from textmine.learn.softmax import LEAST

Reals = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float32]
KINDS = ("votes", "share", "near", "most")  # clues there is one of for each category
_PENALTY, _RIDGE = 0.3, 0.01  # of the categories' constants, and of the shared weights
_log = logging.getLogger(__name__)


class Shared(NamedTuple):
    """Weights of the kinds of evidence, the n-gram head last, and a constant for each class; ``odds`` of evidence."""

    weights: Reals
    constants: Reals

    def odds(self, evidence: Reals) -> Reals:
        """Log odds [rows, classes] of evidence [rows, classes, kinds]."""
        odds: Reals = evidence @ self.weights + self.constants
        return odds


class Decided(NamedTuple):
    """The decision of a bundle, the weights of its heads [2 ** bits, codes], and log odds of rows by the other folds alone."""

    decision: Decision
    heads: Weights
    unseen: Reals


def fit_shared(evidence: Reals, classes: Ints, *, weight: Reals) -> Shared:
    """Conditional logit (McFadden 1974): evidence [rows, classes, kinds] of each class weighs alike whatever the class.

    So few numbers can be told from a few hundred rows; a full matrix of weights fits their noise.
    """
    rows, n, kinds = np.arange(len(classes)), evidence.shape[1], evidence.shape[2]

    def loss(point: Reals) -> tuple[float, Reals]:
        shared, constants = point[:kinds], point[kinds:]
        odds = evidence @ shared + constants
        odds -= odds.max(axis=1, keepdims=True)
        sure = np.exp(odds) / np.exp(odds).sum(axis=1, keepdims=True)
        wrong = sure * weight[:, None]
        wrong[rows, classes] -= weight
        lost = -(weight * np.log(np.maximum(sure[rows, classes], 1e-300))).sum()
        lost += 0.5 * (_PENALTY * constants @ constants + _RIDGE * shared @ shared)
        slope = np.einsum("nk,nkp->p", wrong, evidence) + _RIDGE * shared
        return float(lost), np.concatenate([slope, wrong.sum(axis=0) + _PENALTY * constants])

    found = minimize(loss, np.zeros(kinds + n), jac=True, method="L-BFGS-B").x
    return Shared(found[:kinds], found[kinds:])


def even_constants(odds: Reals, classes: Ints, *, steps: tuple[float, ...] = (0.4, 0.2, 0.1), most: float = 1.2) -> Reals:
    """What to add to the odds of each class for the best macro-F1 of the class that wins, found one class after the other."""
    added, targets = np.zeros(odds.shape[1]), classes[:, None] == np.arange(odds.shape[1])

    def figure(constants: Reals) -> float:
        said = (odds + constants).argmax(axis=1)[:, None] == np.arange(odds.shape[1])
        return float((2 * (said & targets).sum(axis=0) / np.maximum(said.sum(axis=0) + targets.sum(axis=0), 1)).mean())

    best = figure(added)
    for step in steps:
        for place in range(len(added)):
            for move in (step, -step):
                tried = added.copy()
                tried[place] = np.clip(tried[place] + move, -most, most)
                if (value := figure(tried)) > best:
                    added, best = tried, value
    return added


def decide_shared(
    matrix: Any,
    material: Material,
    rows: npt.NDArray[np.bool_],
    classes: Ints,
    *,
    folds: Ints,
    weight: Reals,
    C: float,  # noqa: N803
    keep: int | None,
    even: bool,
    task: str,
) -> Decided:
    """The decision between the categories of ``rows``: NB-weighted n-gram heads, each beside its category's votes.

    ``matrix``: n-gram counts of all documents. ``classes``, ``folds``, ``weight``: of the rows. The weights are fitted on what
    heads of the other folds say. Categories with fewer than three rows are not learned. ``keep``: columns with weights, see
    ``fit_linear``. ``even``: the constants are those with the best macro-F1 on rows unseen, not the likeliest ones.
    """
    codes, counts = material.ballots.codes, matrix[rows]
    present = np.flatnonzero(np.bincount(classes, minlength=len(codes)) >= LEAST)
    clues = _clues(material, rows)[:, present]
    kept = np.isin(classes, present)
    place = np.searchsorted(present, np.where(kept, classes, present[0]))
    said = np.zeros((len(classes), len(present)))
    for fold in np.unique(folds):
        rest = np.flatnonzero((folds != fold) & kept)
        here = np.flatnonzero(folds == fold)
        said[here] = decide(counts[here], *_heads(counts[rest], place[rest], len(present), weight[rest], C, keep))
    evidence = np.concatenate([clues, said[:, :, None]], axis=2)
    unseen = np.full((len(classes), len(codes)), NOT_LEARNED)
    for fold in np.unique(folds):
        rest, here = (folds != fold) & kept, np.flatnonzero(folds == fold)
        unseen[here[:, None], present] = fit_shared(evidence[rest], place[rest], weight=weight[rest]).odds(evidence[here])
    shared = fit_shared(evidence[kept], place[kept], weight=weight[kept])
    if even:
        more = even_constants(unseen[:, present][kept], place[kept])
        unseen[:, present] += more
        shared = Shared(shared.weights, shared.constants + more)
    weights, bias = _heads(counts[np.flatnonzero(kept)], place[kept], len(present), weight[kept], C, keep)
    _log.info("shared weights: %s", dict(zip((*KINDS, "heads"), shared.weights.round(2).tolist(), strict=True)))
    heads = _spread(weights * shared.weights[-1], present, codes)
    return Decided(_decision(shared, bias, present, material, task), heads, unseen)


def _heads(counts: Any, classes: Ints, n: int, weight: Reals, C: float, keep: int | None) -> tuple[Weights, Reals]:  # noqa: N803
    return fit_linear(counts, classes[:, None] == np.arange(n), sample_weight=weight, C=C, keep=keep)


def _clues(material: Material, rows: npt.NDArray[np.bool_]) -> Reals:
    """Clues [rows, categories, KINDS]."""
    column = {name: place for place, name in enumerate(material.clues.names)}
    places = [[column[f"{kind}:{code}"] for kind in KINDS] for code in material.ballots.codes]
    return np.asarray(material.clues.values[rows][:, np.array(places)])


def _spread(weights: Weights, present: Ints, codes: tuple[str, ...]) -> Weights:
    wide = np.zeros((len(weights), len(codes)), np.float32)
    wide[:, present] = weights
    return wide


def _decision(shared: Shared, head_bias: Reals, present: Ints, material: Material, task: str) -> Decision:
    codes, names = material.ballots.codes, material.clues.names
    column = {name: place for place, name in enumerate(names)}
    weights, bias = np.zeros((len(names), len(codes))), np.full(len(codes), NOT_LEARNED)
    bias[present] = shared.constants + shared.weights[-1] * head_bias
    for place in present:
        for kind, value in zip(KINDS, shared.weights, strict=False):
            weights[column[f"{kind}:{codes[place]}"], place] = value
    rows = tuple(tuple(row) for row in weights.round(DIGITS).tolist())
    return Decision(task, codes, names, rows, tuple(bias.round(DIGITS).tolist()))

"""Linear heads fitted on counts of hashed n-grams, with weights that score_heads can use as they are."""

from __future__ import annotations

import logging
import time
import warnings
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from textmine.errors import ConfigError

Reals = npt.NDArray[np.float64]
Weights = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
Loss = Literal["squared_hinge", "logistic"]
_ROUNDS = 300  # passes of liblinear's coordinate descent at most
_TOLERANCE = 0.01  # 0.0001 gave the same accuracy to four digits on 8,600 reviews
_LONGEST = 4.0  # times the mean square length; without it texts of one word again and again (850) took 300 passes, 31 s for 6 s
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Space:
    """Counts of the columns that occur often enough, divided by the root of each row's n-grams."""

    columns: npt.NDArray[np.int64]
    values: Any
    weight: Reals


def fit_linear(
    matrix: Any,
    targets: npt.ArrayLike,
    *,
    sample_weight: npt.ArrayLike | None = None,
    C: float = 1.0,  # noqa: N803 - the field's name
    loss: Loss = "squared_hinge",
    nb_weighting: bool = True,
    min_df: int = 2,
    keep: int | None = None,
) -> tuple[Weights, Reals]:
    """Weights float32 [columns, heads] and biases float64 [heads] of linear classifiers.

    The decision of a row is (counts @ weights) / sqrt(sum of counts) + bias, as ``score_heads`` computes it.

    ``matrix`` is CSR counts (``Ngrams.matrix``). ``targets`` says which classifiers: booleans or -1 and 1 [rows] make one
    head; whole numbers from 0 [rows] make one head a class, one against the rest; booleans [rows, heads] one head a column.
    A head whose targets are all alike has no weights and the bias -1 or 1.

    ``nb_weighting`` multiplies each count by its log ratio of the two classes (NBSVM; Wang and Manning 2012). ``C`` is
    liblinear's, with features scaled to a mean square length of 1, so it means the same whatever the length of texts. Columns
    in fewer than ``min_df`` rows get no weight; with ``keep`` only so many columns, those that move most scores most, have
    any. The same input gives the same bits.

    Rows of more than four times the mean square length are shortened to that while fitting.

    Raises
    ------
    ConfigError
        If numbers of rows differ, ``targets`` are of another kind, a weight is negative or ``loss`` is unknown.
    """
    began = time.perf_counter()
    wanted = _one_against_rest(targets)
    space = _prepare(matrix, len(wanted), sample_weight, min_df)
    coefficients, bias = np.zeros((len(space.columns), wanted.shape[1])), np.zeros(wanted.shape[1])
    for head, target in enumerate(wanted[_rows(matrix, sample_weight)].T):
        if target.all() or not target.any():
            bias[head] = 1.0 if len(target) and target.all() else -1.0
        else:
            coefficients[:, head], bias[head] = _fit_head(space, target, C=C, loss=loss, nb_weighting=nb_weighting)
    if keep is not None:
        _drop_slight(coefficients, space, keep)
    weights = np.zeros((matrix.shape[1], wanted.shape[1]), np.float32)
    weights[space.columns] = coefficients
    seconds = time.perf_counter() - began
    _log.info("linear: %d rows, %d columns, %d heads, %.1f s", *space.values.shape, wanted.shape[1], seconds)
    return weights, bias


def decide(matrix: Any, weights: Weights, bias: Reals) -> Reals:
    """Decision values float64 [rows, heads] of counts, as ``score_heads`` computes them; the bias alone for an empty row."""
    length = np.sqrt(np.maximum(np.asarray(matrix.sum(axis=1), np.float64), 1.0))
    values: Reals = np.asarray(matrix @ weights, np.float64) / length.reshape(-1, 1) + bias
    return values


def out_of_fold(matrix: Any, targets: npt.ArrayLike, folds: npt.ArrayLike, **how: Any) -> Reals:
    """Decision values float64 [rows, heads] of each row by heads fitted on the other folds, for calibration and stacking.

    ``folds`` gives each row's fold (rows of a near-duplicate group share one); ``how`` is as of ``fit_linear``. With classes
    as targets, every head is there in every fold, also where no row of a class is left to learn from.

    Raises
    ------
    ConfigError
        As ``fit_linear``, or if there are fewer than two folds.
    """
    wanted, fold = _one_against_rest(targets), np.asarray(folds)
    weight = np.ones(len(wanted)) if how.get("sample_weight") is None else np.asarray(how["sample_weight"], np.float64)
    names = np.unique(fold)
    if len(names) < 2 or not len(fold) == len(wanted) == len(weight):
        raise ConfigError("folds that do not fit the rows", where="out_of_fold", got=f"{len(names)} folds", rows=len(fold))
    values = np.zeros(wanted.shape)
    for name in names:
        rest, here = np.flatnonzero(fold != name), np.flatnonzero(fold == name)
        fitted = fit_linear(matrix[rest], wanted[rest], **{**how, "sample_weight": weight[rest]})
        values[here] = decide(matrix[here], *fitted)
    return values


def _one_against_rest(targets: npt.ArrayLike) -> Mask:
    """Targets of each head, booleans [rows, heads]."""
    given = np.asarray(targets)
    if given.dtype == bool and given.ndim in (1, 2):
        return given.reshape(len(given), -1) if given.ndim == 1 else given
    if given.ndim != 1 or not np.issubdtype(given.dtype, np.integer) or not len(given):
        raise ConfigError("targets of another kind", where="linear", got=str(given.dtype), allowed="booleans, -1 and 1, classes")
    if set(np.unique(given).tolist()) <= {-1, 1} and given.min() < 0:
        return (given > 0)[:, None]
    if given.min() < 0:
        raise ConfigError("a class below 0", where="linear", got=str(given.min()))
    classes: Mask = given[:, None] == np.arange(given.max() + 1)
    return classes


def _rows(matrix: Any, sample_weight: npt.ArrayLike | None) -> npt.NDArray[np.int64]:
    """Rows that count: those with a weight above 0."""
    return np.arange(matrix.shape[0]) if sample_weight is None else np.flatnonzero(np.asarray(sample_weight) > 0)


def _prepare(matrix: Any, n: int, sample_weight: npt.ArrayLike | None, min_df: int) -> _Space:
    weight = np.ones(n) if sample_weight is None else np.asarray(sample_weight, np.float64)
    if not matrix.shape[0] == len(weight) == n or not (weight >= 0).all():
        raise ConfigError(
            "rows, targets and weights that do not fit", where="linear", got=f"{matrix.shape[0]}, {n}, {len(weight)}"
        )
    rows = _rows(matrix, sample_weight)
    counts = sp.csr_matrix(matrix[rows], dtype=np.float64)
    length = np.sqrt(np.maximum(np.asarray(counts.sum(axis=1)).ravel(), 1.0))
    columns = np.flatnonzero(np.bincount(counts.indices, minlength=counts.shape[1]) >= min_df)
    narrow = counts[:, columns]
    narrow.data /= np.repeat(length, np.diff(narrow.indptr))
    return _Space(columns, narrow, weight[rows])


def _fit_head(space: _Space, target: Mask, *, C: float, loss: Loss, nb_weighting: bool) -> tuple[Reals, float]:  # noqa: N803
    """Coefficients and bias of one head over the columns of the space."""
    values, factor = space.values, np.ones(len(space.columns))
    if nb_weighting:
        factor = _log_ratio(space, target)
    weighed = sp.csr_matrix((values.data * factor[values.indices], values.indices, values.indptr), shape=values.shape)
    squares = np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel()
    scale = np.sqrt(squares.mean()) or 1.0
    shorten = np.sqrt(np.minimum(_LONGEST * squares.mean() / np.maximum(squares, 1e-300), 1.0)) / scale
    features = sp.diags(shorten).tocsr() @ weighed
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # the rounds are enough for scores that are calibrated later
        model = _classifier(loss, C).fit(features, target, sample_weight=space.weight)
    coefficients: Reals = model.coef_[0] * factor / scale
    return coefficients, float(model.intercept_[0])


def _classifier(loss: Loss, C: float) -> Any:  # noqa: N803
    if loss == "squared_hinge":
        return LinearSVC(C=C, dual=True, max_iter=_ROUNDS, tol=_TOLERANCE, random_state=0)
    if loss == "logistic":
        return LogisticRegression(C=C, solver="liblinear", dual=True, max_iter=_ROUNDS, tol=_TOLERANCE, random_state=0)
    raise ConfigError("no such loss", where="linear", got=loss, allowed=("squared_hinge", "logistic"))


def _log_ratio(space: _Space, target: Mask) -> Reals:
    """Log of the share of each column in rows of the class to its share in the others, by weight, add-one smoothed."""
    present = sp.csr_matrix((np.ones(space.values.nnz), space.values.indices, space.values.indptr), shape=space.values.shape)
    inside, outside = (1.0 + present.T @ (space.weight * chosen) for chosen in (target, ~target))
    ratio: Reals = np.log(inside / inside.sum()) - np.log(outside / outside.sum())
    return ratio


def _drop_slight(coefficients: Reals, space: _Space, keep: int) -> None:
    """Set the rows of all but the ``keep`` columns to 0 that move scores most: mean square of count times weight."""
    squares = np.bincount(space.values.indices, weights=space.values.data**2, minlength=len(space.columns))
    moved = coefficients**2 * squares[:, None]
    share = (moved / np.maximum(moved.sum(axis=0), 1e-300)).max(axis=1, initial=0.0)
    coefficients[np.argsort(-share, kind="stable")[keep:]] = 0.0

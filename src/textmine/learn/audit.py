"""Labels that look wrong: those a model trained on the other rows contradicts, and near-duplicate texts labelled differently."""

from __future__ import annotations

import logging
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.errors import ConfigError
from textmine.learn.linear import out_of_fold

FOLDS = 5
FEWEST = 50  # rows below which a model of the other four fifths says little
AUDITED = ("row", "reason", "label", "predicted", "margin", "group")

log = logging.getLogger(__name__)


def audit_labels(labels: pd.Series, matrix: Any, groups: pd.Series, *, n_folds: int = FOLDS) -> pd.DataFrame:
    """Rows whose label a person should look at again, the most doubtful first.

    Every row is scored by a model that saw neither it nor a near duplicate of it (cross-validated disagreement, as in confident
    learning: Northcutt, Jiang and Chuang 2021, doi:10.1613/jair.1.12125). Groups of near duplicates with different labels come
    first (``duplicates``): at most one of their labels can be right, whatever a model says. Then contradicted rows by ``margin``.

    Parameters
    ----------
    labels : pd.Series
        One label a row, text; null rows are passed over.
    matrix : scipy CSR matrix
        Counts of n-grams of the same rows (``Ngrams.matrix``).
    groups : pd.Series
        Near-duplicate group of each row: hexadecimal digests (``learn.split.split_examples``), which also choose the fold.

    Returns
    -------
    pd.DataFrame
        AUDITED: ``row`` (position), ``reason`` (duplicates, contradicted), ``label``, ``predicted``, ``margin`` (decision value
        of the predicted label less that of the given one, 0 where they agree), ``group``.

    Raises
    ------
    ConfigError
        If there are fewer than 50 labelled rows, one label only, or too few groups for the folds.
    """
    rows = np.flatnonzero(labels.notna())
    given = labels.iloc[rows].astype("str").to_numpy(dtype=object)
    if len(rows) < FEWEST:
        raise ConfigError("too few labelled rows to audit", where="labels", rows=len(rows), allowed=f"{FEWEST} or more")
    classes, codes = np.unique(given, return_inverse=True)
    if len(classes) < 2:
        raise ConfigError("one label only, so nothing can contradict it", where="labels", got=[str(classes[0])], rows=len(rows))
    group = groups.iloc[rows].to_numpy(dtype=object)
    values = out_of_fold(matrix[rows], codes.astype(np.int64), _folds(group, n_folds))
    best = values.argmax(axis=1)
    at = np.arange(len(rows))
    margin = np.round(values[at, best] - values[at, codes], 4)
    split = pd.Series(given).groupby(group).transform("nunique").to_numpy() > 1
    found = pd.DataFrame(
        {
            "row": rows,
            "reason": np.where(split, "duplicates", "contradicted"),
            "label": given,
            "predicted": classes[best],
            "margin": margin,
            "group": group,
        }
    )[split | (best != codes)]
    log.info("audit: %d labels, %d among unlike duplicates, %d contradicted", len(rows), split.sum(), (best != codes).sum())
    return _ordered(found)


def _folds(group: npt.NDArray[np.object_], n: int) -> npt.NDArray[np.int64]:
    """Fold of each row; a group is wholly in one."""
    return np.array([int(digest[:16], 16) % n for digest in group], np.int64)


def _ordered(found: pd.DataFrame) -> pd.DataFrame:
    """Unlike duplicates first, group by group, the group with the greatest margin first; then the others by margin."""
    duplicate = found["reason"].eq("duplicates")
    highest = found.groupby("group")["margin"].transform("max").where(duplicate, found["margin"])
    order = found.assign(apart=~duplicate, highest=-highest, least=-found["margin"])
    order = order.sort_values(["apart", "highest", "group", "least", "row"], ignore_index=True)
    return order[list(AUDITED)]

"""Which rows are trained on and which are only measured; the same in every retrain, so that bundles can be compared."""

from __future__ import annotations

import logging

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.learn.examples import text_digest
from textmine.text.groups import join_groups, pair_within
from textmine.text.minhash import sign_texts

FOLDS = 100
HELD_OUT = 90  # folds from here on are never seen by training or tuning
NEWEST = 0.1  # share of the dated rows of a source that is held out as well: the future is never trained on

log = logging.getLogger(__name__)


def split_examples(examples: pd.DataFrame) -> pd.DataFrame:
    """``group``, ``fold`` and ``held_out`` of each row, with the index of ``examples``.

    Reads ``text``, ``source``, ``role`` and ``created_at``. Returns ``group`` (str: SHA-256 of the group's leader, the member
    with the smallest digest), ``fold`` (int16, 0 to 99, from the leader's digest), ``held_out`` (bool: fold of 90 or more,
    the group of a gold row, or the group of one of the newest 10 % of the dated rows of a source).

    Near-duplicate texts share a group, and a group lies wholly on one side. Neither the order of the rows nor further rows
    move an undated row, except where a further row joins its group.
    """
    texts = pd.Series([text_digest(text) for text in examples["text"]], index=examples.index, dtype="str")
    group = _leaders(examples["text"], texts)
    fold = pd.Series([int(leader[:16], 16) % FOLDS for leader in group], index=examples.index, dtype="int16")
    held = (fold >= HELD_OUT) | (_newest(examples) | (examples["role"] == "gold")).groupby(group).transform("any")
    log.info("split: %d rows, %d groups, %d held out", len(examples), group.nunique(), int(held.sum()))
    return pd.DataFrame({"group": group, "fold": fold, "held_out": held.astype(bool)})


def _leaders(texts: pd.Series, digests: pd.Series) -> pd.Series:
    """Digest of the first of the near-duplicate group of each row."""
    distinct = pd.DataFrame({"text": texts, "digest": digests}).drop_duplicates("digest").sort_values("digest")
    number = join_groups(pair_within(sign_texts(distinct["text"].tolist())), len(distinct))
    # sorted by digest, so the first of a group is its smallest
    first = pd.Series(distinct["digest"].to_numpy()).groupby(number).transform("first")
    leader = dict(zip(distinct["digest"], first, strict=True))
    return digests.map(leader).astype("str")


def _newest(examples: pd.DataFrame) -> pd.Series:
    """True at the newest tenth of the dated rows of each source; rows of one instant stay together."""
    dated = examples["created_at"].dropna()
    newest = pd.Series(False, index=examples.index)
    for _, times in dated.groupby(examples["source"]):
        border = times.sort_values().iloc[int(np.ceil(len(times) * (1 - NEWEST))) - 1]
        newest[times.index[times > border]] = True
    return newest


def folds(fold: npt.NDArray[np.int16], n: int) -> list[npt.NDArray[np.bool_]]:
    """``n`` masks of validation rows among the folds below 90, for tuning by cross-validation; whole groups each."""
    return [(fold % n == part) & (fold < HELD_OUT) for part in range(n)]

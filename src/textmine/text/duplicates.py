"""Groups of exact and near-duplicate texts, within a night and with the nights before, and floods.

A chunk of documents gives signatures (worker); the signatures of the whole night and the index of the nights before give
groups; the night saves its own index for the nights to come. Nothing here touches a disk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np
import pandas as pd

from textmine.errors import ContractError
from textmine.text.codepoints import Mask
from textmine.text.groups import BandTable, join_groups, pair_within
from textmine.text.minhash import BAND_COLUMNS, SIGNATURE_COLUMNS, sign_texts

LOOK_BACK_NIGHTS = 30
FLOOD = 20  # texts of one wording, or of one customer, in a night
_LEADER = ("group", "group_night", "group_received_at")
_SENIORITY = ["group_night", "group_received_at", "group"]
INDEX_COLUMNS = ("feedback_id", "text_digest", "characters", *BAND_COLUMNS, *SIGNATURE_COLUMNS, *_LEADER)


def signatures(documents: pd.DataFrame, *, text_digests: pd.Series) -> pd.DataFrame:
    """Signature of each document of a chunk; those of all chunks of a night are concatenated for ``group``.

    Reads ``feedback_id`` and ``text``; ``text_digests`` holds the keyed digest of each text, in the same order. Returns
    ``feedback_id``, ``text_digest`` and the columns of minhash.sign_texts, one row a document, in document order.
    """
    frame = sign_texts(documents["text"].fillna("").tolist())
    frame.insert(0, "feedback_id", documents["feedback_id"].to_numpy())
    frame.insert(1, "text_digest", text_digests.to_numpy())
    return frame.astype({"feedback_id": "str", "text_digest": "str"})


def group(
    night_signatures: pd.DataFrame,
    *,
    night: dt.date,
    received_at: pd.Series,
    previous: Iterable[tuple[dt.date, pd.DataFrame]] = (),
) -> tuple[pd.Series, pd.DataFrame]:
    """Near-duplicate group of each row, and the index rows that the night saves.

    Parameters
    ----------
    night_signatures : DataFrame
        What ``signatures`` gave for all chunks of the night, in any order.
    night : date
        The night of these rows.
    received_at : Series
        When each row was received, in the order of ``night_signatures``.
    previous : iterable of (date, DataFrame)
        Index of other nights. Those of this night, of later ones and of more than 30 nights ago are not read; give them
        one by one from a generator and only one is held at a time.

    Returns
    -------
    Series
        ``near_duplicate_group`` (str), with the index of ``night_signatures``: the feedback_id of the first of the group
        by night, received_at and feedback_id; null when alone. Where a group began in an earlier night, its id is kept,
        however long ago the first was. A text without a character groups never, one of less than six characters
        with equal ones only.
    DataFrame
        One row per distinct text with INDEX_COLUMNS: ``group`` is the group's id, or the row's own when it is alone,
        ``group_night`` and ``group_received_at`` are those of the first of the group.

    Raises
    ------
    ContractError
        If ``received_at`` has another length or an index lacks a column.
    """
    if len(received_at) != len(night_signatures):
        raise ContractError("one received_at a row", where="duplicates.group", rows=len(received_at))
    rows = night_signatures.assign(received_at=received_at.to_numpy()).reset_index(drop=True)
    rows = rows[(rows["characters"] > 0) & rows["text_digest"].notna()].sort_values(["received_at", "feedback_id"], kind="stable")
    texts = rows.drop_duplicates("text_digest", ignore_index=True)
    leaders, linked = _leaders(texts, night, previous)
    text_of_row = pd.Index(texts["text_digest"]).get_indexer(pd.Index(rows["text_digest"]))
    alone = ~linked & (np.bincount(text_of_row, minlength=len(texts)) == 1)
    groups = pd.Series(pd.NA, index=night_signatures.index, dtype="str", name="near_duplicate_group")
    groups.iloc[rows.index.to_numpy()] = leaders["group"].mask(alone).iloc[text_of_row].to_numpy()
    index = pd.concat([texts, leaders], axis=1)[list(INDEX_COLUMNS)].sort_values("feedback_id", ignore_index=True)
    return groups, index


def floods(frame: pd.DataFrame, *, minimum: int = FLOOD) -> pd.Series:
    """True (flag ``flood``) where one text or one customer comes ``minimum`` times or more in the night.

    Reads ``text_digest``, ``near_duplicate_group`` and ``customer_key``, null where there is none. A text counts by its
    digest and by its group. Returns a bool Series named ``flood`` with the index of the frame.
    """
    columns = ("text_digest", "near_duplicate_group", "customer_key")
    often = [frame.groupby(name)[name].transform("size").fillna(0) >= minimum for name in columns]
    return pd.concat(often, axis=1).any(axis=1).rename("flood")


def _leaders(texts: pd.DataFrame, night: dt.date, previous: Iterable[tuple[dt.date, pd.DataFrame]]) -> tuple[pd.DataFrame, Mask]:
    """For each text the first of its group (_LEADER), and whether another text or an earlier night is in the group."""
    own = pd.DataFrame({"group": texts["feedback_id"], "group_night": np.datetime64(night, "us"),
                        "group_received_at": texts["received_at"]})  # fmt: skip
    digests, bands = pd.Index(texts["text_digest"]), BandTable(texts)
    near = (frame for when, frame in previous if 0 < (night - when).days <= LOOK_BACK_NIGHTS)
    matches = [_match(digests, bands, frame) for frame in near]
    earlier = pd.concat([own.head(0).assign(text=0), *matches], ignore_index=True)
    known, names = pd.factorize(earlier["group"])
    left, right = pair_within(texts)
    ends = np.concatenate([left, earlier["text"].to_numpy(np.int64)]), np.concatenate([right, len(texts) + known])
    component = join_groups(ends, len(texts) + len(names))
    members = pd.concat([own, earlier.drop(columns="text")], ignore_index=True)
    members["component"] = np.concatenate([component[: len(texts)], component[len(texts) + known]])
    firsts = members.sort_values(["component", *_SENIORITY]).drop_duplicates("component").set_index("component")
    mine = component[: len(texts)]
    return firsts.loc[mine].reset_index(drop=True), np.bincount(component)[mine] > 1


def _match(digests: pd.Index, bands: BandTable, earlier: pd.DataFrame) -> pd.DataFrame:
    """The text and the earlier group of each text that an earlier night has, equal or nearly so."""
    if missing := [name for name in INDEX_COLUMNS if name not in earlier]:
        raise ContractError("the index lacks columns", where="duplicate index", allowed=missing, todo="publish that night again")
    equal = digests.get_indexer(pd.Index(earlier["text_digest"]))
    near, there = bands.pair(earlier)
    rows = np.concatenate([np.flatnonzero(equal >= 0), there])
    return earlier[list(_LEADER)].iloc[rows].assign(text=np.concatenate([equal[equal >= 0], near]))

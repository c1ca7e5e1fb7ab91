"""The review queue: which texts of a night teach and measure most when a person labels them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

REASONS = ("uncertain", "conflict", "urgent", "random")
# What the queue reads of labelled_feedback.
COLUMNS_READ = (
    "feedback_id",
    "channel",
    "validity",
    "near_duplicate_group",
    "sentiment",
    "sentiment_confidence",
    "categories",
    "primary_category",
    "category_confidence",
    "intent",
    "intent_confidence",
    "priority",
    "flags",
    "topic_id",
    "label_source",
    "bundle_id",
)
SHOWN = ("feedback_id", "channel", "sentiment", "categories", "primary_category", "intent", "priority", "topic_id", "bundle_id")
TURNS = {"urgent": 0, "conflict": 1, "uncertain": 2}
CONFIDENCES = ("sentiment_confidence", "category_confidence", "intent_confidence")
UNCLEAR = 0.6  # category confidence below which an urgent row is looked at; the same as in needs_review
FEW = 5  # rows of a channel that has so many and would else get fewer
DRAWN = 12  # hex digits at the end of a feedback_id: part of an HMAC, so a draw nobody can steer and every run repeats


def choose_queue(rows: pd.DataFrame, *, size: int = 200, random_share: float = 0.1) -> pd.DataFrame:
    """Up to ``size`` rows in the order they should be labelled; any beginning of the list is as mixed as the whole.

    Asked are scored texts that nobody labelled, one of each near-duplicate group (the least certain).

    - A ``random_share`` is drawn evenly from all of them (reason ``random``), whatever else speaks for them: the share of
      wrong labels in it is an estimate for the night.
    - The others go to the channels in proportion to their texts, but at least FEW each. Within a channel three reasons take
      turns: urgent texts with an unclear category (``urgent``), texts that their rating contradicts (``conflict``), all others
      (``uncertain``). Within a reason the topics and primary categories take turns, the least certain text first.

    Parameters
    ----------
    rows : pd.DataFrame
        COLUMNS_READ of ``labelled_feedback``.
    size : int
        How many at most.
    random_share : float
        Part of them that is drawn, 0 to 1.

    Returns
    -------
    pd.DataFrame
        SHOWN, and ``rank`` (from 1), ``reason`` (REASONS), ``uncertainty`` (chance that sentiment, primary category or intent
        is wrong, if their confidences are right and know nothing of each other).
    """
    asked = _asked(rows)
    drawn = asked.sort_values(["draw", "feedback_id"]).head(round(min(size, len(asked)) * random_share))
    rest = asked.drop(drawn.index)
    chosen = _by_turns(rest, min(size, len(asked)) - len(drawn))
    queue = pd.concat([_spread(drawn.assign(reason="random")), _spread(chosen, by="channel")])
    queue = queue.sort_values(["place", "feedback_id"], ignore_index=True)
    ranked: pd.DataFrame = queue.assign(rank=np.arange(1, len(queue) + 1))[[*SHOWN, "rank", "reason", "uncertainty"]]
    return ranked


def _asked(rows: pd.DataFrame) -> pd.DataFrame:
    """One text a near-duplicate group with its uncertainty, reason and draw, the least certain first."""
    open_ = rows[(rows["validity"] == "ok") & (rows["label_source"] != "human")].reset_index(drop=True)
    sure = np.prod([open_[name].fillna(0.0).to_numpy(np.float64) for name in CONFIDENCES], axis=0)
    uncertainty = np.round(1.0 - sure, 4)
    urgent = open_["priority"].isin(["P0", "P1"]).to_numpy() & (open_["category_confidence"].fillna(0) < UNCLEAR).to_numpy()
    conflict = _flagged(open_["flags"], "score_text_conflict")
    asked = open_.assign(
        uncertainty=uncertainty,
        reason=pd.Series(np.where(urgent, "urgent", np.where(conflict, "conflict", "uncertain")), dtype="str"),
        draw=open_["feedback_id"].str[-DRAWN:],
        group=open_["near_duplicate_group"].fillna(open_["feedback_id"]),
    )
    asked = asked.sort_values(["uncertainty", "feedback_id"], ascending=[False, True])
    return asked.drop_duplicates("group")


def _by_turns(rows: pd.DataFrame, size: int) -> pd.DataFrame:
    """``size`` rows: the quota of each channel; reasons, and in them topics and categories, by turns. The least certain first."""
    mine = [rows["channel"], rows["reason"]]
    turned = rows.assign(turn=rows.groupby([*mine, rows["topic_id"], rows["primary_category"].fillna("")]).cumcount())
    turned = turned.sort_values("turn", kind="stable")
    turned = turned.assign(turn=turned.groupby(["channel", "reason"]).cumcount(), order=turned["reason"].map(TURNS))
    turned = turned.sort_values(["turn", "order"], kind="stable")
    quota = quotas(rows["channel"].value_counts().sort_index(), size)
    place = turned.groupby("channel").cumcount()
    return turned[place < turned["channel"].map(quota).astype("float64").fillna(0)]


def quotas(available: pd.Series, size: int, *, few: int = FEW) -> pd.Series:
    """How many of ``size`` each channel gets: ``few``, then the rest in proportion (largest remainders); never what it lacks."""
    counts = available.to_numpy(np.int64)
    size = min(size, int(counts.sum()))
    floor = np.minimum(counts, min(few, size // max(len(counts), 1)))
    left, over = counts - floor, size - int(floor.sum())
    exact = left * over / max(int(left.sum()), 1)
    share = np.floor(exact).astype(np.int64)
    order = np.lexsort((available.index.to_numpy(dtype=object).astype(str), share - exact))
    share[order[: over - int(share.sum())]] += 1
    return pd.Series(floor + share, index=available.index)


def _spread(rows: pd.DataFrame, *, by: str | None = None) -> pd.DataFrame:
    """The rows with ``place``, evenly from 0 to 1 in their order (each group ``by`` for itself)."""
    within = rows.groupby(by) if by else rows.assign(all=0).groupby("all")
    return rows.assign(place=(within.cumcount() + 0.5) / within["feedback_id"].transform("size"))


def _flagged(flags: pd.Series, code: str) -> npt.NDArray[np.bool_]:
    lists = pa.array(flags.astype(object), type=pa.list_(pa.string()), from_pandas=True)
    lists = lists.combine_chunks() if isinstance(lists, pa.ChunkedArray) else lists
    found = np.zeros(len(flags), bool)
    hits = pc.equal(pc.list_flatten(lists), code)
    found[np.asarray(pc.list_parent_indices(lists).filter(hits), np.int64)] = True
    return found

"""What only the whole night, and the nights before it, can tell: near duplicates, floods, bursts, repeats, reach."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd
import pyarrow.parquet as pq

from textmine.night.chunks import Chunk, from_arrow
from textmine.night.fates import Fates
from textmine.night.plan import Plan
from textmine.night.wording import night_words
from textmine.policy import Policy
from textmine.priority.history import PAST_COLUMNS, count_history
from textmine.store.index import LOOK_BACK, read_index
from textmine.text.duplicates import floods, group

NARROW = [
    "feedback_id",
    "number",
    "source",
    "unit",
    "row_number",
    "part",
    "text_digest",
    "revision",
    "validity",
    "customer_key",
    "product",
    "region",
    "topic_id",
    "topic_similarity",
    "primary_category",
    "intent",
    "sentiment",
    "received_at",
    "red_lines",
]


class LookBack(NamedTuple):
    """The night at a glance, superseded records left out.

    ``rows``: NARROW and ``chunk`` (place of the record's chunk), in chunk order. ``added``: per record number,
    near_duplicate_group, flood and the history terms, same order. ``duplicates_index``, ``history_index`` and the words of
    ``new_words`` (see `night_words`): what later nights will look back on.
    """

    rows: pd.DataFrame
    added: pd.DataFrame
    duplicates_index: pd.DataFrame
    history_index: pd.DataFrame
    new_words: pd.DataFrame

    def by_chunk(self, chunks: Sequence[Chunk]) -> Iterator[tuple[Chunk, pd.DataFrame]]:
        """Each chunk with what is added to its records."""
        places = self.rows["chunk"].to_numpy()
        for place, chunk in enumerate(chunks):
            yield chunk, self.added[places == place].reset_index(drop=True)


def look_back(chunks: Sequence[Chunk], *, plan: Plan, policy: Policy, fates: Fates) -> LookBack:
    """The night's records with what other records add to them. Reads only nights before this one, at most 30 back."""
    rows = fates.drop_superseded(_concat([_narrow(chunk, place) for place, chunk in enumerate(chunks)], [*NARROW, "chunk"]))
    signatures = _concat([pq.read_table(chunk.signatures).to_pandas() for chunk in chunks], [])
    staying = rows.index.to_numpy()
    signatures = signatures.iloc[staying].reset_index(drop=True)
    rows = rows.reset_index(drop=True)
    groups, index = group(signatures, night=plan.night, received_at=rows["received_at"], previous=_earlier(plan))
    flooded = floods(signatures[["text_digest"]].assign(near_duplicate_group=groups, customer_key=rows["customer_key"]))
    tonight = rows.assign(near_duplicate_group=groups, urgent=rows["red_lines"].list.len().fillna(0) > 0)
    past = read_index(kind="history", lake=plan.lake, before=plan.night).reindex(columns=list(PAST_COLUMNS))
    counted = count_history(tonight, past, night=plan.night, policy=policy)
    added = counted.assign(number=rows["number"], near_duplicate_group=groups, flood=flooded)
    words = night_words(chunks, tonight, staying=staying, plan=plan)
    return LookBack(rows, added, index, tonight[[name for name in PAST_COLUMNS if name != "night"]], words)


def _narrow(chunk: Chunk, place: int) -> pd.DataFrame:
    return from_arrow(pq.read_table(chunk.rows, columns=NARROW)).assign(chunk=place)


def _concat(frames: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)


def _earlier(plan: Plan) -> Iterator[tuple[date, pd.DataFrame]]:
    """The duplicate index of each night before, one held at a time."""
    for back in range(LOOK_BACK):
        before = plan.night - timedelta(days=back)
        index = read_index(kind="duplicates", lake=plan.lake, before=before, days=1)
        if len(index):
            yield before - timedelta(days=1), index.drop(columns="night")

"""The new words of a night: what its chunks counted, made candidates, with the nights before that had them too."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from textmine.night.chunks import Chunk, labeller
from textmine.night.plan import Plan
from textmine.store.index import read_index
from textmine.tables import NEW_WORDS
from textmine.text.new_word_candidates import find_new_words
from textmine.text.new_words import RUNS

logger = logging.getLogger(__name__)


def night_words(chunks: Sequence[Chunk], rows: pd.DataFrame, *, staying: np.ndarray, plan: Plan) -> pd.DataFrame:
    """Table ``new_words`` of the night without bundle and run.

    ``rows``: the records that stay, with ``feedback_id``, ``near_duplicate_group`` and ``customer_key``; ``staying``: the place
    of each among the rows of all chunks.
    """
    knows = labeller(plan.bundle.path, plan.bundle.id).cutter.open().knows
    words = find_new_words(_runs(chunks, staying), rows, knows=knows)
    past = read_index(kind="new_words", lake=plan.lake, before=plan.night).reindex(columns=["night", "word"])
    nights = past.groupby("word")["night"].nunique()
    known = words["word"].map(nights).fillna(0).astype(np.int32)
    words = words.assign(known_nights=known, status=np.where(known > 0, "seen", "new"))
    logger.info("new words: %d candidates, %d of them new", len(words), int((known == 0).sum()))
    return words[[name for name in NEW_WORDS.names if name in words]]


def _runs(chunks: Sequence[Chunk], staying: np.ndarray) -> pa.Table:
    """The runs of all chunks; ``doc`` is the place among the records that stay, -1 for the others."""
    tables, start = [RUNS.empty_table()], 0
    sizes = [pq.read_metadata(chunk.rows).num_rows for chunk in chunks]
    place = np.full(sum(sizes) + 1, -1, np.int32)  # the last one for -1
    place[staying] = np.arange(len(staying), dtype=np.int32)
    for chunk, size in zip(chunks, sizes, strict=True):
        runs = pq.read_table(chunk.runs)
        doc = runs["doc"].to_numpy()
        tables.append(runs.set_column(2, "doc", pa.array(place[np.where(doc < 0, -1, doc + start)])))
        start += size
    return pa.concat_tables(tables)

"""The second, light pass over a chunk: what the night told is added, priorities are set, the rows get their final shape."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from textmine.label import HISTORY
from textmine.measure.tally import tally_rows
from textmine.night.chunks import Chunk, labeller, read_rows, write_rows
from textmine.schema import WORDS
from textmine.tables import ASPECTS, LABELLED_FEEDBACK


def rank_chunk(chunk: Chunk, added: pd.DataFrame, *, bundle: Path, bundle_id: str, run_id: str) -> int:
    """Number of rows that go to the published table; superseded ones end here.

    ``added``: number (the records that stay), near_duplicate_group, flood and the history terms, in chunk order.
    """
    rows = read_rows(chunk.rows)
    staying = np.flatnonzero(rows["number"].isin(added["number"]))
    rows = rows.take(staying).reset_index(drop=True)
    added = added.reset_index(drop=True)
    rows["flags"] = with_flag(rows["flags"], added["flood"].to_numpy(), "flood")
    ranked = labeller(bundle, bundle_id).rank(rows, added[list(HISTORY)])
    ranked = ranked.assign(near_duplicate_group=added["near_duplicate_group"], run_id=run_id)
    write_rows(ranked[LABELLED_FEEDBACK.names], chunk.final, schema=LABELLED_FEEDBACK.schema)
    write_rows(tally_rows(ranked), chunk.tally)
    _finish_aspects(chunk, staying, run_id)
    return len(rows)


def _finish_aspects(chunk: Chunk, staying: np.ndarray, run_id: str) -> None:
    aspects = pq.read_table(chunk.aspects)
    aspects = aspects.filter(pc.is_in(aspects["doc"], value_set=pa.array(staying, aspects.schema.field("doc").type)))
    aspects = aspects.append_column("run_id", pa.array([run_id] * len(aspects), pa.string()))
    pq.write_table(aspects.select(ASPECTS.names).cast(ASPECTS.schema), chunk.final_aspects, compression="lz4")


def with_flag(flags: pd.Series, raised: np.ndarray, code: str) -> pd.Series:
    """Lists of flags with ``code`` at the end where it is raised."""
    if not raised.any():
        return flags
    lists = pa.array(flags, type=WORDS)
    lists = lists.combine_chunks() if isinstance(lists, pa.ChunkedArray) else lists
    longer = [[*flags, code] if more else flags for flags, more in zip(lists.to_pylist(), raised.tolist(), strict=True)]
    return pd.Series(pa.array(longer, WORDS), dtype=pd.ArrowDtype(WORDS))

"""What people said of the night's texts: read once when labelling begins, handed to every chunk."""

from __future__ import annotations

import logging
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from textmine.store.corrections import KEY, LABELS, read_corrections
from textmine.store.lake import Lake

logger = logging.getLogger(__name__)
FILE = "corrections.parquet"


def note_corrections(lake: Lake, *, folder: Path, categories: Collection[str]) -> tuple[Path | None, int]:
    """File in ``folder`` with the lake's corrections, None where there are none; and how many name a category that is gone.

    A category that the taxonomy of tonight's bundle does not have is left out, the rest of the correction counts.
    """
    rows = read_corrections(lake)[[*KEY, *LABELS]]
    strange = ~rows["primary_category"].isin(categories) & rows["primary_category"].notna()
    listed = [None if cell is None else [code for code in cell if code in categories] for cell in rows["categories"]]
    pairs = zip(listed, rows["categories"], strict=True)
    lost = strange.to_numpy(bool) | np.array([kept is not None and len(kept) < len(cell) for kept, cell in pairs], bool)
    rows["primary_category"] = rows["primary_category"].where(~strange)
    rows["categories"] = pd.Series([kept or None for kept in listed], index=rows.index, dtype=object)
    if rows.empty:
        return None, 0
    path = folder / FILE
    rows.to_parquet(path, index=False)
    logger.info("corrections: %d texts, %d with a category that is gone", len(rows), int(lost.sum()))
    return path, int(lost.sum())


def corrections_of(feedback: pd.DataFrame, path: Path | None) -> pd.DataFrame | None:
    """LABELS of the rows of ``feedback`` (reads KEY), null where nobody spoke; None if nobody spoke of any.

    A correction of another revision of the text does not count.
    """
    if path is None:
        return None
    said = _said(path)
    places = said.index.get_indexer(pd.MultiIndex.from_frame(feedback[KEY].astype("str")))
    if (places < 0).all():
        return None
    return said.reset_index(drop=True).reindex(places).reset_index(drop=True)


@lru_cache(maxsize=1)
def _said(path: Path) -> pd.DataFrame:
    rows: pd.DataFrame = pq.read_table(path).to_pandas()
    return rows.astype({name: "str" for name in rows.columns if name != "categories"}).set_index(KEY)

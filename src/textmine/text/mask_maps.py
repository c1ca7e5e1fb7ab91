"""Personal data in extra columns: the values of a map column masked, the keys as the config names them."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from textmine.text.mask import mask_column


def mask_maps(column: pd.Series) -> pd.Series:
    """Maps of text to text (dicts, or Arrow maps) with every value masked, as an Arrow map column; missing stays missing."""
    maps = _as_maps(column)
    values = mask_column(pd.Series(maps.items, dtype="str"))
    masked = pa.MapArray.from_arrays(maps.offsets, maps.keys, pa.array(values, pa.string()), mask=maps.is_null())
    return pd.Series(masked, dtype=pd.ArrowDtype(masked.type), index=column.index)


def _as_maps(column: pd.Series) -> pa.MapArray:
    kind = pa.map_(pa.string(), pa.string())
    if isinstance(column.dtype, pd.ArrowDtype):
        # compact the chunks: offsets of a slice do not begin at 0
        return pa.array(pa.chunked_array(pa.array(column)).to_pylist() if len(column) else [], kind)
    return pa.array([list(cell.items()) if isinstance(cell, dict) else None for cell in column], kind)

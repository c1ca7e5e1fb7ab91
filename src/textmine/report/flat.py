"""Tables for spreadsheets: lists and maps as text, times without zone, formulas defused."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # OWASP, CSV injection
LONGEST_CELL = 32_767  # characters of an Excel cell


def flatten(frame: pd.DataFrame, *, formulas_prefixed: bool = False) -> pd.DataFrame:
    """The frame with plain cells only.

    Lists are joined by ``、``, maps are JSON, times are UTC without zone, text ends at Excel's 32,767 characters.
    ``formulas_prefixed`` puts ``'`` before text that a spreadsheet would run (needed in CSV, where cells have no type).
    """
    return pd.DataFrame({name: _plain(frame[name], prefixed=formulas_prefixed) for name in frame.columns})


def _plain(column: pd.Series, *, prefixed: bool) -> pd.Series:
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        plain: pd.Series = column.dt.tz_convert("UTC").dt.tz_localize(None)
        return plain
    if isinstance(column.dtype, pd.ArrowDtype) and pa.types.is_nested(column.dtype.pyarrow_dtype) or column.dtype == object:
        column = column.map(_cell, na_action="ignore")
    if pd.api.types.is_string_dtype(column.dtype):
        column = column.str.slice(0, LONGEST_CELL)
        return column.where(~column.str.startswith(DANGEROUS, na=False), "'" + column) if prefixed else column
    return column


def _cell(value: Any) -> str | None:
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=_listed)
    if isinstance(value, list | tuple | np.ndarray):
        items = list(value)
        if items and isinstance(items[0], tuple):
            return json.dumps(dict(items), ensure_ascii=False, default=_listed)
        return "、".join(map(str, items))
    return str(value)


def _listed(value: Any) -> Any:
    return list(value)

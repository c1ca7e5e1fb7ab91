"""Rows that cannot be used, turned into rejects whose content is the row as JSON (for the encrypted store, never for a log)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.channels.rawframe import Reject
from textmine.channels.values import is_missing


def reject_rows(
    frame: pd.DataFrame,
    positions: npt.NDArray[np.int64],
    *,
    reason: str,
    details: Sequence[str],
    records: Sequence[int] | None = None,
) -> list[Reject]:
    """A reject for each position of ``frame``, in the order given.

    Parameters
    ----------
    frame : pandas.DataFrame
        Raw frame with ``_row``.
    positions : numpy.ndarray
        Positions of the rows to reject.
    reason : str
        Reason code.
    details : sequence of str
        What was wrong with each row, without its content.
    records : sequence of int, optional
        Records each row stands for; 1 where left out.
    """
    counts = records if records is not None else [1] * len(positions)
    rows = frame.take(positions).to_dict(orient="records")
    return [
        Reject(int(row["_row"]), reason, detail, row_bytes([row]), int(count))
        for row, detail, count in zip(rows, details, counts, strict=True)
    ]


def row_bytes(rows: Sequence[dict[Any, Any]]) -> bytes:
    """Raw rows as UTF-8 JSON: an object for one row, a list for several; what JSON has no form for becomes a string."""
    data: Any = [{str(name): None if is_missing(value) else value for name, value in row.items()} for row in rows]
    if len(data) == 1:
        data = data[0]
    return json.dumps(data, ensure_ascii=False, default=_plain).encode("utf-8", "backslashreplace")


def _plain(value: Any) -> Any:
    return value.tolist() if isinstance(value, np.ndarray) else str(value)

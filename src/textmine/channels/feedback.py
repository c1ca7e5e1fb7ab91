"""The feedback frame: what every channel reader returns, one row a record, the words still raw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from textmine.channels.rawframe import Reject

STRING = pd.StringDtype(na_value=np.nan)
REAL = np.dtype("float64")
TIME = pd.DatetimeTZDtype("us", "UTC")
OBJECT = np.dtype("object")

FEEDBACK_COLUMNS: Mapping[str, Any] = {
    "row_number": np.dtype("int64"),
    "part": np.dtype("int32"),
    "channel": STRING,
    "source_ref": STRING,
    "answer_id": STRING,
    "question": STRING,
    "created_at": TIME,
    "received_at": TIME,
    "customer": STRING,
    "segment": STRING,
    "customer_value": REAL,
    "agent": STRING,
    "team": STRING,
    "product": STRING,
    "region": STRING,
    "rating": REAL,
    "nps": REAL,
    "ces": REAL,
    "dimension_scores": OBJECT,
    "votes": pd.Int64Dtype(),
    "status": STRING,
    "first_response_at": TIME,
    "resolved_at": TIME,
    "informed_at": TIME,
    "attributes": OBJECT,
    "text": STRING,
    "staff_text": STRING,
    "had_turns": np.dtype("bool"),
}


@dataclass(frozen=True)
class Parsed:
    """Records of a unit, and those that could not be used.

    Parameters
    ----------
    feedback : pandas.DataFrame
        Columns and types of ``FEEDBACK_COLUMNS``, ordered by ``row_number`` then ``part``.
    rejects : list of Reject
        Rows that could not be used, with a reason code.
    read : int
        Records seen, after a row was expanded to its answers: ``len(feedback)`` plus the records of the rejects.
    """

    feedback: pd.DataFrame
    rejects: list[Reject]
    read: int


def empty_feedback() -> pd.DataFrame:
    """A feedback frame without rows, every column with its type."""
    return make_feedback({}, rows=0)


def make_feedback(values: Mapping[str, Any], *, rows: int) -> pd.DataFrame:
    """The feedback frame of some columns: order and types of ``FEEDBACK_COLUMNS``, null where a column is not given.

    ``values`` holds arrays, series or scalars by column name; series are taken by position.
    """
    index = pd.RangeIndex(rows)
    columns = {name: _column(values.get(name), index, dtype) for name, dtype in FEEDBACK_COLUMNS.items()}
    return pd.DataFrame(columns, index=index)


def join_parsed(parts: Sequence[Parsed]) -> Parsed:
    """One ``Parsed`` of several, rows and rejects back in the order of the unit (``row_number``, then ``part``)."""
    rejects = sorted((reject for part in parts for reject in part.rejects), key=lambda reject: reject.row_number)
    read = sum(part.read for part in parts)
    filled = [part.feedback for part in parts if len(part.feedback)]
    if not filled:
        return Parsed(empty_feedback(), rejects, read)
    feedback = pd.concat(filled, ignore_index=True) if len(filled) > 1 else filled[0]
    order = np.lexsort((feedback["part"].to_numpy(), feedback["row_number"].to_numpy()))
    if not np.array_equal(order, np.arange(len(order))):
        feedback = feedback.take(order).reset_index(drop=True)
    return Parsed(feedback, rejects, read)


def _column(value: Any, index: pd.RangeIndex, dtype: Any) -> pd.Series[Any]:
    if value is None:
        return _blank(index, dtype)
    plain = value.set_axis(index) if isinstance(value, pd.Series) else pd.Series(value, index=index)
    if plain.dtype == dtype:
        return plain
    return plain.astype(dtype)


def _blank(index: pd.RangeIndex, dtype: Any) -> pd.Series[Any]:
    if dtype == OBJECT:
        return pd.Series([None] * len(index), index=index, dtype=object)
    if dtype == np.dtype("bool") or dtype.kind == "i" and not isinstance(dtype, pd.Int64Dtype):
        return pd.Series(np.zeros(len(index), dtype=dtype), index=index)
    return pd.Series(pd.NaT if dtype == TIME else np.nan, index=index, dtype=dtype)

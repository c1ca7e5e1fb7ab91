"""A frame of one's own as a feedback frame: the words in one column, known columns beside it, no source and no key."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from textmine.channels.feedback import FEEDBACK_COLUMNS, make_feedback
from textmine.channels.values import as_text
from textmine.errors import ConfigError, nearest


def as_feedback(frame: pd.DataFrame, *, text_column: str) -> pd.DataFrame:
    """A feedback frame of a column of texts, with what else of ``labelled_feedback`` the frame brings; ids number its rows.

    Raises
    ------
    ConfigError
        If there is no such column, and names the nearest, or a column's values are not of its declared type.
    """
    if text_column not in frame.columns:
        names = [str(name) for name in frame.columns]
        raise ConfigError("no such column", got=text_column, allowed=names, todo=f"did you mean {nearest(text_column, names)!r}?")
    known = {
        name: frame[name] for name in FEEDBACK_COLUMNS if name in frame.columns and name not in ("text", "customer", "agent")
    }
    try:
        feedback = make_feedback(known | {"text": as_text(frame[text_column])}, rows=len(frame)).drop(
            columns=["customer", "agent"]
        )
    except (ValueError, TypeError):
        raise _unfit(known) from None  # pandas' message quotes the cell
    numbers = np.arange(1, len(frame) + 1)
    blank = {
        name: pd.Series([None] * len(frame), dtype="str")
        for name in ("customer_key", "agent_key", "near_duplicate_group", "run_id", "source")
    }
    return feedback.assign(feedback_id=pd.Series([f"row_{number}" for number in numbers], dtype="str"), revision=0, **blank)


def _unfit(columns: Mapping[str, pd.Series]) -> ConfigError:
    """The error for the first column whose values do not fit."""
    for name, column in columns.items():
        try:
            make_feedback({name: column}, rows=len(column))
        except (ValueError, TypeError):
            return ConfigError(
                "a value is not of the column's type",
                where=name,
                got=str(column.dtype),
                allowed=str(FEEDBACK_COLUMNS[name]),
                todo="convert the column, or leave it out",
            )
    return ConfigError("the columns do not fit together", where="frame", got=list(columns))

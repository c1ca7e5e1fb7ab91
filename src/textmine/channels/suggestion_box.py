"""The suggestion box: plain lines, one suggestion each, or a table."""

from __future__ import annotations

import pandas as pd

from textmine.channels.feedback import Parsed, empty_feedback
from textmine.channels.fields import numbered, read_fields, settle, words_of_columns
from textmine.channels.mapping import find_columns
from textmine.settings import Source


def read_suggestion_box(frame: pd.DataFrame, *, source: Source) -> Parsed:
    """Records of a suggestion box, one a line or row.

    Shape: a text file (column ``line``), each line a suggestion; or a table such as 编号, 时间, 建议内容, 地区, 点赞数.

    Raises
    ------
    UnitError
        ``missing_column`` where no column holds the words, or one that the config names is not there.
    """
    if frame.empty:
        return Parsed(empty_feedback(), [], 0)
    rows = numbered(frame)
    mapped = find_columns(rows, source.columns, where=source.name)
    return settle(read_fields(rows, mapped, source=source), {"text": words_of_columns(rows, mapped)}, channel="suggestion_box")

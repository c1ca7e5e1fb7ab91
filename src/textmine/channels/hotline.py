"""Hotline calls and call-backs: transcripts or notes, only the customer's words as text."""

from __future__ import annotations

import pandas as pd

from textmine.channels.dialogue import read_dialogues
from textmine.channels.feedback import Parsed, empty_feedback
from textmine.channels.fields import numbered
from textmine.channels.mapping import find_columns
from textmine.channels.sections import dialogues_of_lines
from textmine.settings import Columns, Source


def read_hotline(frame: pd.DataFrame, *, source: Source) -> Parsed:
    """Records of calls, one a call.

    Shape: a table with a transcript a row (通话编号, 通话时间, 客户号码, 坐席工号, 转写); the transcript has marked turns
    (客户：…, 坐席：…) or is a list of messages, else it is a note and all of it the customer's. Or the lines of a text file::

        通话编号：H20261103-001
        通话时间：2026-11-03 14:05
        坐席：小王（工号 1024）
        坐席：您好，请问有什么可以帮您？
        客户：我的洗衣机又漏水了。
        修了三次了。

    where 通话编号 begins a call, header lines end at the first turn, and a line without a mark goes on with the turn. Lines with
    turns but no number are one call; lines with neither are a note each. A call in which only staff speaks has null text.

    Raises
    ------
    UnitError
        ``missing_column`` where no column holds the words, or one that the config names is not there.
    """
    if frame.empty:
        return Parsed(empty_feedback(), [], 0)
    rows, columns = numbered(frame), source.columns
    if (calls := dialogues_of_lines(rows)) is not None:
        rows, columns = calls, Columns()
    mapped = find_columns(rows, columns, where=source.name, text_fields=("transcript", "messages", "text"))
    return read_dialogues(rows, mapped, source=source, channel="hotline")

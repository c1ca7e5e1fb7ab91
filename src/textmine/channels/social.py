"""Social posts, comments and private messages with likes, replies and tags."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from textmine.channels.feedback import Parsed, empty_feedback
from textmine.channels.fields import add_attributes, numbered, read_fields, settle, words_of_columns
from textmine.channels.mapping import find_columns
from textmine.channels.values import as_label, changed, under_subject
from textmine.settings import Source

ATTRIBUTES = ("platform", "kind", "tags", "replies")


def read_social(frame: pd.DataFrame, *, source: Source) -> Parsed:
    """Records of social posts and comments, one a row.

    Shape: a table or JSON lines such as 微博ID, 平台, 用户, 发布时间, 正文, 点赞数, 评论数, 标签. Likes are ``votes``; platform,
    kind, tags (a list is joined by commas) and the number of replies go to ``attributes``. A title stands above the words, unless
    the config names the text columns.

    Raises
    ------
    UnitError
        ``missing_column`` where no column holds the words, or one that the config names is not there.
    """
    if frame.empty:
        return Parsed(empty_feedback(), [], 0)
    rows = numbered(frame)
    mapped = find_columns(rows, source.columns, where=source.name)
    fields = read_fields(rows, mapped, source=source)
    words = words_of_columns(rows, mapped)
    if (title := mapped.get("subject")) and "text" not in mapped.named:
        words = under_subject(words, rows[title])
    further = {name: _joined(rows[column]) for name in ATTRIBUTES if (column := mapped.get(name))}
    return settle(add_attributes(fields, further), {"text": words}, channel="social")


def _joined(cells: pd.Series[Any]) -> pd.Series[str]:
    return as_label(changed(cells, _comma_list) if cells.dtype == object else cells)


def _comma_list(cell: Any) -> Any:
    if isinstance(cell, (list, tuple, np.ndarray)):
        return ",".join(part if isinstance(part, str) else json.dumps(part, ensure_ascii=False, default=str) for part in cell)
    return cell

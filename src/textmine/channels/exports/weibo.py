"""Weibo: saved pages of comments as its interface gives them (``comments``, beside the post and cursors). Posts need no shape."""

from __future__ import annotations

from typing import Any

import pandas as pd

from textmine.channels.exports.shape import Export, Shaped, has_columns, named

_NUMBERS = ("total_number", "next_cursor", "previous_cursor", "hasvisible")


def is_weibo_comments(frame: pd.DataFrame) -> bool:
    """Whether each row is a page: a list of comments and a count or cursor."""
    if not (has_columns(frame, "comments") and any(has_columns(frame, name) for name in _NUMBERS)):
        return False
    return all(isinstance(page, list) for page in frame["comments"])


def shape_weibo_comments(frame: pd.DataFrame, *, zone: str) -> Shaped:
    """One row a comment, numbered over the pages; a thing among them that is no comment is a row without words."""
    comments = [comment for page in frame["comments"] for comment in page]
    cells = {
        "source_ref": [_of(comment, "idstr", "id", "mid") for comment in comments],
        "created_at": [_of(comment, "created_at") for comment in comments],
        "customer": [_of(comment, "user") for comment in comments],
        "votes": [_of(comment, "like_count", "like_counts") for comment in comments],
        "text": [_of(comment, "text_raw", "text") for comment in comments],
    }
    rows = pd.DataFrame({name: pd.Series(values, dtype=object) for name, values in cells.items()})
    fields = {name: name for name in ("source_ref", "created_at", "customer", "votes")}
    return named(
        rows.assign(_row=range(1, len(rows) + 1)), fields, export="weibo_comments", channel="social", lists={"text": ["text"]}
    )


def _of(comment: Any, *keys: str) -> Any:
    known = comment if isinstance(comment, dict) else {}
    return next((known[key] for key in keys if known.get(key) not in (None, "")), None)


WEIBO_COMMENTS = Export(is_weibo_comments, shape_weibo_comments)

"""All channels by name, and the dispatch of a table that carries several."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Protocol

import numpy as np
import pandas as pd

from textmine.channels.chat import read_chat
from textmine.channels.crm import read_crm
from textmine.channels.email import read_email
from textmine.channels.feedback import Parsed, empty_feedback, join_parsed
from textmine.channels.fields import numbered
from textmine.channels.hotline import read_hotline
from textmine.channels.interview import read_interview
from textmine.channels.mapping import require_column
from textmine.channels.names import CHANNEL_NAMES
from textmine.channels.rejected import reject_rows
from textmine.channels.social import read_social
from textmine.channels.suggestion_box import read_suggestion_box
from textmine.channels.survey import read_survey
from textmine.channels.values import as_label
from textmine.settings import Source


class ChannelReader(Protocol):
    """Reads the raw frame of one channel."""

    def __call__(self, frame: pd.DataFrame, *, source: Source) -> Parsed:
        """Records of a whole unit; ``frame`` is not changed."""
        ...


CHANNELS: Mapping[str, ChannelReader] = {
    "survey": read_survey,
    "hotline": read_hotline,
    "email": read_email,
    "chat": read_chat,
    "social": read_social,
    "interview": read_interview,
    "suggestion_box": read_suggestion_box,
    "crm": read_crm,
}


def read_channels(frame: pd.DataFrame, *, source: Source) -> Parsed:
    """Records of a unit's raw frame, by the source's channel or, row by row, by its ``channel_column``.

    ``frame`` has to be the whole unit: calls, sessions and interviews go over many rows. Values of the channel column are looked
    up in ``source.channel_values``, then among the channels' codes and ``names.CHANNEL_NAMES`` (问卷, 热线, 邮件, 在线客服, 微博
    ...). The result is in the order of the rows; ``read == len(feedback) + sum(reject.records)``.

    Reason codes of rejects: ``unknown_channel`` (the value stands for no channel, or is blank), ``bad_date``.

    Raises
    ------
    UnitError
        ``missing_column`` where a column the config names is not there or no column holds the words; ``duplicate_column``.
    """
    if source.channel_column is None:
        return join_parsed([CHANNELS[source.channel](frame, source=source)])
    if frame.empty:
        return Parsed(empty_feedback(), [], 0)
    rows = numbered(frame)
    require_column(rows, source.channel_column, where=source.name)
    return _by_row(rows, _channels(rows[source.channel_column], source), source)


def _by_row(rows: pd.DataFrame, channels: pd.Series[str], source: Source) -> Parsed:
    # groupby sorts once and slices; a take for each channel would walk the whole table eight times
    parts = [CHANNELS[str(name)](part, source=source) for name, part in rows.groupby(channels.to_numpy(), sort=False)]
    if len(strange := np.flatnonzero(channels.isna())):
        allowed = f"{', '.join(CHANNELS)} or a key of channel_values"
        detail = f"the value of column {source.channel_column!r} is no known channel; allowed: {allowed}"
        rejects = reject_rows(rows, strange, reason="unknown_channel", details=[detail] * len(strange))
        parts.append(Parsed(empty_feedback(), rejects, len(strange)))
    return join_parsed(parts)


def _channels(values: pd.Series[str], source: Source) -> pd.Series[str]:
    """Code of each row's channel, null where the value is not known."""
    known = {**CHANNEL_NAMES, **{code: code for code in CHANNELS}}
    known.update({_plain(name): code for name, code in source.channel_values.items()})
    labels = as_label(values)
    codes, uniques = pd.factorize(labels)
    found = np.array([*(known.get(_plain(label)) for label in uniques), None], dtype=object)[codes]
    return pd.Series(found, index=values.index)


def _plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().casefold()

"""All channels by name, and the dispatch of a table that carries several."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np
import pandas as pd

from textmine.channels.chat import read_chat
from textmine.channels.crm import read_crm
from textmine.channels.email import read_email
from textmine.channels.exports.shape import OTHER
from textmine.channels.feedback import Parsed, empty_feedback, join_parsed
from textmine.channels.fields import numbered
from textmine.channels.hotline import read_hotline
from textmine.channels.interview import read_interview
from textmine.channels.mapping import require_column
from textmine.channels.names import CHANNEL_NAMES
from textmine.channels.rawframe import RawBatch, Shape
from textmine.channels.rejected import reject_rows
from textmine.channels.social import read_social
from textmine.channels.suggestion_box import read_suggestion_box
from textmine.channels.survey import read_survey
from textmine.channels.values import as_label
from textmine.settings import Columns, Source


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


def read_batches(batches: Sequence[RawBatch], *, source: Source) -> Parsed:
    """Records of a unit's batches: those of an export by its shape, all others in one frame by ``read_channels``.

    What the config says wins over the shape: its columns (by their names in the file or as the questions were asked) and its
    channel, which a record of an export then carries. A source with a ``channel_column`` reads its tables as they stand.
    """
    by_shape: list[tuple[Shape | None, list[pd.DataFrame]]] = []
    for batch in batches:
        known = next((frames for shape, frames in by_shape if shape == batch.shape), None)
        if known is None:
            by_shape.append((batch.shape, known := []))
        known.append(batch.frame)
    parts = [_of_shape(pd.concat(frames, ignore_index=True), shape, source) for shape, frames in by_shape]
    unread = [reject for batch in batches for reject in batch.rejects]
    lost = Parsed(empty_feedback(), unread, sum(reject.records for reject in unread))
    return join_parsed([*parts, lost])


def _of_shape(frame: pd.DataFrame, shape: Shape | None, source: Source) -> Parsed:
    if shape is None or frame.empty:
        return read_channels(frame, source=source)
    parsed = CHANNELS[shape.channel](frame, source=source.model_copy(update={"columns": _columns(shape, source.columns, frame)}))
    feedback = parsed.feedback
    if "channel" in source.model_fields_set:
        feedback = feedback.assign(channel=pd.Series(source.channel, index=feedback.index, dtype=feedback["channel"].dtype))
    if shape.parts:
        feedback = feedback.assign(part=feedback["question"].map(shape.parts).fillna(0).astype("int32"))
    return Parsed(feedback, parsed.rejects, parsed.read)


def _columns(shape: Shape, configured: Columns, frame: pd.DataFrame) -> Columns:
    """The columns of a shape, but for the fields that the config names itself, by the file's names or the frame's."""

    def shaped(name: str) -> str:
        other = f"{OTHER}{name}"
        return shape.renamed.get(name, other if name not in frame.columns and other in frame.columns else name)

    named = {field: value for field, value in configured.model_dump(exclude_none=True).items() if value}
    own = {field: shaped(value) if isinstance(value, str) else [shaped(name) for name in value] for field, value in named.items()}
    return Columns.model_validate({**shape.columns.model_dump(), **own})


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

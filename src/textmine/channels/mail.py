"""E-mail files: one record a message, from .eml and .mbox. Attachments by name only; nothing of them is opened."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain

from textmine.channels.mailparts import COLUMNS, RAISED, message_cells
from textmine.channels.rawframe import RawBatch, Record, Reject, batches
from textmine.errors import UnitError

MAX_MESSAGE_BYTES = 64 << 20
"""A message beyond this is ``field_too_large``; mail servers stop at half of it."""

# "From someone Thu Jan  1 00:00:00 2026": a line of a text that only begins with From has no time of day.
_FROM_LINE = re.compile(rb"^From (?:[^\r\n]*\d\d:\d\d[^\r\n]*|\S+)\r?\n", re.MULTILINE)
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_eml(
    data: bytes, *, name: str, encoding: str = "auto", sheet: str | None = None, batch_rows: int = 50_000
) -> Iterator[RawBatch]:
    """The one message of an .eml file, as ``read_mbox`` gives it."""
    return _messages([data] if data.strip() else [], name, encoding, batch_rows)


def read_mbox(
    data: bytes, *, name: str, encoding: str = "auto", sheet: str | None = None, batch_rows: int = 50_000
) -> Iterator[RawBatch]:
    """Batches of messages: ``message_id``, ``from``, ``to``, ``subject``, ``date``, ``body``, ``attachments``.

    ``date``: ISO 8601 with offset, or as it stands where it is no date. ``body``: the plain text, else the words of
    the HTML. ``attachments``: names, parted by "; ". None where a message has no such part. ``_row``: number of the
    message from 1. The charset is the one named, gb2312 read as GB18030; where none is named, or it does not fit,
    ``encoding`` holds (auto: the bytes decide). Rejects: ``mail_invalid``, ``field_too_large``.

    Raises
    ------
    UnitError
        ``empty_file`` without a message.
    """
    return _messages(_split(data), name, encoding, batch_rows)


def _messages(contents: Iterable[bytes], name: str, encoding: str, batch_rows: int) -> Iterator[RawBatch]:
    rest = iter(contents)
    first = next(rest, None)
    if first is None:
        raise UnitError(
            "no records",
            reason="empty_file",
            where=name,
            got="nothing",
            allowed="at least one message",
            todo="ask the source whether nothing came in",
        )
    numbered = enumerate(chain([first], rest), start=1)
    return batches((_message(content, number, encoding) for number, content in numbered), batch_rows=batch_rows, columns=COLUMNS)


def _message(content: bytes, number: int, encoding: str) -> Record | Reject:
    if len(content) > MAX_MESSAGE_BYTES:
        return Reject(number, "field_too_large", f"{len(content):,} bytes", content)
    try:
        return Record(number, message_cells(content, encoding=encoding))
    except RAISED as error:
        return Reject(number, "mail_invalid", f"not a whole mail ({type(error).__name__})", content)


def _split(data: bytes) -> Iterator[bytes]:
    """The messages of an mbox: each begins with a From line at the start or under an empty line."""
    begin = len(data) - len(data.lstrip())
    starts = [
        line
        for line in _FROM_LINE.finditer(data, begin)
        if line.start() == begin or data[max(0, line.start() - 4) : line.start()].replace(b"\r", b"").endswith(b"\n\n")
    ]
    bounds = [line.start() for line in starts] + [len(data)]
    if data[begin : bounds[0]].strip():  # something before the first message, or no From line at all
        yield data[begin : bounds[0]]
    for line, stop in zip(starts, bounds[1:], strict=True):
        yield _ESCAPED.sub(rb"\1", data[line.end() : stop])

"""Plain text: one record a line, for suggestion boxes and transcripts."""

from __future__ import annotations

from collections.abc import Iterator

from textmine.channels.csvfields import MAX_RECORD_BYTES
from textmine.channels.decoding import to_utf8
from textmine.channels.rawframe import RawBatch, Record, Reject, batches
from textmine.errors import UnitError


def read_text(
    data: bytes, *, name: str, encoding: str = "auto", sheet: str | None = None, batch_rows: int = 50_000
) -> Iterator[RawBatch]:
    """Batches of the lines that are not blank: column ``line``, without the line end, else as it stands.

    ``_row``: line number from 1, blank lines counted. Lines end at a line feed (or carriage return, in a file that
    has no line feed). Rejects: ``encoding_invalid``, ``field_too_large``.

    Raises
    ------
    UnitError
        ``empty_file`` without such a line, and as ``to_utf8``.
    """
    content = to_utf8(data, name=name, encoding=encoding).content
    if not content.strip():
        raise UnitError(
            "no records",
            reason="empty_file",
            where=name,
            got="nothing",
            allowed="at least one line",
            todo="ask the source whether nothing came in",
        )
    lines = enumerate(content.split(b"\n" if b"\n" in content else b"\r"), start=1)
    return batches(
        (_line(line.rstrip(b"\r"), number) for number, line in lines if line.strip()), batch_rows=batch_rows, columns=["line"]
    )


def _line(line: bytes, number: int) -> Record | Reject:
    if len(line) > MAX_RECORD_BYTES:
        return Reject(number, "field_too_large", f"{len(line):,} bytes", line)
    try:
        return Record(number, {"line": line.decode()})
    except UnicodeDecodeError:
        return Reject(number, "encoding_invalid", "bytes that are not in the file's encoding", line)

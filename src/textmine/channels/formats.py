"""The formats a unit may come in, and the one way in: bytes of a unit to batches of raw records.

A new format is a reader in its own file and a line in ``FORMATS``; the tests run over the dict.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Protocol

from textmine.channels.columnar import read_parquet
from textmine.channels.containers import unpack
from textmine.channels.delimited import read_csv, read_tsv
from textmine.channels.docx import read_docx
from textmine.channels.excel import read_excel
from textmine.channels.exports.known import EXPORTS, shape_batches
from textmine.channels.jsonlines import read_json, read_jsonl
from textmine.channels.mail import read_eml, read_mbox
from textmine.channels.plaintext import read_text
from textmine.channels.rawframe import RawBatch, shifted
from textmine.channels.sniffing import detect_format
from textmine.errors import ConfigError, UnitError, nearest

logger = logging.getLogger(__name__)


class Reader(Protocol):
    """Reads the bytes of one file. Raises before it returns, so that no row of a broken file is given out."""

    def __call__(
        self, data: bytes, *, name: str, encoding: str = "auto", sheet: str | None = None, batch_rows: int = 50_000
    ) -> Iterator[RawBatch]:
        """Batches of the records of the file."""
        ...


FORMATS: Mapping[str, Reader] = {
    "csv": read_csv,
    "tsv": read_tsv,
    "excel": read_excel,
    "json": read_json,
    "jsonl": read_jsonl,
    "parquet": read_parquet,
    "txt": read_text,
    "mbox": read_mbox,
    "eml": read_eml,
    "docx": read_docx,
}


EXPORTED = ("csv", "tsv", "excel", "json", "jsonl")


def read_unit(
    data: bytes,
    *,
    name: str,
    format: str = "auto",
    encoding: str = "auto",
    sheet: str | None = None,
    batch_rows: int = 50_000,
    zone: str | None = None,
) -> Iterator[RawBatch]:
    """Batches of the records of a unit: every record is in a frame or among the rejects.

    gz and zip are opened, each member read in turn; ``_row`` counts on from member to member. An empty member is
    passed over unless all are. Format auto goes by the first bytes, then the name, then the first lines. ``sheet``
    matters to Excel, ``encoding`` to text.

    Where ``zone`` is given, the zone of the source, exports of known systems (``exports.known.EXPORTS``) are told by their shape:
    their batches have a ``shape`` and no header rows. ``format`` may name the one to expect, whatever kind of file it comes in;
    a format that is a kind of file asks for a plain table.

    Raises
    ------
    UnitError
        If the unit cannot be read; ``reason`` is the code for quarantine. Raised before the first batch.
    ConfigError
        If the format or the encoding is not known.
    """
    if format != "auto" and format not in FORMATS and format not in EXPORTS:
        raise ConfigError(
            "unknown format",
            where=name,
            got=format,
            allowed=["auto", *FORMATS, *EXPORTS],
            todo=f"did you mean {nearest(format, [*FORMATS, *EXPORTS]) or 'auto'!r}?",
        )
    export = format if format in EXPORTS else ""
    plain = "auto" if export else format
    opened, empty = [], None
    for member, content in unpack(data, name=name):
        try:
            kind = detect_format(content, name=member, format=plain)
            found = FORMATS[kind](content, name=member, encoding=encoding, sheet=sheet, batch_rows=batch_rows)
            if zone is not None and plain == "auto" and kind in EXPORTED:
                found = iter(list(shape_batches(found, zone=zone, name=member, export=export)))
            opened.append(found)
        except UnitError as error:
            if error.reason != "empty_file":
                raise
            empty = error
            logger.warning("an empty file within a unit was passed over")
    if not opened:
        raise empty or UnitError(
            "no files in the archive",
            reason="empty_file",
            where=name,
            got="an empty archive",
            allowed="at least one file",
            todo="ask the source whether nothing came in",
        )
    yield from _counted_on(opened)


def _counted_on(opened: list[Iterator[RawBatch]]) -> Iterator[RawBatch]:
    """The batches of all members, their record numbers counted on."""
    rows = 0
    for batches in opened:
        last = 0
        for batch in batches:
            yield shifted(batch, rows=rows)
            last = max(last, batch.last_row)
        rows += last

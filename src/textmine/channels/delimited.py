"""CSV and TSV: every record in the frame or among the rejects, all cells text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pc

from textmine.channels.csvfields import MAX_COLUMNS, FieldScanner, sniff_delimiter
from textmine.channels.csvlines import REASONS, Records, find_records
from textmine.channels.decoding import to_utf8
from textmine.channels.plausible import LONE
from textmine.channels.rawframe import RawBatch, Reject, distinct_names
from textmine.errors import UnitError

_BLANK_LINES = re.compile(rb"(?:[ ]*+\r*+\n)*+(?:[ \r]*+\Z)?")
_SEPARATOR = re.compile(rb"sep=([,;|\t])\r*\n")


@dataclass(frozen=True)
class _Table:
    content: bytes
    delimiter: bytes
    columns: list[str]
    records: Records


def read_csv(
    data: bytes, *, name: str, encoding: str = "auto", sheet: str | None = None, batch_rows: int = 50_000
) -> Iterator[RawBatch]:
    """Batches of a CSV file whose delimiter (comma, tab, semicolon or bar) its first lines show.

    Columns: those of the header (repeated names get ``_2``), text as it stands: '' for an empty cell, "NA" and "无"
    kept. ``_row``: record number from 1 under the header; blank lines do not count. Rejects: ``row_ragged``,
    ``row_unbalanced_quote``, ``field_too_large``, ``encoding_invalid``.

    Raises
    ------
    UnitError
        ``empty_file`` without a record, ``header_invalid`` if the first line is no header, and as ``to_utf8``.
    """
    return _batches(_open(data, name, encoding, b""), batch_rows)


def read_tsv(
    data: bytes, *, name: str, encoding: str = "auto", sheet: str | None = None, batch_rows: int = 50_000
) -> Iterator[RawBatch]:
    """Batches of a file whose cells are parted by tabs; else as ``read_csv``."""
    return _batches(_open(data, name, encoding, b"\t"), batch_rows)


def _open(data: bytes, name: str, encoding: str, delimiter: bytes) -> _Table:
    decoded = to_utf8(data, name=name, encoding=encoding)
    content = decoded.content
    if b"\r" in content and b"\n" not in content:  # written by an old Mac
        content = content.replace(b"\r", b"\n")
    start = _start(content, 0)
    if told := _SEPARATOR.match(content, start):
        delimiter, start = told.group(1), _start(content, told.end())
    delimiter = delimiter or sniff_delimiter(content[start : start + 65_536]) or b","
    header = FieldScanner(delimiter).scan(content, start, width=MAX_COLUMNS)
    if start == len(content) or (header.whole and _start(content, header.after) == len(content)):
        raise UnitError(
            "no records",
            reason="empty_file",
            where=name,
            got="a header" if start < len(content) else "nothing",
            allowed="a header and at least one record",
            todo="ask the source whether nothing came in",
        )
    if not header.whole or len(header.fields) > MAX_COLUMNS:
        raise UnitError(
            "the header cannot be read",
            reason="header_invalid",
            where=name,
            got="quotes that do not close",
            allowed=f"up to {MAX_COLUMNS:,} column names",
            todo="mend the first line, or set `format` of the source",
        )
    columns = distinct_names(field.decode("utf-8", "surrogateescape") for field in header.fields)
    if not decoded.intact and LONE.search("".join(columns)):
        raise UnitError(
            "the header is not in the encoding",
            reason="encoding_invalid",
            where=name,
            got="bytes that are no text",
            allowed=decoded.encoding,
            todo="set `encoding` of the source",
        )
    records = find_records(content, start=header.after, delimiter=delimiter, width=len(columns), intact=decoded.intact)
    return _Table(content, delimiter, columns, records)


def _start(content: bytes, place: int) -> int:
    """Where the first line begins that is not blank."""
    blank = _BLANK_LINES.match(content, place)
    return blank.end() if blank else place


def _batches(table: _Table, batch_rows: int) -> Iterator[RawBatch]:
    codes = table.records.reasons
    for first in range(0, len(codes), batch_rows):
        chunk = np.arange(first, min(first + batch_rows, len(codes)))
        good = chunk[codes[chunk] == 0]
        frame = _frame(table, good)
        frame["_row"] = good + 1
        yield RawBatch(frame, [_reject(table, int(place)) for place in chunk[codes[chunk] != 0]], len(chunk))


def _reject(table: _Table, place: int) -> Reject:
    records = table.records
    content = table.content[records.starts[place] : records.ends[place]]
    reason = REASONS[records.reasons[place]]
    details = {
        "row_ragged": f"{records.fields[place]:,} fields, {len(table.columns):,} expected",
        "row_unbalanced_quote": "a quote that does not close, or does not end its field",
        "field_too_large": f"{len(content):,} bytes",
        "encoding_invalid": "bytes that are not in the file's encoding",
    }
    return Reject(place + 1, reason, details[reason], content)


def _frame(table: _Table, good: np.ndarray[tuple[int], np.dtype[np.int64]]) -> pd.DataFrame:
    """The records at these places, parsed by Arrow; by the careful scanner if Arrow does not see as many."""
    if not len(good):
        return pd.DataFrame({column: pd.Series([], dtype="str") for column in table.columns})
    text = _joined(table, good)
    try:
        parsed = pc.read_csv(
            pa.BufferReader(text),
            read_options=pc.ReadOptions(column_names=table.columns, use_threads=False, block_size=len(text) + 1),
            parse_options=pc.ParseOptions(delimiter=table.delimiter.decode(), newlines_in_values=True),
            convert_options=pc.ConvertOptions(
                column_types=dict.fromkeys(table.columns, pa.string()), null_values=[], strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid:
        return _scanned(table, text)
    return parsed.to_pandas() if parsed.num_rows == len(good) else _scanned(table, text)


def _joined(table: _Table, good: np.ndarray[tuple[int], np.dtype[np.int64]]) -> bytes:
    """The bytes of some records: whole stretches of the file where nothing was left out between."""
    records = table.records
    gap = records.starts[good[1:]] - records.ends[good[:-1]]  # more than a line end, or an empty line, is no part of it
    whole = (np.diff(good) == 1) & (gap <= 2)
    if records.repaired:
        mended = np.isin(good, list(records.repaired))
        whole &= ~(mended[1:] | mended[:-1])
    bounds = [0, *(np.flatnonzero(~whole) + 1).tolist(), len(good)]
    stretches = ((int(good[first]), int(good[stop - 1])) for first, stop in pairwise(bounds))
    return (
        b"\n".join(
            records.repaired.get(first) or table.content[records.starts[first] : records.ends[last]] for first, last in stretches
        )
        + b"\n"
    )


def _scanned(table: _Table, text: bytes) -> pd.DataFrame:
    scanner, rows, place = FieldScanner(table.delimiter), [], 0
    while place < len(text):
        if text[place] == 10:  # an empty line
            place += 1
            continue
        scan = scanner.scan(text, place, width=len(table.columns))
        rows.append([field.decode() for field in scan.fields])
        place = scan.after
    return pd.DataFrame(rows, columns=table.columns, dtype="str")

"""JSON and JSONL: one record per object, cells as JSON has them, whole numbers with all their digits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pandas as pd

from textmine.channels.csvfields import MAX_RECORD_BYTES
from textmine.channels.decoding import to_utf8
from textmine.channels.jsonvalues import MAX_DEPTH, Flaw, JsonReader, dump, first_flaw, records_of
from textmine.channels.rawframe import RawBatch, Record, Reject, batches
from textmine.errors import UnitError

MAX_COLUMNS = 1_024
"""Different keys of the records of a unit; more are keys that should be values."""

_DETAILS = {
    "json_invalid": "not JSON, or a number that is not finite",
    "json_duplicate_key": "a key that stands twice in one object",
    "json_too_deep": f"more than {MAX_DEPTH} levels",
    "json_not_object": "a value that is no object",
    "encoding_invalid": "bytes that are not in the file's encoding",
    "field_too_large": f"more than {MAX_RECORD_BYTES:,} bytes",
}


def read_jsonl(
    data: bytes, *, name: str, encoding: str = "auto", sheet: str | None = None, batch_rows: int = 50_000
) -> Iterator[RawBatch]:
    """Batches of a file with one JSON object a line; they end at a line feed only: U+2028 may stand in a text.

    Every batch has the columns of the whole file. ``_row``: number from 1 among the lines that are not blank.
    Rejects: ``json_invalid`` (cut line, NaN, Infinity), ``json_duplicate_key``, ``json_too_deep``,
    ``json_not_object``, ``field_too_large``, ``encoding_invalid``.

    Raises
    ------
    UnitError
        ``empty_file`` without a line, ``too_many_columns``, and as ``to_utf8``.
    """
    content = to_utf8(data, name=name, encoding=encoding).content
    reader = JsonReader()
    lines = (line for line in content.split(b"\n") if line.strip())
    return _same_columns((_line(reader, line, number) for number, line in enumerate(lines, start=1)), name, batch_rows)


def read_json(
    data: bytes, *, name: str, encoding: str = "auto", sheet: str | None = None, batch_rows: int = 50_000
) -> Iterator[RawBatch]:
    """Batches of a JSON array of objects, of an object that holds one ({"data": [...]}), or of one object.

    ``_row``: place in the array, from 1. Columns and rejects as ``read_jsonl``, by record.

    Raises
    ------
    UnitError
        ``json_invalid`` if the file is no JSON, ``json_too_deep``, ``json_not_object`` if it holds no records or
        several arrays of them, ``empty_file`` for an empty array, ``too_many_columns``, and as ``to_utf8``.
    """
    decoded = to_utf8(data, name=name, encoding=encoding)
    if not decoded.content.strip():
        return _same_columns((), name, batch_rows)
    reader = JsonReader()
    value = reader.read(decoded.content.decode()) if decoded.intact else Flaw("encoding_invalid", "")
    if isinstance(value, Flaw):
        raise UnitError(
            "not JSON",
            reason=value.reason,
            where=name,
            got=_DETAILS[value.reason],
            allowed="one JSON value",
            todo="fetch it again; if each line is a record, set `format` of the source to jsonl",
        )
    flawed = reader.flawed
    records = (_judged(item, number, flawed=flawed) for number, item in enumerate(records_of(value, name=name), start=1))
    return _same_columns(records, name, batch_rows)


def _line(reader: JsonReader, line: bytes, number: int) -> Record | Reject:
    if len(line) > MAX_RECORD_BYTES:
        return _reject(number, "field_too_large", line)
    try:
        value = reader.read(line.decode())
    except UnicodeDecodeError:
        return _reject(number, "encoding_invalid", line)
    return _judged(value, number, flawed=reader.flawed, content=line)


def _judged(value: object, number: int, *, flawed: bool, content: bytes | None = None) -> Record | Reject:
    flaw = first_flaw(value) if flawed else None
    if flaw or not isinstance(value, dict):
        return _reject(number, flaw.reason if flaw else "json_not_object", dump(value) if content is None else content)
    return Record(number, value if "_row" not in value else {_renamed(key): cell for key, cell in value.items()})


def _renamed(key: str) -> str:
    return "_row_2" if key == "_row" else key


def _reject(number: int, reason: str, content: bytes) -> Reject:
    return Reject(number, reason, _DETAILS[reason], content)


def _same_columns(records: Iterable[Record | Reject], name: str, batch_rows: int) -> Iterator[RawBatch]:
    """Every batch with the columns of all, None where its own records have no such key."""
    read: list[RawBatch] = []
    columns: dict[str, None] = {}
    for batch in batches(_few_keys(records, name), batch_rows=batch_rows):
        read.append(batch)
        columns |= dict.fromkeys(batch.frame.columns[:-1])
    if not read:
        raise UnitError(
            "no records",
            reason="empty_file",
            where=name,
            got="nothing",
            allowed="at least one record",
            todo="ask the source whether nothing came in",
        )
    return (_widened(batch, [*columns, "_row"]) for batch in read)


def _few_keys(records: Iterable[Record | Reject], name: str) -> Iterator[Record | Reject]:
    keys: set[str] = set()
    for record in records:
        if isinstance(record, Record):
            keys.update(record.cells)
            if len(keys) > MAX_COLUMNS:
                raise UnitError(
                    "too many columns",
                    reason="too_many_columns",
                    where=name,
                    got=f"{len(keys):,} different keys",
                    allowed=f"{MAX_COLUMNS:,}",
                    todo="export the varying keys as values",
                )
        yield record


def _widened(batch: RawBatch, columns: list[str]) -> RawBatch:
    missing = {column: pd.Series([None] * len(batch.frame), dtype="str") for column in columns if column not in batch.frame}
    return RawBatch(batch.frame.assign(**missing)[columns], batch.rejects, batch.read)

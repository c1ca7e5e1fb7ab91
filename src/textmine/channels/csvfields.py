"""The fields of one record of a delimited file, by the rules of RFC 4180, and which delimiter parts them."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_RECORD_BYTES = 16 << 20
"""A record beyond this is ``field_too_large``. A text of 10 MB is still read."""

MAX_COLUMNS = 16_384
"""As wide as an Excel sheet can be."""

_DELIMITERS = (b",", b"\t", b";", b"|")
_SAMPLE = 65_536


@dataclass(frozen=True)
class Scan:
    """What was found: the fields, where the next line begins, whether the record is whole, and the bytes looked at."""

    fields: list[bytes]
    after: int
    whole: bool
    cost: int


class FieldScanner:
    """Splits one record. A quote opens a field only where the field starts; elsewhere (5" disk) it is text.

    After a closing quote only a delimiter or the end of the line may come.
    """

    def __init__(self, delimiter: bytes) -> None:
        mark = re.escape(delimiter)
        self._delimiter = delimiter
        self._quoted = re.compile(rb'"([^"]*+(?:""[^"]*+)*+)"')
        self._plain = re.compile(rb"[^" + mark + rb"\n]*+")
        self._end = re.compile(mark + rb"|\r*(?:\n|\Z)")

    def scan(self, content: bytes, start: int, *, width: int) -> Scan:
        """The record at ``start``.

        Not whole: a quote does not close within 16 MiB, something follows a closing quote, or the record runs over
        several lines and has more than ``width`` fields, so that no stray quote costs more than that.
        """
        fields: list[bytes] = []
        place, stop = start, min(len(content), start + MAX_RECORD_BYTES + 2)
        first_line = content.find(b"\n", start, stop)
        while True:
            field, place = self._field(content, place, stop)
            end = self._end.match(content, place, stop) if field is not None else None
            if field is None or end is None:
                return Scan(fields, place, False, place - start)
            fields.append(field)
            place = end.end()
            if end.group() != self._delimiter:
                return Scan(fields, place, place < stop or stop == len(content), place - start)
            if len(fields) > width and 0 <= first_line < place:
                return Scan(fields, place, False, place - start)

    def _field(self, content: bytes, place: int, stop: int) -> tuple[bytes | None, int]:
        if content[place : place + 1] != b'"' or place >= stop:
            plain = self._plain.match(content, place, stop)
            return (plain.group().rstrip(b"\r"), plain.end()) if plain else (None, place)
        quoted = self._quoted.match(content, place, stop)
        return (quoted.group(1).replace(b'""', b'"'), quoted.end()) if quoted else (None, stop)


def sniff_delimiter(sample: bytes) -> bytes:
    """The delimiter that the first line holds and most of the next lines hold as often; b'' if there is none."""
    lines = [line for line in re.sub(rb'"[^"]*"', b"", sample[:_SAMPLE]).split(b"\n")[:51] if line.strip()]
    lines = lines[:-1] if len(lines) > 1 and len(sample) >= _SAMPLE else lines
    scores = {}
    for delimiter in _DELIMITERS:
        if count := lines[0].count(delimiter) if lines else 0:
            scores[delimiter] = (sum(line.count(delimiter) == count for line in lines) / len(lines), count)
    return max(scores, key=lambda delimiter: scores[delimiter]) if scores else b""

"""Which lines of a delimited file make a record, and which records cannot be read: found in arrays, before any parser.

A parser alone cannot be trusted with a stray quote: it would swallow the lines up to the next quote and call them a
text. So lines whose quotes are regular are records as they stand, and only the others are looked at one by one.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from textmine.channels.csvfields import MAX_RECORD_BYTES, FieldScanner

REASONS = ("", "row_ragged", "row_unbalanced_quote", "field_too_large", "encoding_invalid")
_OK, _RAGGED, _UNBALANCED, _LARGE, _UNDECODED = range(5)
_NEWLINE, _RETURN, _SPACE, _QUOTE = b'\n\r "'

Places = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Records:
    """The records of a file in order: byte ``starts`` and ``ends``, index into ``REASONS``, number of ``fields`` found.

    ``repaired`` holds, by position, the quoted form of records with a carriage return in an unquoted field.
    """

    starts: Places
    ends: Places
    reasons: npt.NDArray[np.int8]
    fields: Places
    repaired: dict[int, bytes]


def find_records(content: bytes, *, start: int, delimiter: bytes, width: int, intact: bool = True) -> Records:
    """The records of ``content`` from byte ``start`` on, each expected to have ``width`` fields.

    Blank lines are no records. A record with another number of fields is ``row_ragged``; a line whose quotes open and
    do not close within it, nor make a record with the lines after it, is ``row_unbalanced_quote`` and the next line
    is read on its own. Lines that a stray quote would swallow are told from a text of several lines by their number
    of fields: four fifths of at least two such lines (with three columns three, with two four) look like records.
    """
    lines = _lines(content, start, delimiter)
    scanner = FieldScanner(delimiter)
    reasons = np.where(lines.fields == width, _OK, _RAGGED).astype(np.int8)
    repaired: dict[int, bytes] = {}
    odd = np.flatnonzero(lines.irregular & ~lines.blank).tolist()
    places = lines.starts.tolist() if odd else []
    budget, free = 2 * len(content) + (1 << 20), 0  # a file made to be slow runs out of it; then its odd lines are rejected
    for line in odd:
        if line < free:
            continue
        scan = scanner.scan(content, places[line], width=width if budget > 0 else -1)
        budget -= scan.cost
        free = bisect_left(places, scan.after, line + 1) if scan.whole else line + 1
        if not scan.whole or _look_like_records(content, lines, range(line + 1, free), delimiter, width):
            reasons[line], free = _UNBALANCED, line + 1
            continue
        reasons[line] = _OK if len(scan.fields) == width else _RAGGED
        if lines.returns[line:free].any() and len(scan.fields) == width:
            repaired[line] = delimiter.join(b'"' + field.replace(b'"', b'""') + b'"' for field in scan.fields)
        lines.fields[line], lines.ends[line] = len(scan.fields), lines.ends[free - 1]
        lines.blank[line + 1 : free] = True
    return _collect(content, lines, reasons, repaired, intact=intact)


@dataclass(frozen=True)
class _Lines:
    starts: Places
    ends: Places  # without the line end
    blank: Flags
    irregular: Flags  # to be looked at one by one
    returns: Flags  # a carriage return within the line
    fields: Places  # as far as the line's own quotes tell


def _lines(content: bytes, start: int, delimiter: bytes) -> _Lines:
    data = np.frombuffer(content, dtype=np.uint8)
    newlines = np.flatnonzero(data[start:] == _NEWLINE) + start
    starts = np.concatenate(([start], newlines + 1))
    ends = np.concatenate((newlines, [len(data)]))
    if starts[-1] == len(data):
        starts, ends = starts[:-1], ends[:-1]
    for _ in range(2):  # \r\n, and \r\r\n as a text mode used twice writes it
        ends = ends - ((ends > starts) & (data[ends - 1] == _RETURN))
    blank = ends == starts
    for line in np.flatnonzero(~blank & (data[np.minimum(starts, len(data) - 1)] == _SPACE)).tolist():
        blank[line] = not content[starts[line] : ends[line]].strip(b" ")
    inside = np.flatnonzero(data[start:] == _RETURN) + start
    owner = _owner(starts, inside)
    returns = np.bincount(owner[inside < ends[owner]], minlength=len(starts)) > 0
    fields, irregular = _quoting(data, starts, ends, delimiter)
    return _Lines(starts, ends, blank, irregular | returns, returns, fields)


def _quoting(data: npt.NDArray[np.uint8], starts: Places, ends: Places, delimiter: bytes) -> tuple[Places, Flags]:
    """Fields of each line, and whether its quotes are odd in number or stand where no field begins or ends."""
    mark, first = delimiter[0], int(starts[0]) if len(starts) else 0
    delimiters = np.flatnonzero(data[first:] == mark) + first
    quotes = np.flatnonzero(data[first:] == _QUOTE) + first
    if not len(quotes):
        return 1 + np.bincount(_owner(starts, delimiters), minlength=len(starts)), np.zeros(len(starts), dtype=bool)
    owner = _owner(starts, quotes)
    count = np.bincount(owner, minlength=len(starts))
    before = np.cumsum(count) - count
    opens = (np.arange(len(quotes)) - before[owner]) % 2 == 0
    left = np.where(quotes > starts[owner], data[quotes - 1], mark)
    right = np.where(quotes + 1 < ends[owner], data[np.minimum(quotes + 1, len(data) - 1)], mark)
    beside = np.where(opens, left, right)
    strange = np.bincount(owner, weights=(beside != mark) & (beside != _QUOTE), minlength=len(starts)) > 0
    line = _owner(starts, delimiters)
    outside = (np.searchsorted(quotes, delimiters) - before[line]) % 2 == 0
    return 1 + np.bincount(line[outside], minlength=len(starts)), strange | (count % 2 == 1)


def _owner(starts: Places, places: Places) -> Places:
    """The line each byte offset lies in."""
    return np.searchsorted(starts, places, side="right") - 1


def _look_like_records(content: bytes, lines: _Lines, run: range, delimiter: bytes, width: int) -> bool:
    """Whether the lines that a quoted text runs over are rather records of their own."""
    least = {2: 4, 3: 3}.get(width, 2)
    if width == 1 or len(run) < least:
        return False
    last = content[lines.starts[run[-1]] : lines.ends[run[-1]]].count(delimiter) + 1 == width
    found = lines.fields[run.start : run.stop] == width
    found[-1] |= last
    found = found[~lines.blank[run.start : run.stop]]
    return len(found) >= least and bool(found.mean() >= 0.8)


def _collect(
    content: bytes, lines: _Lines, reasons: npt.NDArray[np.int8], repaired: dict[int, bytes], *, intact: bool
) -> Records:
    kept = np.flatnonzero(~lines.blank)
    starts, ends, codes = lines.starts[kept], lines.ends[kept], reasons[kept]
    codes[ends - starts > MAX_RECORD_BYTES] = _LARGE
    if not intact:
        for place in np.flatnonzero(codes == _OK).tolist():
            try:
                content[starts[place] : ends[place]].decode()
            except UnicodeDecodeError:
                codes[place] = _UNDECODED
    moved = {int(place): repaired[line] for place, line in enumerate(kept.tolist()) if line in repaired} if repaired else {}
    return Records(starts, ends, codes, lines.fields[kept], moved)

"""How large the sheets of a workbook would become in memory, seen before the reader makes room for them."""

from __future__ import annotations

import re

from textmine.channels.containers import Budget, zip_members
from textmine.channels.filekinds import unsupported
from textmine.errors import UnitError

MAX_CELLS = 25_000_000
"""Cells of the rectangle a sheet spans, empty ones too: calamine keeps 24 bytes for each, and two cells at the far
corners of a sheet span 17 billion. A full sheet of a million rows may have 23 columns."""

_SHEET = re.compile(r"xl/worksheets/[^/]*\.xml", re.IGNORECASE)
_CELL = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Za-z]{1,3})(\d{1,7})["'][^>]*(?<!/)>""")
_ROW = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\br=["'](\d{1,7})["'][^>]*(?<!/)>""")
_ROW_START = re.compile(rb"<(?:\w+:)?row\b")
_UNNUMBERED = re.compile(rb"""<(?:\w+:)?c\b(?![^>]*\br=["'])""")
_ODS_CELL = re.compile(rb"<table:(?:covered-)?table-cell\b([^>]*)>")
_REPEATED = re.compile(rb"""number-(?:columns|rows)-repeated=["'](\d{1,9})["']""")
_ODS_COLUMNS = 16_384


def check_sheets(data: bytes, *, name: str) -> None:
    """Unpack a workbook once to see that it is whole, within the budget of ``containers`` and not spread too far.

    A workbook that is no zip file (.xls) holds at most 65,536 x 256 cells and passes.

    Raises
    ------
    UnitError
        ``truncated``, ``archive_bomb`` or ``unsupported_format:encrypted``.
    """
    if not data.startswith(b"PK"):
        return
    for member, content in zip_members(data, name=name, budget=Budget(len(data))):
        if member == "META-INF/manifest.xml" and b"encryption-data" in content:  # an .ods behind a password
            raise unsupported(name, "encrypted")
        cells = _span(content) if _SHEET.fullmatch(member) else _ods_span(content) if member == "content.xml" else 0
        check_cells(cells, name=name)


def check_cells(cells: int, *, name: str) -> None:
    """Nothing, if a workbook's sheets may take that many cells of memory; ``archive_bomb`` if not."""
    if cells > MAX_CELLS:
        raise UnitError(
            "the sheets span too many cells",
            reason="archive_bomb",
            where=name,
            got=f"{cells:,} cells",
            allowed=f"{MAX_CELLS:,} cells",
            todo="delete the cells far from the others, name one `sheet`, or export it as CSV",
        )


def _span(sheet: bytes) -> int:
    """Cells of the rectangle from A1 to the furthest filled ones of an xlsx sheet."""
    found = _CELL.findall(sheet)
    columns, rows = {letters.upper() for letters, _ in found}, {row for _, row in found}
    width = max(map(_column_number, columns), default=0)
    if _UNNUMBERED.search(sheet):  # cells without a reference follow one another
        width += max(len(_UNNUMBERED.findall(row)) for row in _ROW_START.split(sheet))
    return width * max(map(int, rows | set(_ROW.findall(sheet))), default=0)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _ods_span(content: bytes) -> int:
    """Cells from the first to the last filled row of an ods file, as wide as the widest of them."""
    height, width, last = 0, 0, 0
    for row in content.split(b"<table:table-row")[1:]:
        height += _repeats(row[: row.find(b">")])
        if filled := _ods_width(_ODS_CELL.findall(row)):
            width, last = max(width, min(filled, _ODS_COLUMNS)), height
    return width * last


def _ods_width(cells: list[bytes]) -> int:
    total = width = 0
    for attributes in cells:
        total += _repeats(attributes)
        if not attributes.endswith(b"/") or b"office:" in attributes:
            width = total
    return width


def _repeats(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    return int(found.group(1)) if found else 1

"""Workbooks: xlsx, xls and ods by calamine, which expands no XML entities. Cells keep the type the sheet gives them."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from textmine.channels.filekinds import unsupported
from textmine.channels.rawframe import RawBatch, Record, batches, distinct_names
from textmine.channels.sheetsize import check_sheets
from textmine.errors import UnitError, nearest

Cell: TypeAlias = int | float | str | bool | time | date | datetime | timedelta | None


def read_excel(
    data: bytes, *, name: str, encoding: str = "auto", sheet: str | None = None, batch_rows: int = 50_000
) -> Iterator[RawBatch]:
    """Batches of one sheet: the one named, else the first visible one that is not empty.

    The header is the first row with two cells or more filled (titles above it are passed over), else the first row
    with one. ``_row``: record number from 1 under the header; empty rows do not count. Numbers are int where they
    are whole and below 10**15, else float: a longer one has lost digits in Excel. An empty cell is None.

    Raises
    ------
    UnitError
        ``truncated``, ``archive_bomb``, ``sheet_missing``, ``empty_file`` or ``unsupported_format:encrypted``.
    """
    check_sheets(data, name=name)
    rows = _rows(data, name, sheet)
    head = next((place for place, row in enumerate(rows) if sum(cell is not None for cell in row) >= 2), None)
    head = next((place for place, row in enumerate(rows) if any(cell is not None for cell in row)), 0) if head is None else head
    body = [row for row in rows[head + 1 :] if any(cell is not None for cell in row)]
    if not body:
        raise UnitError(
            "no records",
            reason="empty_file",
            where=name,
            got="a header" if rows else "nothing",
            allowed="a header and at least one row",
            todo="ask the source whether nothing came in",
        )
    header = rows[head]
    filled = [place for place, title in enumerate(header) if title is not None or any(row[place] is not None for row in body)]
    columns = distinct_names(_text(header[place]) for place in filled)
    records = (
        Record(number, dict(zip(columns, (row[place] for place in filled), strict=True)))
        for number, row in enumerate(body, start=1)
    )
    return batches(records, batch_rows=batch_rows)


def _rows(data: bytes, name: str, sheet: str | None) -> list[list[Cell]]:
    """The cells of the sheet, '' as None."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return [[_cell(cell) for cell in row] for row in _sheet_rows(book, name, sheet)]
    except PasswordError as error:
        raise unsupported(name, "encrypted") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise _broken(name) from error
    except BaseException as error:
        # A bug in the Rust reader arrives as pyo3's PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _broken(name) from error


def _sheet_rows(book: CalamineWorkbook, name: str, sheet: str | None) -> Sequence[Sequence[Cell]]:
    if sheet is not None and sheet not in book.sheet_names:
        close = nearest(sheet, book.sheet_names)
        raise UnitError(
            "no such sheet",
            reason="sheet_missing",
            where=name,
            got=sheet,
            allowed=book.sheet_names,
            todo=f"did you mean {close!r}?" if close else "set `sheet` of the source, or leave it out",
        )
    visible = [about.name for about in book.sheets_metadata if about.visible == SheetVisibleEnum.Visible]
    for candidate in [sheet] if sheet is not None else visible:
        rows = book.get_sheet_by_name(candidate).to_python()
        if any(cell != "" for row in rows for cell in row):
            return rows
    return []


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    return None if cell == "" else cell


def _broken(name: str) -> UnitError:
    return UnitError(
        "the workbook is cut or damaged",
        reason="truncated",
        where=name,
        got="a part",
        allowed="all of a workbook",
        todo="open it in Excel, save it as .xlsx and deliver it again",
    )


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)

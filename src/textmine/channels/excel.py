"""Workbooks: xlsx, xls and ods by calamine, which expands no XML entities. Cells keep the type the sheet gives them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, groupby
from typing import TypeAlias

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetMetadata, SheetTypeEnum, SheetVisibleEnum

from textmine.channels.filekinds import unsupported
from textmine.channels.mapping import field_of
from textmine.channels.rawframe import RawBatch, Record, Reject, batches, distinct_names
from textmine.channels.rejected import row_bytes
from textmine.channels.sheetsize import check_cells, check_sheets
from textmine.errors import UnitError, nearest

Cell: TypeAlias = int | float | str | bool | time | date | datetime | timedelta | None


@dataclass(frozen=True, eq=False)
class _Table:
    """What a sheet holds: its place among the sheets one sees, the number of records before it, and its own."""

    place: int
    before: int
    columns: list[str]
    body: list[list[Cell]]

    def records(self) -> Iterator[Record]:
        """The records, numbered on from the sheets before."""
        for number, row in enumerate(self.body, start=self.before + 1):
            yield Record(number, dict(zip(self.columns, row, strict=True)))


def read_excel(
    data: bytes, *, name: str, encoding: str = "auto", sheet: str | None = None, batch_rows: int = 50_000
) -> Iterator[RawBatch]:
    """Batches of the sheet named, else of every visible one with a record, in the workbook's order.

    The header is the first row with two cells or more filled (titles above it are passed over), else the first row
    with one. ``_row``: record number from 1, on from sheet to sheet; empty rows do not count. Numbers are int where
    they are whole and below 10**15, else float: a longer one has lost digits in Excel. An empty cell is None.

    Neighbours with the same columns share batches, others have their own. A sheet that has no column in common with
    the first is one reject, ``sheet_not_read``: its rows would be records without words. A sheet with one column of
    no well-known name, as a cover has, is not taken for the first while another is wider.

    Raises
    ------
    UnitError
        ``truncated``, ``archive_bomb``, ``sheet_missing``, ``empty_file`` or ``unsupported_format:encrypted``.
    """
    check_sheets(data, name=name)
    tables = _tables(data, name, sheet)
    if not tables:
        raise UnitError(
            "no records",
            reason="empty_file",
            where=name,
            got="no sheet with a row under a header",
            allowed="a header and at least one row",
            todo="ask the source whether nothing came in",
        )
    return _joined(tables, _first(tables), batch_rows)


def _first(tables: list[_Table]) -> _Table:
    """The sheet that the others are held against."""
    likely = (table for table in tables if len(table.columns) > 1 or field_of(table.columns[0]))
    return next(likely, tables[0])


def _joined(tables: list[_Table], first: _Table, batch_rows: int) -> Iterator[RawBatch]:
    wanted = _titles(first.columns)
    alike = [table for table in tables if table.columns == first.columns or _titles(table.columns) & wanted]
    rejects = [_not_read(table) for table in tables if table not in alike]
    for columns, group in groupby(alike, key=lambda table: table.columns):
        records = chain.from_iterable(table.records() for table in group)
        yield from batches(chain(rejects, records), batch_rows=batch_rows, columns=columns)
        rejects = []


def _titles(columns: list[str]) -> set[str]:
    """The columns without those that ``distinct_names`` had to name."""
    return {column for place, column in enumerate(columns, start=1) if column != f"column_{place}"}


def _not_read(table: _Table) -> Reject:
    detail = f"sheet {table.place} has other columns; name it by `sheet` as a source of its own"
    content = row_bytes([dict(record.cells) for record in table.records()])
    return Reject(table.before + 1, "sheet_not_read", detail, content, len(table.body))


def _tables(data: bytes, name: str, sheet: str | None) -> list[_Table]:
    """The sheets that have records."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            return _book_tables(book, name, sheet)
    except PasswordError as error:
        raise unsupported(name, "encrypted") from error
    except (CalamineError, OSError, ValueError, OverflowError) as error:
        raise _broken(name) from error
    except BaseException as error:
        # A bug in the Rust reader arrives as pyo3's PanicException, which is no Exception and cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise _broken(name) from error


def _book_tables(book: CalamineWorkbook, name: str, sheet: str | None) -> list[_Table]:
    tables: list[_Table] = []
    cells = before = 0
    for place, title in enumerate(_sheet_names(book, name, sheet), start=1):
        page = book.get_sheet_by_name(title)
        cells += page.height * page.width
        check_cells(cells, name=name)
        columns, body = _header_and_body([[_cell(cell) for cell in row] for row in page.to_python()])
        if body:
            tables.append(_Table(place, before, columns, body))
            before += len(body)
    return tables


def _sheet_names(book: CalamineWorkbook, name: str, sheet: str | None) -> list[str]:
    """The sheet named, else all that are visible and no charts."""
    if sheet is None:
        return [about.name for about in book.sheets_metadata if _is_shown(about)]
    if sheet not in book.sheet_names:
        close = nearest(sheet, book.sheet_names)
        raise UnitError(
            "no such sheet",
            reason="sheet_missing",
            where=name,
            got=sheet,
            allowed=book.sheet_names,
            todo=f"did you mean {close!r}?" if close else "set `sheet` of the source, or leave it out",
        )
    return [sheet]


def _is_shown(about: SheetMetadata) -> bool:
    return about.visible == SheetVisibleEnum.Visible and about.typ == SheetTypeEnum.WorkSheet


def _header_and_body(rows: list[list[Cell]]) -> tuple[list[str], list[list[Cell]]]:
    """Column names and the rows that are not empty below them, without the columns that are empty throughout."""
    head = next((place for place, row in enumerate(rows) if sum(cell is not None for cell in row) >= 2), None)
    head = next((place for place, row in enumerate(rows) if any(cell is not None for cell in row)), 0) if head is None else head
    body = [row for row in rows[head + 1 :] if any(cell is not None for cell in row)]
    if not body:
        return [], []
    filled = [place for place, title in enumerate(rows[head]) if title is not None or any(row[place] is not None for row in body)]
    columns = distinct_names(_text(rows[head][place]) for place in filled)
    return columns, [[row[place] for place in filled] for row in body]


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

"""Label files as workbooks: texts and labels on one sheet, lists to choose from, a sheet that says how in Chinese."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO

import pandas as pd
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook
from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from textmine.errors import ConfigError
from textmine.labelfiles.choices import SEVERAL, Choices, choices_of, shown
from textmine.labelfiles.columns import GIVEN, LABELS, TASK, headed, plain_names
from textmine.labelfiles.instructions import instruction_lines
from textmine.taxonomy import Taxonomy

SHEET, LISTS, HOW = "标注", "选项", "说明"
LONGEST_CELL = 32_767  # characters of an Excel cell
SHEET_ROWS = 1_048_575  # of a sheet, below the header
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDTHS = {"feedback_id": 14, "text": 70, "categories": 20, "corrected_categories": 26, "corrected_primary_category": 22}


def write_excel(tasks: pd.DataFrame, file: BinaryIO, *, taxonomy: Taxonomy) -> None:
    """The tasks (columns TASK) as a workbook; every cell is a string, so nothing runs and no id turns into a number.

    Raises
    ------
    ConfigError
        If there are more tasks than a sheet has rows.
    """
    if len(tasks) > SHEET_ROWS:
        raise ConfigError("more rows than a sheet holds", got=f"{len(tasks):,}", allowed=f"{SHEET_ROWS:,}", todo="write csv")
    choices = choices_of(taxonomy)
    with Workbook(file, OPTIONS) as book:
        sheet, how, lists = (book.add_worksheet(name) for name in (SHEET, HOW, LISTS))
        _format(sheet, book)
        _write_rows(sheet, tasks)
        _offer(sheet, lists, choices, rows=len(tasks))
        how.set_column(0, 0, 110, book.add_format({"text_wrap": True}))
        for at, line in enumerate(instruction_lines(taxonomy)):
            how.write_string(at, 0, line)


def read_excel(data: bytes, *, where: str) -> pd.DataFrame:
    """Rows of the sheet 标注, else of the first one; every cell as text, columns by their codes, index the row of the sheet.

    Raises
    ------
    ConfigError
        If the file is no workbook that can be read, or the sheet has no header.
    """
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        sheet = book.get_sheet_by_name(SHEET if SHEET in book.sheet_names else book.sheet_names[0])
        rows = _rows(sheet)
        header = plain_names(next(rows, []))
        body = {number: row for number, row in enumerate(rows, start=2) if any(row)}
    except CalamineError as error:
        raise ConfigError(
            "no workbook that can be read", where=where, got=type(error).__name__, todo="save it as .xlsx"
        ) from None
    if not any(header):
        raise ConfigError("the sheet has no header", where=where, todo=f"give a file of `labels export`, sheet {SHEET}")
    return pd.DataFrame(list(body.values()), columns=header, index=list(body), dtype="str")


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        yield [_text(cell) for cell in row]


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _format(sheet: Worksheet, book: Workbook) -> None:
    sheet.freeze_panes(1, 1)
    wrapped, given = book.add_format({"text_wrap": True, "valign": "top"}), book.add_format({"bg_color": "#FFF7DB"})
    for at, name in enumerate(TASK):
        form = wrapped if name == "text" else given if name.startswith(GIVEN) else None
        hidden = {"hidden": True} if name == "text_digest" else {}
        sheet.set_column(at, at, WIDTHS.get(name, 16 if name.startswith(GIVEN) else 12), form, hidden)
    bold = book.add_format({"bold": True, "bottom": 1})
    for at, name in enumerate(TASK):
        sheet.write_string(0, at, headed(name), bold)


def _write_rows(sheet: Worksheet, tasks: pd.DataFrame) -> None:
    cells = tasks[list(TASK)].astype("str").fillna("").apply(lambda column: column.str.slice(0, LONGEST_CELL))
    for number, row in enumerate(cells.itertuples(index=False, name=None), start=1):
        for at, cell in enumerate(row):
            if cell:
                sheet.write_string(number, at, cell)


def _offer(sheet: Worksheet, lists: Worksheet, choices: Choices, *, rows: int) -> None:
    """Drop-down lists under the empty columns; their items are on a hidden sheet: a rule holds 255 characters of them."""
    lists.hide()
    longest = max(len(names) for names in choices.values())
    for number in range(longest):
        for at, label in enumerate(LABELS):
            for code in islice(choices[label], number, number + 1):
                lists.write_string(number, at, shown(code, choices[label]))
    for at, label in enumerate(LABELS):
        column = xl_col_to_name(at)
        place = TASK.index(GIVEN + label)
        rule: dict[str, object] = {"validate": "list", "source": f"='{LISTS}'!${column}$1:${column}${len(choices[label])}"}
        if label in SEVERAL:  # a list offers one item; several are typed in, so nothing is refused here
            rule |= {"show_error": False, "input_title": "可写多个", "input_message": "用分号隔开，如 product;service"}
        else:
            rule |= {"error_title": "不在列表中", "error_message": "请从列表中选择，或清空。"}
        sheet.data_validation(1, place, max(rows, 1), place, rule)

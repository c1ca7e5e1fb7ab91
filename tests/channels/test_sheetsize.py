"""Sheets that would fill the memory are seen before they are read."""

from __future__ import annotations

import io
import zipfile

import pytest

from textmine.channels.sheetsize import check_sheets
from textmine.errors import UnitError


def workbook(member: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, content)
    return out.getvalue()


def sheet(rows: str) -> bytes:
    return workbook("xl/worksheets/sheet1.xml", f"<worksheet><sheetData>{rows}</sheetData></worksheet>")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c><c s='1' r='XFD1'><v>1</v></c></row><row r='1048576'><c><v>1</v></c></row>",
        '<x:row r="9000"><x:c r="ZZZ9000"><x:v>1</x:v></x:c></x:row>',
        '<row r="1">' + "<c><v>1</v></c>" * 100 + '</row><row r="1048576"><c><v>1</v></c></row>',
    ],
)
def test_cells_far_apart_are_a_bomb(rows: str) -> None:
    with pytest.raises(UnitError, match="cells") as caught:
        check_sheets(sheet(rows), name="a.xlsx")
    assert caught.value.reason == "archive_bomb"


def test_far_cells_that_are_only_formatted_do_not_count() -> None:
    check_sheets(sheet('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="3"/></row><row r="1048576" ht="20"/>'), name="a.xlsx")


def ods(rows: str) -> bytes:
    return workbook("content.xml", f"<table:table>{rows}</table:table>")


def test_repeated_cells_of_an_ods_are_counted_out() -> None:
    cell = '<table:table-cell office:value="1" table:number-columns-repeated="16000"/>'
    with pytest.raises(UnitError, match="160,000,000 cells"):
        check_sheets(ods(f'<table:table-row table:number-rows-repeated="10000">{cell}</table:table-row>'), name="a.ods")


def test_the_empty_rest_of_an_ods_sheet_does_not_count() -> None:
    rest = '<table:table-cell table:number-columns-repeated="16384"/>'
    filled = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"
    check_sheets(ods(f'{filled}<table:table-row table:number-rows-repeated="1048575">{rest}</table:table-row>'), name="a.ods")


def test_an_ods_behind_a_password_is_named_so() -> None:
    with pytest.raises(UnitError) as caught:
        check_sheets(workbook("META-INF/manifest.xml", "<manifest:encryption-data/>"), name="a.ods")
    assert caught.value.reason == "unsupported_format:encrypted"

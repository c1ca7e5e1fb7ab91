"""Workbooks: which sheet, which header, which cells."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels import sheetsize
from textmine.channels.excel import read_excel
from textmine.channels.rawframe import RawBatch
from textmine.channels.readers import read_channels
from textmine.errors import UnitError
from textmine.settings import Source

ROWS: list[list[object]] = [["编号", "内容"], [1, "好\n\t很好"], [2, "NA"]]


def xlsx(**sheets: Sequence[Sequence[object]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        days = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for title, rows in sheets.items():
            page = book.add_worksheet(title.removeprefix("hidden_"))
            if title.startswith("hidden_"):
                page.hide()
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    page.write(number, place, cell, *([days] if isinstance(cell, datetime) else []))
    return out.getvalue()


def replaced(data: bytes, member: str, content: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, content if name == member else old.read(name))
    return out.getvalue()


def only(data: bytes, sheet: str | None = None) -> RawBatch:
    [batch] = read_excel(data, name="f.xlsx", sheet=sheet)
    return batch


def reason_of(data: bytes, sheet: str | None = None) -> str:
    with pytest.raises(UnitError) as caught:
        list(read_excel(data, name="f.xlsx", sheet=sheet))
    return caught.value.reason


def test_text_stays_text_and_numbers_stay_numbers() -> None:
    frame = only(xlsx(a=ROWS)).frame
    assert frame.to_dict("list") == {"编号": [1, 2], "内容": ["好\n\t很好", "NA"], "_row": [1, 2]}


def test_a_whole_number_is_int_unless_excel_has_lost_its_digits() -> None:
    frame = only(xlsx(a=[["a", "b"], [12345678901, 110101199003074512], [1.5, True]])).frame
    assert [type(cell) for column in ("a", "b") for cell in frame[column]] == [int, float, float, bool]


def test_dates_are_dates() -> None:
    moment = datetime(2026, 11, 21, 9, 30)
    assert only(xlsx(a=[["a", "b"], [moment, "x"]])).frame["a"].tolist() == [moment]


def test_titles_above_the_header_and_empty_rows_are_passed_over() -> None:
    frame = only(xlsx(a=[["十一月客户反馈"], [], *ROWS[:2], [], ["", "", "备注"], ROWS[2]])).frame
    assert frame["_row"].tolist() == [1, 2, 3]
    assert frame.columns.tolist() == ["编号", "内容", "column_3", "_row"]


def test_one_column_has_its_header_in_the_first_row() -> None:
    assert only(xlsx(a=[["内容"], ["好"], ["差"]])).frame["内容"].tolist() == ["好", "差"]


def test_a_hidden_sheet_is_read_only_by_name() -> None:
    data = xlsx(blank=[], hidden_old=[["x", "y"], [1, 2]], new=ROWS)
    assert only(data).frame["内容"].tolist() == ["好\n\t很好", "NA"]
    assert only(data, sheet="old").frame["x"].tolist() == [1]


def test_sheets_with_the_same_header_join_one_frame_and_rows_run_on() -> None:
    frame = only(xlsx(jan=ROWS, feb=ROWS[:1], mar=[["三月"], *ROWS[:2]])).frame
    assert frame.to_dict("list") == {"编号": [1, 2, 1], "内容": ["好\n\t很好", "NA", "好\n\t很好"], "_row": [1, 2, 3]}


def test_covers_and_notes_are_passed_over() -> None:
    assert len(only(xlsx(cover=[["十一月客户反馈"]], data=ROWS, notes=[[], ["完"]])).frame) == 2
    assert reason_of(xlsx(cover=[["十一月客户反馈"]], data=ROWS[:1])) == "empty_file"


def test_a_cover_of_several_lines_does_not_push_the_data_out() -> None:
    batch = only(xlsx(cover=[["十一月客户反馈"], ["制表人"]], data=ROWS))
    assert batch.frame["_row"].tolist() == [2, 3]
    assert [(reject.row_number, reject.reason, reject.records) for reject in batch.rejects] == [(1, "sheet_not_read", 1)]


def test_one_column_with_a_known_name_is_the_first_sheet() -> None:
    batch = only(xlsx(data=[["内容"], ["好"]], notes=[["项", "说明"], ["a", "b"]]))
    assert (batch.frame["内容"].tolist(), batch.rejects[0].row_number) == (["好"], 2)


def test_a_sheet_with_some_other_columns_is_a_batch_of_its_own() -> None:
    one, two = read_excel(xlsx(a=ROWS, b=[["内容", "城市"], ["差", "上海"]]), name="f.xlsx")
    whole = pd.concat([one.frame, two.frame], ignore_index=True)
    assert whole["_row"].tolist() == [1, 2, 3]
    assert whole["城市"].isna().tolist() == [True, True, False]
    parsed = read_channels(whole, source=Source(name="s", channel="survey", path="f.xlsx"))
    assert parsed.feedback["text"].tolist()[-1] == "差"


def test_a_sheet_without_a_common_column_is_one_reject() -> None:
    other: list[list[object]] = [["x", "y", ""], [1, datetime(2026, 11, 21)], ["二", 2.5, "z"]]
    batch = only(xlsx(a=[[*ROWS[0], ""], [1, "好", "w"]], secret=other, c=[[*ROWS[0], ""], [2, "差", "w"]]))
    [reject] = batch.rejects
    assert batch.frame["_row"].tolist() == [1, 4]
    assert (reject.row_number, reject.reason, reject.records) == (2, "sheet_not_read", 2)
    assert reject.detail == "sheet 2 has other columns; name it by `sheet` as a source of its own"
    assert [row["x"] for row in json.loads(reject.content)] == [1, "二"]
    assert batch.read == len(batch.frame) + reject.records


def test_a_rejected_sheet_is_counted_once_over_many_batches() -> None:
    found = list(read_excel(xlsx(a=ROWS, b=[["x", "y"], [1, 2]], c=ROWS), name="f.xlsx", batch_rows=2))
    assert [(batch.read, len(batch.rejects)) for batch in found] == [(2, 1), (2, 0), (1, 0)]


def test_a_chart_is_no_sheet() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        page = book.add_worksheet("a")
        for number, row in enumerate(ROWS):
            page.write_row(number, 0, row)
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "=a!$A$2:$A$3"})
        book.add_chartsheet("chart").set_chart(chart)
    assert len(only(out.getvalue()).frame) == 2


def test_the_cells_of_all_sheets_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheetsize, "MAX_CELLS", 10)
    data = xlsx(a=ROWS, b=ROWS)
    assert reason_of(data) == "archive_bomb"
    assert len(only(data, sheet="b").frame) == 2


def test_a_sheet_that_is_not_there_is_named_with_the_nearest() -> None:
    with pytest.raises(UnitError, match="did you mean 'Answers'") as caught:
        read_excel(xlsx(Answers=ROWS), name="f.xlsx", sheet="Answer")
    assert caught.value.reason == "sheet_missing"


def test_a_workbook_without_rows_is_empty() -> None:
    assert reason_of(xlsx(a=[])) == reason_of(xlsx(a=ROWS[:1])) == "empty_file"


def test_a_cut_workbook_is_refused_whole() -> None:
    data = xlsx(a=ROWS)
    assert {reason_of(data[:cut]) for cut in range(10, len(data) - 1, 97)} == {"truncated"}


def test_no_entity_is_expanded() -> None:
    entities = '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
    cells = '<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="2"><c r="A2" t="str"><v>{}</v></c></row>'
    for text in ("&b;", "&f;"):
        page = f'<?xml version="1.0"?>{entities}<worksheet><sheetData>{cells.format(text)}</sheetData></worksheet>'
        assert reason_of(replaced(xlsx(a=ROWS), "xl/worksheets/sheet1.xml", page)) == "truncated"


def test_two_far_cells_do_not_fill_the_memory() -> None:
    page = (
        '<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    assert reason_of(replaced(xlsx(a=ROWS), "xl/worksheets/sheet1.xml", page)) == "archive_bomb"


def test_an_old_xls_is_read() -> None:
    assert only(xls([["id", "text"], [1, "ok"], [2, "bad"]])).frame.to_dict("list") == {
        "id": [1, 2],
        "text": ["ok", "bad"],
        "_row": [1, 2],
    }


def test_an_ods_is_read() -> None:
    out = io.BytesIO()
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    cells = ("".join(map(cell.format, row)) for row in (("编号", "内容"), ("7", "好")))
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    table = f'<table:table table:name="a">{rows}</table:table>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr(
            "content.xml",
            f"<office:document-content {names}><office:body><office:spreadsheet>{table}"
            "</office:spreadsheet></office:body></office:document-content>",
        )
    assert only(out.getvalue()).frame["内容"].tolist() == ["好"]


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=8), st.integers(0, 8_000))
def test_any_damage_is_read_or_refused(noise: bytes, place: int) -> None:
    for seed in (SEED_XLSX, SEED_XLS):
        start = place % len(seed)
        try:
            list(read_excel(seed[:start] + noise + seed[start + len(noise) :], name="f"))
        except UnitError as error:
            assert error.reason


def test_a_real_export_of_citizen_messages_is_read_whole(shared: Path) -> None:
    frame = only((shared / "data" / "raw" / "civic_messages.xlsx").read_bytes()).frame
    assert len(frame) == 4_326
    assert frame["留言详情"].str.contains("\t").any()


def xls(rows: list[list[object]]) -> bytes:
    """A small BIFF8 workbook in an OLE file, byte by byte: no library that writes .xls is kept any more."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def cell(row: int, column: int, value: object) -> bytes:
        head = struct.pack("<HHH", row, column, 0)
        if isinstance(value, int):
            return record(0x0203, head + struct.pack("<d", value))
        return record(0x0204, head + struct.pack("<HB", len(str(value)), 0) + str(value).encode("latin-1"))

    def begin(kind: int) -> bytes:
        return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))

    end = record(0x000A, b"")
    place = len(begin(5)) + 4 + 8 + len("S") + len(end)
    book = begin(5) + record(0x0085, struct.pack("<IHBB", place, 0, 1, 0) + b"S") + end + begin(16)
    book += b"".join(cell(r, c, value) for r, row in enumerate(rows) for c, value in enumerate(row)) + end
    book = book.ljust(4096, b"\0")

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        title = (name + "\0").encode("utf-16-le")
        return (
            title.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(title), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
            + bytes(36)
            + struct.pack("<IQ", start, size)
        )

    directory = entry("Root Entry", 5, 1, 0xFFFFFFFE, 0) + entry("Workbook", 2, 0xFFFFFFFF, 2, len(book))
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 10), 0xFFFFFFFE]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0) + struct.pack("<I", 0)
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    return header.ljust(512, b"\xff") + table + directory.ljust(512, b"\0") + book


SEED_XLSX, SEED_XLS = xlsx(a=ROWS), xls([["id", "text"], [1, "ok"]])

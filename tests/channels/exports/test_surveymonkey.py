from __future__ import annotations

import csv
import io
from pathlib import Path

from xlsxwriter import Workbook

from textmine.channels.feedback import Parsed
from textmine.channels.formats import read_unit
from textmine.channels.readers import read_batches
from textmine.settings import Source

TABLE, PAGES = Path(__file__).with_name("surveymonkey.csv"), Path(__file__).with_name("surveymonkey_pages.json")


def read(data: bytes, name: str) -> Parsed:
    return read_batches(list(read_unit(data, name=name, zone="Asia/Shanghai")), source=Source(name="s", path="x"))


def workbook() -> bytes:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet")
        for number, row in enumerate(csv.reader(io.StringIO(TABLE.read_text("utf-8")))):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def test_open_answers_and_what_was_specified_are_records_under_their_questions() -> None:
    found = read(TABLE.read_bytes(), "s.csv").feedback
    assert found["text"].dropna().tolist() == ["早餐再早半小时就好了", "大堂的钢琴"]
    assert found["question"].dropna().tolist() == ["您希望我们改进什么？", "Which services did you use? - Other (please specify)"]
    assert found["source_ref"].tolist() == ["118000000001", "118000000002", "118000000003"]


def test_scores_are_read_and_contact_details_and_choices_are_no_words() -> None:
    found = read(TABLE.read_bytes(), "s.csv").feedback
    assert found["rating"].tolist() == [5.0, 2.0, 3.0]
    assert found["dimension_scores"].tolist()[0] == {
        "Please rate the following - Room": 5.0,
        "Please rate the following - Staff": 4.0,
    }
    assert found["customer"].tolist()[0] == "K-2001"


def test_months_come_first_unless_the_file_shows_otherwise() -> None:
    assert str(read(TABLE.read_bytes(), "s.csv").feedback["created_at"][0]) == "2026-11-03 05:06:30+00:00"
    day_first = TABLE.read_text().replace("11/03/2026 03:06:30", "23/11/2026 03:06:30")
    parsed = read(day_first.encode(), "s.csv")
    assert [reject.reason for reject in parsed.rejects] == ["bad_date"] * 3


def test_the_workbook_says_the_same() -> None:
    assert read(workbook(), "s.xlsx").feedback["text"].tolist() == read(TABLE.read_bytes(), "s.csv").feedback["text"].tolist()


def test_saved_pages_of_the_bulk_call_are_read() -> None:
    found = read(PAGES.read_bytes(), "p.json").feedback
    assert found["text"].tolist() == ["早餐再早半小时就好了", "大堂的钢琴"]
    assert found["rating"].tolist()[0] == 5.0
    assert found["attributes"].tolist() == [None, {"response_status": "partial"}]


def test_pages_without_headings_name_questions_by_their_ids() -> None:
    bare = PAGES.read_text().replace('"heading": "您希望我们改进什么？", "family": "open_ended", "subtype": "essay", ', "")
    assert read(bare.encode(), "p.json").feedback["question"].tolist()[0] == "Q102"

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd

from textmine.channels.feedback import Parsed
from textmine.channels.formats import read_unit
from textmine.channels.readers import read_batches
from textmine.settings import Source

TABLE, RECORDS = (Path(__file__).with_name(f"qualtrics.{kind}") for kind in ("csv", "json"))


def read(data: bytes, name: str, zone: str = "Asia/Shanghai") -> Parsed:
    return read_batches(list(read_unit(data, name=name, zone=zone)), source=Source(name="s", path="x", timezone=zone))


def test_the_second_row_says_the_questions_and_each_written_answer_is_a_record() -> None:
    found = read(TABLE.read_bytes(), "q.csv").feedback
    assert found["question"].tolist() == ["我们哪里做得不好？ 请写下来", "您从哪里知道我们 - 其他 - Text"]
    assert found["text"].tolist() == ["盒子压扁了，汤洒了一半", "小区门口的海报"]
    assert found["answer_id"].tolist() == ["R_1aaa", "R_3ccc"]


def test_scores_are_told_by_the_questions_and_the_nps_by_its_group() -> None:
    first = read(TABLE.read_bytes(), "q.csv").feedback.iloc[0]
    assert (first["rating"], first["nps"]) == (5.0, 10.0)
    assert first["dimension_scores"] == {"请为以下方面打分 - 包装": 5.0, "请为以下方面打分 - 速度": 4.0}


def test_a_preview_is_quarantined_and_a_bad_date_too() -> None:
    parsed = read(TABLE.read_bytes(), "q.csv")
    assert [(reject.row_number, reject.reason) for reject in parsed.rejects] == [(4, "survey_preview"), (6, "bad_date")]
    assert "试填一下" in parsed.rejects[0].content.decode()


def test_a_preview_exported_as_a_number_is_one_too() -> None:
    data = TABLE.read_text().replace("IP Address,192", "0,192").replace("Survey Preview,", "1,")
    parsed = read(data.encode(), "q.csv")
    assert [reject.reason for reject in parsed.rejects] == ["survey_preview", "bad_date"]
    assert parsed.feedback["attributes"].tolist()[0] is None


def test_an_answer_that_was_broken_off_is_published_and_says_so() -> None:
    assert read(TABLE.read_bytes(), "q.csv").feedback["attributes"].tolist() == [None, {"finished": "false"}]


def test_times_are_of_the_zone_the_file_names_else_of_the_source() -> None:
    data = TABLE.read_bytes()
    assert str(read(data, "q.csv").feedback["created_at"][0]) == "2026-11-03 00:05:00+00:00"  # 09:05 in Tokyo
    unnamed = data.replace(b"Asia/Tokyo", b"Nowhere/Else")
    assert str(read(unnamed, "q.csv").feedback["created_at"][0]) == "2026-11-03 01:05:00+00:00"


def test_the_name_that_was_asked_for_is_no_feedback() -> None:
    assert not read(TABLE.read_bytes(), "q.csv").feedback["text"].str.contains("王小明").any()


def test_an_answer_without_words_counts_with_its_scores() -> None:
    data = TABLE.read_text().replace("盒子压扁了，汤洒了一半", "")
    first = read(data.encode(), "q.csv").feedback.iloc[0]
    assert pd.isna(first["text"])
    assert first["nps"] == 10.0


def test_a_question_added_before_them_does_not_rename_the_records() -> None:
    rows = list(csv.reader(io.StringIO(TABLE.read_text("utf-8"))))
    added = ["Q0", "您的建议", '{"ImportId":"QID9_TEXT"}', *[""] * len(rows)]
    out = io.StringIO()
    csv.writer(out).writerows([*row[:17], new, *row[17:]] for row, new in zip(rows, added, strict=False))
    after, before = read(out.getvalue().encode(), "q.csv").feedback, read(TABLE.read_bytes(), "q.csv").feedback
    assert after["part"].tolist() == before["part"].tolist()


def test_the_json_of_the_response_export_says_the_same() -> None:
    found = read(RECORDS.read_bytes(), "q.json")
    table = read(TABLE.read_bytes(), "q.csv").feedback
    assert found.feedback["source_ref"].tolist() == ["R_1aaa", "R_3ccc"]
    assert (
        found.feedback[["created_at", "customer", "nps", "part"]]
        .iloc[0]
        .equals(table[["created_at", "customer", "nps", "part"]].iloc[0])
    )
    assert found.feedback["dimension_scores"].tolist() == [{"QID1": 5.0, "QID2_1": 4.0}, {"QID1": 2.0}]
    assert [reject.reason for reject in found.rejects] == ["survey_preview"]


def test_the_records_a_line_each_are_the_same_export() -> None:
    records = RECORDS.read_text().split("\n")[1:4]
    lines = "\n".join(record.strip().rstrip(",") for record in records)
    pd.testing.assert_frame_equal(read(lines.encode(), "q.ndjson").feedback, read(RECORDS.read_bytes(), "q.json").feedback)

from __future__ import annotations

import pandas as pd

from textmine.channels.interview import read_interview
from textmine.settings import Source

SOURCE = Source(name="s", path="x", channel="interview")

GROUP = """访谈编号：F1
访谈主题：水壶
日期：2026年11月3日
地点：杭州
主持人：您平时怎么用？
受访者A（女，32岁）：一天两次，
声音大。
受访者B：难洗。
主持人：还有吗？
受访者A：没有了。
访谈编号：F2
主持人：好用吗？
受访者A：不好用。"""


def lines(text: str) -> pd.DataFrame:
    found = text.split("\n")
    return pd.DataFrame({"line": found, "_row": range(1, len(found) + 1)})


def test_each_turn_of_a_customer_is_a_record_under_its_question() -> None:
    found = read_interview(lines(GROUP), source=SOURCE).feedback
    assert found["text"].tolist() == ["一天两次，\n声音大。", "难洗。", "没有了。", "不好用。"]
    assert found["question"].tolist() == ["您平时怎么用？", "您平时怎么用？", "还有吗？", "好用吗？"]
    assert found["row_number"].tolist() == [6, 8, 10, 13]


def test_the_a_of_two_interviews_are_two_customers_and_a_speakers_turns_are_linked() -> None:
    found = read_interview(lines(GROUP), source=SOURCE).feedback
    assert found["customer"].tolist() == ["F1:受访者A", "F1:受访者B", "F1:受访者A", "F2:受访者A"]
    assert found["answer_id"].tolist() == ["F1#1", "F1#2", "F1#1", "F2#1"]
    assert found["source_ref"].tolist() == ["F1-001", "F1-002", "F1-003", "F2-001"]


def test_the_header_of_the_file_goes_to_its_records() -> None:
    found = read_interview(lines(GROUP), source=SOURCE).feedback
    assert found["region"].tolist()[:3] == ["杭州"] * 3
    assert str(found.loc[0, "created_at"]) == "2026-11-02 16:00:00+00:00"
    assert found.loc[0, "attributes"] == {"interview": "水壶"}


def test_the_subject_names_an_interview_without_a_number() -> None:
    found = read_interview(
        lines("访谈主题：水壶\n日期：2026-11-03\nA：好\n访谈主题：水壶\n日期：2026-11-03\nA：坏"), source=SOURCE
    ).feedback
    assert found["customer"].tolist() == ["水壶 2026-11-03:A", "水壶 2026-11-03 (2):A"]


def test_an_interview_without_any_header_has_no_customer_rather_than_a_wrong_one() -> None:
    found = read_interview(lines("问：好吗\n答：还行"), source=SOURCE).feedback
    assert found["text"].tolist() == ["还行"]
    assert found["question"].tolist() == ["好吗"]
    assert found["customer"].isna().all()


def test_an_interview_in_which_no_customer_speaks_is_one_record_without_text() -> None:
    found = read_interview(lines("访谈编号：F1\n主持人：您好，在吗？\n主持人：喂？"), source=SOURCE).feedback
    assert found["text"].isna().tolist() == [True]
    assert found["had_turns"].tolist() == [True]
    assert found["staff_text"].tolist() == ["您好，在吗？\n喂？"]


def test_a_table_of_turns_is_read_like_a_transcript() -> None:
    rows = pd.DataFrame(
        {"访谈编号": ["1"] * 3, "发言人": ["主持人", "甲", "乙"], "内容": ["好吗", "好", "不好"], "_row": [1, 2, 3]}
    )
    found = read_interview(rows, source=SOURCE).feedback
    assert found["text"].tolist() == ["好", "不好"]
    assert found["question"].tolist() == ["好吗", "好吗"]
    assert found["customer"].tolist() == ["1:甲", "1:乙"]


def test_a_bad_date_of_the_header_rejects_each_turn() -> None:
    parsed = read_interview(lines(GROUP.replace("2026年11月3日", "上个月")), source=SOURCE)
    assert [reject.row_number for reject in parsed.rejects] == [6, 8, 10]
    assert parsed.feedback["text"].tolist() == ["不好用。"]
    assert parsed.read == 4


def test_lines_without_speakers_are_a_record_each() -> None:
    assert read_interview(lines("价格偏高\n颜色好看"), source=SOURCE).feedback["text"].tolist() == ["价格偏高", "颜色好看"]

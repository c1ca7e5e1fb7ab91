from __future__ import annotations

import pandas as pd

from textmine.channels.hotline import read_hotline
from textmine.settings import Source

SOURCE = Source(name="s", path="x", channel="hotline")

CALLS = """通话编号：H1
通话时间：2026-11-03 14:05
坐席：小王（工号 1024）
客户号码：13800000000
产品：洗衣机
满意度：2
坐席：您好，请问有什么可以帮您？
客户：洗衣机又漏水了。
修了三次了。
通话编号：H2
坐席：喂，您好？"""


def lines(text: str) -> pd.DataFrame:
    found = text.split("\n")
    return pd.DataFrame({"line": found, "_row": range(1, len(found) + 1)})


def test_calls_of_a_text_file_have_their_header_and_only_the_customers_words() -> None:
    parsed = read_hotline(lines(CALLS), source=SOURCE)
    first = parsed.feedback.iloc[0]
    assert first[["source_ref", "agent", "customer", "product"]].tolist() == ["H1", "1024", "13800000000", "洗衣机"]
    assert first["text"] == "洗衣机又漏水了。\n修了三次了。"
    assert first["staff_text"] == "您好，请问有什么可以帮您？"
    assert first["rating"] == 2.0
    assert str(first["created_at"]) == "2026-11-03 06:05:00+00:00"
    assert parsed.feedback["row_number"].tolist() == [1, 10]


def test_a_call_in_which_only_staff_speaks_has_no_text_but_turns() -> None:
    second = read_hotline(lines(CALLS), source=SOURCE).feedback.iloc[1]
    assert pd.isna(second["text"])
    assert second["had_turns"]


def test_a_call_with_a_bad_date_is_rejected_with_its_words() -> None:
    parsed = read_hotline(lines(CALLS.replace("2026-11-03 14:05", "下周")), source=SOURCE)
    assert [reject.row_number for reject in parsed.rejects] == [1]
    assert "漏水" in parsed.rejects[0].content.decode()
    assert parsed.read == 2


def test_a_table_of_transcripts_and_notes_is_read_row_by_row() -> None:
    rows = pd.DataFrame({"通话编号": ["1", "2"], "转写": ["客户：坏了\n坐席：好的", "客户来电反映快递没到"], "_row": [1, 2]})
    found = read_hotline(rows, source=SOURCE).feedback
    assert found["text"].tolist() == ["坏了", "客户来电反映快递没到"]
    assert found["had_turns"].tolist() == [True, False]


def test_lines_without_marks_and_numbers_are_a_note_each() -> None:
    found = read_hotline(lines("快递没到\n编号：五号窗口太慢"), source=SOURCE).feedback
    assert found["text"].tolist() == ["快递没到", "编号：五号窗口太慢"]

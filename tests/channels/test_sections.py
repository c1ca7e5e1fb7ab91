from __future__ import annotations

import pandas as pd

from textmine.channels.sections import dialogues_of_lines, sections_of


def lines(text: str) -> pd.DataFrame:
    found = text.strip().split("\n")
    return pd.DataFrame({"line": found, "_row": range(1, len(found) + 1)})


def test_a_number_begins_a_section_and_the_header_ends_at_the_first_turn() -> None:
    found = sections_of(lines("通话编号：H1\n产品：水壶\n客户：坏了\n产品：不是这个\n通话编号：H2\n坐席：您好"))
    assert [section.header for section in found] == [{"source_ref": "H1", "product": "水壶"}, {"source_ref": "H2"}]
    assert found[0].lines == [(3, "客户：坏了"), (4, "产品：不是这个")]
    assert found[1].row == 5


def test_a_header_may_stand_in_one_line() -> None:
    found = sections_of(lines("通话编号：H1 时间：2026-11-03 14:05 坐席：小王（工号 1024）\n客户：坏了"))
    assert found[0].header == {"source_ref": "H1", "created_at": "2026-11-03 14:05", "agent": "1024"}


def test_a_speakers_label_is_a_header_only_with_a_number() -> None:
    found = sections_of(lines("通话编号：H1\n坐席：小王（工号1024）\n客户：13800000000\n坐席：您好\n客户：坏了"))
    assert found[0].header == {"source_ref": "H1", "agent": "1024", "customer": "13800000000"}
    assert [line for _, line in found[0].lines] == ["坐席：您好", "客户：坏了"]


def test_a_name_after_a_label_is_a_header_while_other_keys_follow() -> None:
    found = sections_of(lines("访谈编号：F1\n主持人：李老师\n产品：水壶\n主持人：好用吗"))
    assert found[0].header == {"session": "F1", "product": "水壶"}
    assert [line for _, line in found[0].lines] == ["主持人：好用吗"]


def test_turns_without_a_number_are_one_dialogue() -> None:
    found = dialogues_of_lines(lines("坐席：您好\n客户：坏了"))
    assert found is not None
    assert found["transcript"].tolist() == ["坐席：您好\n客户：坏了"]
    assert found["_row"].tolist() == [1]


def test_plain_lines_and_tables_are_no_dialogues() -> None:
    assert dialogues_of_lines(lines("多开一个窗口\n空调太冷")) is None
    assert dialogues_of_lines(pd.DataFrame({"line": ["客户：坏了"], "店": ["一"], "_row": [1]})) is None

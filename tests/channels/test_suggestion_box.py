from __future__ import annotations

import pandas as pd

from textmine.channels.suggestion_box import read_suggestion_box
from textmine.settings import Columns, Source

SOURCE = Source(name="s", path="x", channel="suggestion_box")


def test_each_line_is_a_suggestion_with_its_line_number() -> None:
    rows = pd.DataFrame({"line": ["多开一个窗口", "客服：这个词不是说话人"], "_row": [1, 4]})
    found = read_suggestion_box(rows, source=SOURCE).feedback
    assert found["text"].tolist() == ["多开一个窗口", "客服：这个词不是说话人"]
    assert found["row_number"].tolist() == [1, 4]


def test_a_message_board_export_is_read_with_several_text_columns_one_under_the_other() -> None:
    rows = pd.DataFrame(
        {
            "留言编号": [188006.0],
            "留言用户": ["甲"],
            "留言主题": ["路灯"],
            "留言时间": ["2020/1/6 12:09:38"],
            "留言详情": ["不亮"],
            "点赞数": [3.0],
            "_row": [1],
        }
    )
    source = SOURCE.model_copy(update={"columns": Columns(text=["留言主题", "留言详情"])})
    found = read_suggestion_box(rows, source=source).feedback
    assert found.loc[0, ["source_ref", "customer", "text"]].tolist() == ["188006", "甲", "路灯\n不亮"]
    assert found.loc[0, "votes"] == 3
    assert str(found.loc[0, "created_at"]) == "2020-01-06 04:09:38+00:00"

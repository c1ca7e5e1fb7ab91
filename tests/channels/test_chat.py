from __future__ import annotations

import pandas as pd

from textmine.channels.chat import read_chat
from textmine.settings import Source

SOURCE = Source(name="s", path="x", channel="chat")


def flat() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "会话编号": ["S1", "S2", "S1", "S1", None, "S2"],
            "角色": ["客户", "客服", "机器人", "小王", "客户", "客户"],
            "客服": ["小王", "小李", "小王", "小王", None, None],
            "内容": ["坏了", "您好", "请稍候", "抱歉", "有人吗", None],
            "时间": [f"2026-11-03 09:0{minute}" for minute in range(6)],
            "满意度": [None, None, None, "2", None, None],
            "_row": [1, 2, 3, 4, 5, 6],
        }
    )


def test_messages_become_sessions_in_the_order_in_which_they_begin() -> None:
    found = read_chat(flat(), source=SOURCE).feedback
    assert found["source_ref"].tolist()[:2] == ["S1", "S2"]
    assert found["row_number"].tolist() == [1, 2, 5]
    assert found["text"].tolist()[0] == "坏了"
    assert found["staff_text"].tolist()[:2] == ["请稍候\n抱歉", "您好"]
    assert found["text"].isna().tolist() == [False, True, False]


def test_a_session_has_its_first_time_its_first_answer_and_its_rating() -> None:
    first = read_chat(flat(), source=SOURCE).feedback.iloc[0]
    assert str(first["created_at"]) == "2026-11-03 01:00:00+00:00"
    assert str(first["first_response_at"]) == "2026-11-03 01:03:00+00:00"
    assert first["rating"] == 2.0
    assert first["agent"] == "小王"


def test_a_session_with_a_bad_date_is_rejected_with_all_its_messages() -> None:
    rows = flat()
    rows.loc[0, "时间"] = "刚才"
    parsed = read_chat(rows, source=SOURCE)
    assert [(reject.row_number, reject.records) for reject in parsed.rejects] == [(1, 1)]
    assert "抱歉" in parsed.rejects[0].content.decode()
    assert parsed.read == 3


def test_nested_sessions_are_one_row_each() -> None:
    rows = pd.DataFrame(
        {
            "session_id": ["S1", "S2"],
            "customer": ["c1", "c2"],
            "messages": [
                [
                    {"role": "customer", "text": "坏了", "time": "2026-11-03T09:00:00+08:00"},
                    {"role": "agent", "text": "抱歉", "time": 1793667660},
                ],
                [{"role": "agent", "text": "您好"}],
            ],
            "_row": [1, 2],
        }
    )
    found = read_chat(rows, source=SOURCE).feedback
    assert found["source_ref"].tolist() == ["S1", "S2"]
    assert found["customer"].tolist() == ["c1", "c2"]
    assert found["text"].tolist()[0] == "坏了"
    assert pd.isna(found.loc[1, "text"])
    assert str(found.loc[0, "first_response_at"]) == "2026-11-03 01:01:00+00:00"


def test_a_table_without_roles_is_the_customers_words() -> None:
    rows = pd.DataFrame({"text": ["坏了", "客户：坏了 客服：好"], "_row": [1, 2]})
    found = read_chat(rows, source=SOURCE).feedback
    assert found["text"].tolist() == ["坏了", "坏了"]
    assert found["had_turns"].tolist() == [False, True]

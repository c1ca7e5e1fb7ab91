from __future__ import annotations

import pandas as pd

from textmine.channels.survey import read_survey
from textmine.settings import Columns, Source

SOURCE = Source(
    name="s", path="x", channel="survey", columns=Columns(text=["最满意", "要改进"], dimension_scores=["物流分", "服务分"])
)


def answers() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "答卷编号": ["A1", "A2", "A3"],
            "提交时间": ["2026-11-03 14:05"] * 3,
            "满意度": ["5", "非常不满意", "4"],
            "物流分": ["5", None, "3"],
            "服务分": ["4", None, None],
            "最满意": ["送货快", None, " "],
            "要改进": ["包装", "客服态度", None],
            "_row": [1, 2, 3],
        }
    )


def test_every_answered_question_is_a_record_linked_by_the_answer() -> None:
    found = read_survey(answers(), source=SOURCE).feedback
    assert found["answer_id"].tolist() == ["A1", "A1", "A2", "A3"]
    assert found["part"].tolist() == [0, 1, 1, 0]
    assert found["question"].tolist()[:3] == ["最满意", "要改进", "要改进"]
    assert found["text"].tolist()[:3] == ["送货快", "包装", "客服态度"]
    assert found["rating"].tolist() == [5.0, 5.0, 1.0, 4.0]


def test_an_answer_with_only_ratings_is_one_record_without_text() -> None:
    last = read_survey(answers(), source=SOURCE).feedback.iloc[-1]
    assert pd.isna(last["text"])
    assert pd.isna(last["question"])
    assert last["rating"] == 4.0
    assert last["dimension_scores"] == {"物流分": 3.0}


def test_a_bad_date_rejects_every_record_of_the_answer() -> None:
    rows = answers()
    rows.loc[0, "提交时间"] = "昨天"
    parsed = read_survey(rows, source=SOURCE)
    assert [(reject.row_number, reject.reason, reject.records) for reject in parsed.rejects] == [(1, "bad_date", 2)]
    assert parsed.read == 4
    assert parsed.feedback["answer_id"].tolist() == ["A2", "A3"]
    assert "送货快" in parsed.rejects[0].content.decode()
    assert "送货快" not in parsed.rejects[0].detail


def test_one_text_column_makes_one_record_a_row() -> None:
    rows = pd.DataFrame({"编号": ["1", "2"], "题目": ["还有什么建议？", None], "内容": ["好", None], "_row": [1, 2]})
    found = read_survey(rows, source=Source(name="s", path="x", channel="survey")).feedback
    assert found["question"].tolist()[0] == "还有什么建议？"
    assert found["text"].isna().tolist() == [False, True]
    assert found["answer_id"].tolist() == ["1", "2"]

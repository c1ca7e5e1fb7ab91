from __future__ import annotations

import pandas as pd

from textmine.channels.crm import read_crm
from textmine.settings import Source

SOURCE = Source(name="s", path="x", channel="crm")


def test_a_case_has_its_words_its_people_and_its_times() -> None:
    rows = pd.DataFrame(
        {
            "工单号": ["W1"],
            "主题": ["漏水"],
            "描述": ["洗衣机底部"],
            "客户编号": ["c1"],
            "客户等级": ["金卡"],
            "客户价值": ["1.2万"],
            "负责人": ["a1"],
            "部门": ["售后"],
            "产品": ["洗衣机"],
            "状态": ["已解决"],
            "优先级": ["高"],
            "创建时间": ["2026-11-03 09:00"],
            "首次响应时间": ["2026-11-03 09:30"],
            "解决时间": ["2026-11-04 09:00"],
            "回访时间": [None],
            "_row": [1],
        }
    )
    found = read_crm(rows, source=SOURCE).feedback.iloc[0]
    assert found["text"] == "漏水\n洗衣机底部"
    assert found[["source_ref", "customer", "segment", "agent", "team", "status"]].tolist() == [
        "W1",
        "c1",
        "金卡",
        "a1",
        "售后",
        "已解决",
    ]
    assert found["customer_value"] == 12000.0
    assert str(found["first_response_at"]) == "2026-11-03 01:30:00+00:00"
    assert str(found["resolved_at"]) == "2026-11-04 01:00:00+00:00"
    assert pd.isna(found["informed_at"])


def test_zohos_names_of_a_case_are_known() -> None:
    rows = pd.DataFrame(
        {
            "Case Number": ["7"],
            "Subject": ["leak"],
            "Description": ["again"],
            "Case Owner": ["a"],
            "Status": ["New"],
            "Created Time": ["2026-11-03"],
            "_row": [1],
        }
    )
    found = read_crm(rows, source=SOURCE).feedback.iloc[0]
    assert found[["source_ref", "agent", "status", "text"]].tolist() == ["7", "a", "New", "leak\nagain"]


def test_a_case_with_only_a_subject_is_read() -> None:
    found = read_crm(pd.DataFrame({"主题": ["漏水"], "描述": [None], "_row": [1]}), source=SOURCE).feedback
    assert found["text"].tolist() == ["漏水"]

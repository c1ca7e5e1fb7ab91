"""Exports of cases and tickets: Zoho CRM, 纷享销客, Chatwoot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from textmine.channels.feedback import Parsed
from textmine.channels.formats import read_unit
from textmine.channels.readers import read_batches
from textmine.settings import Source

HERE = Path(__file__).parent


def read(data: bytes, name: str) -> Parsed:
    return read_batches(list(read_unit(data, name=name, zone="Asia/Shanghai")), source=Source(name="s", path="x"))


def of_file(name: str) -> Parsed:
    return read((HERE / name).read_bytes(), name)


def test_a_zoho_case_is_its_subject_and_description_and_not_what_staff_wrote_beside_it() -> None:
    found = of_file("zoho_cases.csv").feedback
    assert found["text"].tolist() == ["洗衣机漏水\n装好第二天就漏了一地水", "想问保修期"]
    assert found["source_ref"].tolist() == ["10021", "10022"]
    assert found["customer"].tolist() == ["k@example.com", "13900000000"]
    assert set(found["channel"]) == {"crm"}


def test_zoho_notes_are_linked_to_their_case() -> None:
    notes, cases = of_file("zoho_notes.csv").feedback, of_file("zoho_cases.csv").feedback
    assert notes["answer_id"].tolist() == [cases["answer_id"][0]] * 2
    assert notes["text"].tolist() == ["回电\n客户说周三上门没人来，很生气", "客户已同意换新"]


def test_a_case_of_fxiaoke_has_its_grade_and_the_time_it_was_done() -> None:
    found = of_file("fxiaoke.csv").feedback
    assert found["text"].tolist() == ["空调不制冷\n开了一下午还是三十度", "发票抬头开错"]
    assert found["rating"].tolist()[0] == 4.0
    assert str(found["resolved_at"][0]) == "2026-11-04 02:30:00+00:00"
    assert found["customer"].tolist() == ["某某物业公司", "某某学校"]


def test_the_sides_of_a_conversation_are_kept_apart_and_private_notes_are_nobodys_words() -> None:
    first = of_file("chatwoot.json").feedback.iloc[0]
    assert first["text"] == "杯子碎了，我要退货"
    assert first["staff_text"].split("\n")[:2] == ["您好，我是智能助手", "亲，马上为您登记"]
    assert "老顾客" not in first.to_json(force_ascii=False)


def test_a_conversation_has_its_customer_agent_status_and_the_first_answer_of_a_person() -> None:
    first = of_file("chatwoot.json").feedback.iloc[0]
    assert (first["customer"], first["agent"], first["team"], first["status"]) == (
        "K-3001",
        "lin@shop.example",
        "售后组",
        "resolved",
    )
    assert str(first["first_response_at"]) == "2026-11-03 03:02:00+00:00"


def test_a_conversation_in_which_only_staff_spoke_has_no_customers_text() -> None:
    second = of_file("chatwoot.json").feedback.iloc[1]
    assert second["had_turns"]
    assert second.isna()["text"]


@pytest.mark.parametrize("kind", [0, "0", "incoming"])
def test_messages_of_one_conversation_are_one_record_whatever_their_type_is_called(kind: object) -> None:
    messages = [
        {"id": 2, "conversation_id": 501, "message_type": 1, "content": "好的", "created_at": 1793674920, "private": False},
        {"id": 1, "conversation_id": 501, "message_type": kind, "content": "退货", "created_at": 1793674860, "private": False},
        {"id": 3, "conversation_id": 501, "message_type": 1, "content": "内部", "created_at": 1793674980, "private": True},
    ]
    found = read(json.dumps({"meta": {}, "payload": messages}).encode(), "m.json").feedback
    assert found[["source_ref", "text", "staff_text"]].values.tolist() == [["501", "退货", "好的"]]

from __future__ import annotations

import pandas as pd

from textmine.text.given import FREE_TEXT, NUMBERS, RAW, mask_given


def given(**columns: object) -> pd.Series:
    names = [*RAW, *FREE_TEXT, *NUMBERS]
    frame = pd.DataFrame({name: pd.Series([columns.get(name)], dtype="str") for name in names})
    frame["attributes"] = pd.Series([columns.get("attributes")], dtype=object)
    return mask_given(frame).iloc[0]


def test_the_words_go_no_further():
    assert not set(RAW) & set(given(text="很好").index)


def test_a_phone_in_a_question_or_an_extra_column_is_masked():
    row = given(question="请留下电话13800138000", attributes={"备注": "邮箱a@example.com"})
    assert row["question"] == "请留下电话PHONE"
    assert dict(row["attributes"]) == {"备注": "邮箱EMAIL"}


def test_a_number_of_the_source_stays_unless_it_names_a_person():
    assert given(source_ref="GD20261109")["source_ref"] == "GD20261109"
    assert given(source_ref="<m1@example.com>")["source_ref"] == "<m1@example.com>"
    assert given(source_ref="2026110312345678901")["source_ref"] == "2026110312345678901"
    assert given(source_ref="13800138000")["source_ref"] == "PHONE"
    assert given(source_ref="139-1111-3333")["source_ref"] == "PHONE"
    assert given(answer_id="wang@example.com")["answer_id"] == "EMAIL"
    assert given(answer_id="回访13911112222-01")["answer_id"] == "回访PHONE-01"

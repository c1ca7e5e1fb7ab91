from __future__ import annotations

import pandas as pd
import pytest

from textmine.channels.mapping import find_columns, folded
from textmine.channels.names import COLUMN_NAMES
from textmine.errors import UnitError
from textmine.settings import Columns


def frame(*names: str) -> pd.DataFrame:
    return pd.DataFrame([["x"] * len(names)], columns=list(names)).assign(_row=1)


def test_well_known_chinese_names_are_found() -> None:
    found = find_columns(frame("留言编号", "留言时间", "留言详情", "点赞数", "手机号"), Columns(), where="s")
    assert found.texts == ("留言详情",)
    assert found.get("source_ref") == "留言编号"
    assert found.get("created_at") == "留言时间"
    assert found.get("votes") == "点赞数"
    assert found.get("customer") == "手机号"
    assert found.get("rating") is None


@pytest.mark.parametrize("name", ["Case Number", "case_number", "CASE-NUMBER", "ｃａｓｅ ｎｕｍｂｅｒ", "Case Number（必填）"])
def test_case_width_joints_and_a_bracket_at_the_end_do_not_matter(name: str) -> None:
    assert folded(name) == "casenumber"


def test_the_config_wins_over_a_well_known_name() -> None:
    found = find_columns(frame("内容", "补充", "评分", "总分"), Columns(text="补充", rating="总分"), where="s")
    assert found.texts == ("补充",)
    assert found.get("rating") == "总分"
    assert found.named == {"text", "rating"}


def test_a_column_given_to_one_field_by_the_config_is_not_found_for_another() -> None:
    found = find_columns(frame("时间", "内容"), Columns(resolved_at="时间"), where="s")
    assert found.get("resolved_at") == "时间"
    assert found.get("created_at") is None


def test_a_list_of_texts_is_kept_in_the_order_of_the_config() -> None:
    found = find_columns(frame("甲", "乙"), Columns(text=["乙", "甲"]), where="s")
    assert found.texts == ("乙", "甲")
    assert found.listed


def test_a_named_column_that_is_missing_quarantines_the_unit_and_names_the_nearest() -> None:
    with pytest.raises(UnitError) as caught:
        find_columns(frame("评论内容", "评论时间"), Columns(text="评论内客"), where="shop")
    assert caught.value.reason == "missing_column"
    assert caught.value.where == "shop"
    assert "评论内容" in caught.value.todo


def test_a_table_without_words_quarantines_the_unit_and_says_what_to_do() -> None:
    with pytest.raises(UnitError) as caught:
        find_columns(frame("编号", "评论内"), Columns(), where="shop")
    assert caught.value.reason == "missing_column"
    assert "columns.text" in caught.value.todo
    assert "评论内" in caught.value.todo


def test_a_headerless_table_does_not_leak_a_customers_words_into_the_error() -> None:
    words = "快递三天没到，打电话没人接"
    with pytest.raises(UnitError) as caught:
        find_columns(frame("1001", words, "13800000000"), Columns(), where="shop")
    assert words not in str(caught.value)
    assert "13800000000" not in str(caught.value)
    assert "column 2" in str(caught.value)


def test_a_needed_column_that_occurs_twice_quarantines_the_unit() -> None:
    with pytest.raises(UnitError) as caught:
        find_columns(frame("内容", "内容"), Columns(), where="shop")
    assert caught.value.reason == "duplicate_column"


def test_every_field_of_the_config_can_be_found_by_name() -> None:
    fields = set(Columns.model_fields) - {"dimension_scores", "attributes"}
    assert fields <= set(COLUMN_NAMES)

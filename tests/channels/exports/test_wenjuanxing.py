from __future__ import annotations

from pathlib import Path

import pytest

from textmine.channels.feedback import Parsed
from textmine.channels.formats import read_unit
from textmine.channels.readers import read_batches
from textmine.settings import Source

TABLE = Path(__file__).with_name("wenjuanxing.csv")


def read(text: str) -> Parsed:
    return read_batches(list(read_unit(text.encode(), name="w.csv", zone="Asia/Shanghai")), source=Source(name="s", path="x"))


def test_an_open_question_and_a_sentence_under_a_vague_one_are_records() -> None:
    found = read(TABLE.read_text()).feedback
    assert sorted(found["text"].dropna()) == ["整体还不错，就是停车太难了。", "无", "面条再筋道一点"]
    assert set(found["question"].dropna()) == {"您对我们还有什么建议？", "总的来说"}


def test_scores_of_words_and_numbers_are_read_and_skipped_ones_are_blank() -> None:
    answers = read(TABLE.read_text()).feedback.drop_duplicates("answer_id")
    assert answers["rating"].tolist()[:2] == [5.0, 2.0]
    assert answers["rating"].isna().tolist() == [False, False, True]
    assert answers["nps"].tolist() == [10.0, 3.0, 7.0]
    assert answers["dimension_scores"].tolist() == [
        {"请为服务打分—态度": 5.0, "请为服务打分—速度": 4.0},
        {"请为服务打分—速度": 2.0},
        None,
    ]


def test_the_place_is_kept_the_address_is_not_and_the_phone_is_the_customer() -> None:
    answers = read(TABLE.read_text()).feedback.drop_duplicates("answer_id")
    assert answers["region"].tolist() == ["江苏-南京", "上海-上海", "北京-北京"]
    assert answers["customer"].tolist()[0] == "13800138000"


def test_a_number_under_a_yes_or_no_question_is_a_choice_and_no_grade() -> None:
    answers = read(TABLE.read_text().replace("总体满意度", "服务满意吗").replace("非常满意", "1")).feedback.drop_duplicates(
        "answer_id"
    )
    assert answers["rating"].isna().tolist() == [True, False, True]


@pytest.mark.parametrize("mark", ["[填空题]", "（简答题）"])
def test_the_type_in_the_header_is_believed(mark: str) -> None:
    found = read(TABLE.read_text().replace("6、总的来说", f"6、总的来说{mark}")).feedback
    assert "还行" in set(found["text"].dropna())


def test_the_code_export_names_matrix_rows_by_the_number_of_their_question() -> None:
    coded = TABLE.read_text().replace("3、请为服务打分—态度", "3、请为服务打分").replace("3、请为服务打分—速度", "第3题(速度)")
    answers = read(coded).feedback.drop_duplicates("answer_id")
    assert answers["dimension_scores"].tolist()[1] == {"速度": 2.0}

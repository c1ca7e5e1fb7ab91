from __future__ import annotations

import logging

import pandas as pd
import pytest

from textmine.channels.scores import parse_scores, parse_votes


@pytest.mark.parametrize(
    "cell", ["4", "4.0", 4, 4.0, "4分", "４", "四星", "四分", "★★★★", "★★★★☆", "⭐⭐⭐⭐", "4/5", "满意", "4（满意）", " 4 星 "]
)
def test_a_rating_of_four_is_read_from_every_form(cell: object) -> None:
    assert parse_scores(pd.Series([cell], dtype=object), field="rating", where="s").tolist() == [4.0]


def test_the_five_words_of_satisfaction_are_five_grades() -> None:
    words = pd.Series(["非常满意", "满意", "一般", "不满意", "非常不满意"])
    assert parse_scores(words, field="rating", where="s").tolist() == [5, 4, 3, 2, 1]


def test_a_rating_out_of_range_is_null_and_counted_without_its_content(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        found = parse_scores(pd.Series(["6", "0", "5", "张三很好", None, "4/10"]), field="rating", where="shop")
    assert found.isna().tolist() == [True, True, False, True, True, True]
    assert "4 values of rating" in caplog.text
    assert "张三" not in caplog.text


def test_a_recommendation_goes_from_zero_to_ten() -> None:
    found = parse_scores(pd.Series(["0", "10 - 非常愿意", "11", "8分"]), field="nps", where="s")
    assert found.tolist()[:2] == [0.0, 10.0]
    assert pd.isna(found[2])
    assert found[3] == 8.0


def test_effort_goes_from_one_to_seven() -> None:
    found = parse_scores(pd.Series([7, 8, 1]), field="ces", where="s")
    assert found.isna().tolist() == [False, True, False]


def test_money_and_ten_thousands_are_read() -> None:
    assert parse_scores(pd.Series(["¥1,200", "1.2万", "-35.5"]), field="customer_value", where="s").tolist() == [
        1200.0,
        12000.0,
        -35.5,
    ]


def test_votes_are_whole_numbers() -> None:
    votes = parse_votes(pd.Series(["3", "1.2万", "10万+", "很多", None, "-1"]), where="s")
    assert str(votes.dtype) == "Int64"
    assert votes.tolist()[:3] == [3, 12000, 100000]
    assert votes.isna().tolist()[3:] == [True, True, True]

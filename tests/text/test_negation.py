import numpy as np
import pytest

from textmine.text.clauses import count_openings
from textmine.text.codepoints import join_texts
from textmine.text.negation import find_negated

NEGATED = ["不好吃", "不太好吃", "没有好吃的", "没有那么好吃", "不是很好吃", "并非好吃", "毫无好吃可言", "从不好吃", "未必好吃"]
HARMLESS = ["非常好吃", "不过好吃", "不仅好吃", "特别好吃", "无论如何好吃", "不愧好吃", "没想到好吃", "别提多好吃"]


def negated(text, phrase="好吃"):
    joined = join_texts([text])
    start = np.array([text.index(phrase)])
    return bool(find_negated(joined.codes, count_openings(joined), start)[0])


@pytest.mark.parametrize("text", [*NEGATED, "别说了，不怎么好吃"])
def test_a_negator_within_three_characters_negates(text):
    assert negated(text)


@pytest.mark.parametrize("text", ["好吃", "不知道哪里好吃", "没有你说的那么好吃", "好吃不", "不贵，好吃", "不贵。好吃"])
def test_a_negator_farther_off_behind_or_in_another_clause_does_not(text):
    assert not negated(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_words_that_only_look_like_negators_do_not(text):
    assert not negated(text)


@pytest.mark.parametrize("text", ["不是不好吃", "没有不好吃", "不得不好吃"])
def test_two_negators_make_a_yes(text):
    assert not negated(text)


@pytest.mark.parametrize("text", ["好不好吃", "是不是好吃", "有没有好吃的"])
def test_a_question_of_the_form_a_not_a_negates_nothing(text):
    assert not negated(text)


def test_a_negator_whose_second_character_begins_the_phrase_negates():
    assert negated("不会员价", phrase="会员价")


def test_a_negator_of_the_text_before_does_not_reach_over():
    joined = join_texts(["不", "好吃"])
    assert not find_negated(joined.codes, count_openings(joined), joined.starts[1:])[0]

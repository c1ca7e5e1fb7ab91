from pathlib import Path

import pytest

import textmine
from textmine.text.dictionary import Entry, read_dictionary
from textmine.text.dictionary_lint import lint_dictionary, suggest_frequency
from textmine.text.engines import JiebaEngine

SHIPPED = Path(textmine.__file__).parent / "vocabulary" / "dictionary.txt"


def kinds(*entries, **options):
    return [(finding.line, finding.kind) for finding in lint_dictionary(entries, **options)]


@pytest.mark.slow
def test_the_shipped_dictionary_has_no_fault():
    assert lint_dictionary(read_dictionary(SHIPPED)) == []


def test_the_shipped_dictionary_has_a_few_hundred_words():
    assert 300 <= len(read_dictionary(SHIPPED)) <= 2000


def test_a_good_entry_is_not_named():
    assert kinds(Entry("打不通", 3, "v", 1)) == []


def test_an_entry_with_a_sign_can_never_match():
    assert kinds(Entry("买一/送一", 3, "n", 1)) == [(1, "never_matches")]


def test_full_width_letters_can_never_match_because_texts_are_in_normal_form():
    assert kinds(Entry("ＡＰＰ", 3, "n", 7)) == [(7, "never_matches")]


def test_a_word_that_the_given_normal_form_changes_can_never_match():
    found = lint_dictionary([Entry("退貨費", 3, "n", 1)], normal_form=lambda word: word.replace("貨", "货").replace("費", "费"))
    assert (found[0].kind, found[0].advice) == ("never_matches", "texts hold it as 退货费: write that")


def test_the_same_entry_twice_is_a_duplicate_and_with_other_values_a_conflict():
    entries = Entry("打不通", 3, "v", 1), Entry("打不通", 3, "v", 2), Entry("打不通", 9, "v", 3)
    assert kinds(*entries) == [(2, "duplicate"), (3, "conflict")]


def test_a_word_that_jieba_knows_is_redundant():
    assert kinds(Entry("服务员", 3, "n", 1)) == [(1, "redundant")]


@pytest.mark.slow
def test_a_word_that_is_too_rare_stays_in_parts_and_the_advice_is_enough():
    rare = Entry("不作为", 1, "v", 1)
    (found,) = lint_dictionary([rare])
    assert (found.kind, found.advice) == ("cut_apart", f"不/作为: give frequency {suggest_frequency('不作为')}")
    assert lint_dictionary([Entry("不作为", suggest_frequency("不作为"), "v", 1)]) == []


@pytest.mark.slow
def test_the_suggested_frequency_is_jiebas_own():
    tokenizer = JiebaEngine(())._tokenizer
    words = ["打不通", "不作为", "退款慢"]
    assert [suggest_frequency(word) for word in words] == [max(3, tokenizer.suggest_freq(word)) for word in words]

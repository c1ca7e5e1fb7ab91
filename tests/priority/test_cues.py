from __future__ import annotations

import pandas as pd
import pytest

from textmine.policy import Cue, Policy
from textmine.priority.cues import count_cues, cue_values, find_cues
from textmine.text.phrases import PhraseMatcher


@pytest.fixture
def cued(policy: Policy) -> Policy:
    cues = (
        Cue(code="remedy", chinese="要求", value=0.6, phrases=("退款", "赔偿", "换货^0.5", "补发^0.5"), guards=("已经",)),
        Cue(code="again", chinese="反复", value=0.2, phrases=("多次", "至今")),
    )
    return policy.model_copy(update={"cue": cues})


def cues_of(policy: Policy, *texts: str) -> list[list[str]]:
    found = find_cues(PhraseMatcher(list(policy.phrases())).find(list(texts)), len(texts))
    return [list(codes) for codes in found]


def test_every_different_word_gives_its_code_once(cued):
    assert cues_of(cued, "要退款，多次说了退款，还要赔偿") == [["again", "remedy", "remedy"]]


def test_a_text_without_cues_has_an_empty_list(cued):
    assert cues_of(cued, "很好", "退款") == [[], ["remedy"]]


def test_two_weak_words_are_one_cue_and_one_alone_is_none(cued):
    assert cues_of(cued, "想换货", "换货或者补发") == [[], ["remedy"]]


def test_a_guard_in_the_clause_takes_the_word_back_and_a_negator_does_not(cued):
    assert cues_of(cued, "已经退款了", "没有给我退款", "已经说过，我要退款") == [[], ["remedy"], ["remedy"]]


def test_a_group_counts_full_from_two_words_and_all_together_at_most_one(cued):
    lists = pd.Series([["remedy"], ["remedy", "remedy"], ["remedy"] * 5, ["again", "again", "remedy"], [], None])
    assert cue_values(lists, policy=cued).tolist() == pytest.approx([0.3, 0.6, 0.6, 0.5, 0, 0])


def test_codes_of_another_policy_are_passed_over(cued):
    assert count_cues(pd.Series([["gone", "again"]]), policy=cued).tolist() == [[0, 1]]


def test_no_rows_give_no_values(cued):
    assert cue_values(pd.Series([], dtype=object), policy=cued).tolist() == []

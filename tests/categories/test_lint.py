"""What the linter finds, one slip at a time; the shipped files are clean."""

from __future__ import annotations

import pytest

from textmine.categories.flags import FLAGS
from textmine.categories.lint import lint_taxonomy, lint_vocabulary
from textmine.categories.vocabulary import Entry, Vocabulary, read_flags, read_intents
from textmine.tables import INTENTS
from textmine.taxonomy import Category, Subcategory, Taxonomy, read_taxonomy


def _taxonomy(first: tuple[str, ...], *, shared: tuple[str, ...] = (), team: str = "部门") -> Taxonomy:
    subs = (Subcategory("level", "水平", first), Subcategory("fees", "收费", ("划算",)))
    price = Category("price", "价格", "贵贱", team, ("贵了五块",), subs)
    other = Category("other", "其他", "其余", "部门", ("嗯",), (Subcategory("general", "笼统", ()),))
    return Taxonomy("1", "测试", "other", (price, other), shared)


def test_a_clean_taxonomy_has_no_problems() -> None:
    assert lint_taxonomy(_taxonomy(("太贵^1.4", "贵^0.5", "比…贵"))) == []


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("太贵", "太贵^2"), "price.level: '太贵' stands twice"),
        (("WiFi费", "wifi费"), "price.level: 'wifi费' stands twice"),
        (("贵",), "price.level: '贵' is a single character without a weight"),
        (("太 贵",), "price.level: '太 贵' holds a space"),
        (("太贵 ^2",), "price.level: '太贵 ^2' holds a space"),
        (("比…",), "price.level: '比…' needs words on both sides of one …"),
        (("比…还…贵",), "price.level: '比…还…贵' needs words on both sides of one …"),
        (("ＡＢ费",), "price.level: 'ＡＢ费' can never match: texts are in NFKC form"),
        ((), "price.level: no words, so it is never found"),
        (("划算^2",), "'划算' speaks for price.level and price.fees"),
    ],
)
def test_each_slip_is_named_with_label_and_word(words, problem) -> None:
    assert lint_taxonomy(_taxonomy(words)) == [problem]


def test_chinese_punctuation_that_the_normal_form_keeps_is_no_problem() -> None:
    assert lint_taxonomy(_taxonomy(("贵吗？",))) == []


def test_a_shared_word_may_speak_for_two_and_must() -> None:
    assert lint_taxonomy(_taxonomy(("划算",), shared=("划算",))) == []
    assert lint_taxonomy(_taxonomy(("太贵",), shared=("太贵",))) == ["shared: '太贵' speaks for fewer than two"]


def test_a_category_without_a_team_is_named() -> None:
    assert lint_taxonomy(_taxonomy(("太贵",), team="")) == ["price: no team"]


def test_a_cue_of_two_intents_is_named() -> None:
    entries = (Entry("complaint", "投诉", "…", ("建议别",)), Entry("suggestion", "建议", "…", ("建议别",)))
    assert lint_vocabulary(Vocabulary("intent", "1", entries)) == ["'建议别' speaks for complaint and suggestion"]


def test_the_shipped_files_are_clean(vocabulary) -> None:
    assert lint_taxonomy(read_taxonomy(vocabulary / "taxonomy.toml")) == []
    assert lint_vocabulary(read_intents(vocabulary / "intents.toml", codes=INTENTS)) == []
    assert lint_vocabulary(read_flags(vocabulary / "flags.toml", codes=FLAGS)) == []

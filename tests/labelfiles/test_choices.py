"""Cells as people write them, read as codes."""

from __future__ import annotations

import pandas as pd

from tests.labelfiles.made import CHOICES
from textmine.labelfiles.choices import choices_of, parse
from textmine.taxonomy import read_taxonomy


def codes(label: str, *cells: str | None) -> list[str | None]:
    parsed = parse(pd.Series(list(cells), dtype="str"), label, CHOICES[label])
    return [None if pd.isna(code) else code for code in parsed.codes]


def test_a_code_its_chinese_name_and_an_item_of_the_list_are_the_same():
    assert codes("sentiment", "neg", "负面", "neg 负面", "NEG", None) == ["neg", "neg", "neg", "neg", None]


def test_several_categories_are_separated_by_any_common_mark_and_come_once():
    written = "product;service", "产品质量、服务", "service，product 产品质量", "product;product", ";"
    assert codes("categories", *written) == ["product;service", "product;service", "service;product", "product", None]


def test_one_category_is_no_list():
    assert codes("primary_category", "product;service") == [None]


def test_an_unknown_code_is_told_with_the_nearest():
    parsed = parse(pd.Series(["pos", "produkt;service"]), "categories", CHOICES["categories"])
    assert parsed.found.tolist() == ["pos", "produkt"]
    assert "did you mean 'product'" in parsed.allowed[1]


def test_a_long_cell_is_not_repeated_because_it_may_be_a_text():
    parsed = parse(pd.Series(["这不是代码，" * 20]), "sentiment", CHOICES["sentiment"])
    assert parsed.found.tolist() == ["(120 characters)"]


def test_the_categories_are_those_of_the_taxonomy(vocabulary):
    choices = choices_of(read_taxonomy(vocabulary / "taxonomy.toml"))
    assert choices["categories"]["after_sales"] == "售后"
    assert list(choices) == ["sentiment", "categories", "primary_category", "intent", "priority"]

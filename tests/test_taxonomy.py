"""The taxonomy file: what it says, and how slips are answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from textmine.errors import ConfigError
from textmine.taxonomy import Phrase, Taxonomy, read_taxonomy

FILE = """version = "3"
chinese = "测试"
fallback = "other"
shared = ["安装费"]

[[category]]
code = "price"
chinese = "价格"
definition = "贵贱"
team = "财务与价格组"
examples = ["停车太贵"]
  [[category.sub]]
  code = "level"
  chinese = "水平"
  words = ["太贵^1.5", "比…贵"]

[[category]]
code = "other"
chinese = "其他"
definition = "其余"
team = "综合管理部"
  [[category.sub]]
  code = "general"
  chinese = "笼统"
  words = []
"""
NINE = ["product", "service", "logistics", "technical", "price", "after_sales", "environment", "safety", "other"]


def _read(folder: Path, text: str) -> Taxonomy:
    path = folder / "taxonomy.toml"
    path.write_text(text, "utf-8")
    return read_taxonomy(path)


def test_a_file_gives_categories_phrases_and_the_fallback(tmp_path) -> None:
    taxonomy = _read(tmp_path, FILE)
    level = [Phrase("category", "price.level", "太贵", 1.5), Phrase("category", "price.level", "比…贵", 1.0)]
    assert list(taxonomy.phrases()) == level
    assert taxonomy.labels == ("price.level", "other.general")
    assert (taxonomy.fallback_label, taxonomy.shared, taxonomy.version) == ("other.general", ("安装费",), "3")
    assert taxonomy.categories[0].team == "财务与价格组" and taxonomy.categories[1].examples == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('definition = "贵贱"', 'defintion = "贵贱"', "did you mean 'definition'"),
        ('team = "财务与价格组"\n', "", "a key is missing"),
        ('code = "level"', 'code = "水平"', "ASCII"),
        ('code = "price"', 'code = "other"', "codes must differ"),
        ('fallback = "other"', 'fallback = "othr"', "did you mean 'other'"),
        ('"太贵^1.5"', '"太贵^"', "weight"),
        ('"太贵^1.5"', '"太贵^-1"', "weight"),
        ('"太贵^1.5"', '"太贵^inf"', "weight"),
        ('words = ["太贵^1.5", "比…贵"]', 'words = "太贵"', "list of texts"),
        ('shared = ["安装费"]', "shared = [1]", "list of texts"),
        ("version", "versio n", "not a TOML file"),
    ],
)
def test_a_slip_in_the_file_is_answered_with_the_place(tmp_path, old, new, said) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        _read(tmp_path, FILE.replace(old, new, 1))
    assert "taxonomy.toml" in str(caught.value)


def test_a_category_without_second_level_is_refused(tmp_path) -> None:
    with pytest.raises(ConfigError, match="sub"):
        _read(tmp_path, FILE[: FILE.index("  [[category.sub]]")] + FILE[FILE.index('[[category]]\ncode = "other"') :])


def test_a_missing_file_is_a_config_error(tmp_path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_taxonomy(tmp_path / "none.toml")


def test_the_shipped_taxonomy_has_the_nine_categories_with_teams_and_examples(vocabulary) -> None:
    taxonomy = read_taxonomy(vocabulary / "taxonomy.toml")
    assert [category.code for category in taxonomy.categories] == NINE
    assert taxonomy.fallback_label == "other.general"
    assert all(category.team and category.definition and category.examples for category in taxonomy.categories)
    assert {"service.process", "price.refund_difference", "other.policy_question", "safety.legal"} < set(taxonomy.labels)

"""Turns of phrase, read from data."""

from pathlib import Path

import pyarrow as pa
import pytest

from textmine.errors import ConfigError
from textmine.sentiment.constructions import load_constructions, short_texts
from textmine.sentiment.layout import lay_out

RULES = """
version = "1"
[macros]
good = "(?:好|香)"
[[construction]]
kind = "turn"
value = 1.5
when = "但"
patterns = '''
贵.{0,3}但.{0,2}{good}
慢但{good}
'''
[[construction]]
kind = "neutral"
value = 0.0
patterns = "还没用"
"""


def _load(tmp_path: Path, text: str = RULES):
    (tmp_path / "c.toml").write_text(text, "utf-8")
    return load_constructions(tmp_path / "c.toml")


def _texts(*texts: str) -> pa.LargeStringArray:
    return pa.array(texts, pa.large_string())


def test_a_text_gets_the_value_of_its_construction_and_those_worth_nothing_are_counted(tmp_path: Path) -> None:
    verdict, flat = _load(tmp_path).verdicts(_texts("贵是贵，但香", "慢但好", "贵", "还没用", ""))
    assert verdict.tolist() == [1.5, 1.5, 0, 0, 0]
    assert flat.tolist() == [0, 0, 0, 1, 0]


def test_a_bundle_without_the_file_has_no_constructions(tmp_path: Path) -> None:
    verdict, _ = load_constructions(tmp_path / "none.toml").verdicts(_texts("贵但好"))
    assert verdict.tolist() == [0]


@pytest.mark.parametrize(
    ("before", "after"),
    [("{good}", "{best}"), ("value = 1.5", "value = 3"), ("慢但", "(慢但"), ('kind = "turn"', 'kind = "turn"\nwhy = 1')],
)
def test_what_is_wrong_in_the_file_is_refused(tmp_path: Path, before: str, after: str) -> None:
    with pytest.raises(ConfigError):
        _load(tmp_path, RULES.replace(before, after, 1))


def test_only_short_documents_are_looked_at_and_empty_ones_keep_their_place(spell) -> None:
    texts, short = short_texts(lay_out(spell("好 吃", "", "很 " * 60, "贵")))
    assert short.tolist() == [True, True, False, True]
    assert texts.to_pylist() == ["好吃", "", "贵"]


def test_the_shipped_constructions_load_and_tell_pairs_apart(vocabulary: Path) -> None:
    shipped = load_constructions(vocabulary / "constructions.toml")
    pairs = ["怎么可能不满意", "怎么可能满意", "做得不是一般的好", "做得不是一般的差", "香味浓得恰到好处", "香味浓得过了头"]
    verdict, _ = shipped.verdicts(_texts(*pairs))
    assert (verdict > 0).tolist() == [True, False] * 3
    assert (verdict < 0).tolist() == [False, True] * 3


def test_a_construction_on_signed_texts_looks_at_those_and_is_left_out_without_them(tmp_path: Path) -> None:
    rules = _load(tmp_path, RULES.replace('when = "但"', 'when = "但"\nsigned = true').replace("慢但{good}", "但[^+]*-$"))
    texts = _texts("漂亮但漏", "漂亮但稳")
    assert rules.verdicts(texts, _texts("漂亮+但漏-", "漂亮+但稳+"))[0].tolist() == [1.5, 0]
    assert rules.verdicts(texts)[0].tolist() == [0, 0]

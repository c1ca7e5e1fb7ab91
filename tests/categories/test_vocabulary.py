"""Intent and flag files: read, and refused where they are not what they should be."""

from __future__ import annotations

from pathlib import Path

import pytest

from textmine.categories.flags import FLAGS
from textmine.categories.vocabulary import read_flags, read_intents
from textmine.errors import ConfigError
from textmine.tables import INTENTS
from textmine.taxonomy import Phrase

FILE = """version = "1"
[[flag]]
code = "churn_risk"
chinese = "流失风险"
meaning = "Leaves."
words = ["换一家^1.5", "退…卡"]
"""


def _written(folder: Path, text: str) -> Path:
    path = folder / "flags.toml"
    path.write_text(text, "utf-8")
    return path


def test_words_become_phrases_of_the_list_with_their_weights(tmp_path) -> None:
    vocabulary = read_flags(_written(tmp_path, FILE), codes=("churn_risk",))
    assert list(vocabulary.phrases()) == [Phrase("flag", "churn_risk", "换一家", 1.5), Phrase("flag", "churn_risk", "退…卡", 1.0)]


def test_staff_words_are_no_phrases(tmp_path) -> None:
    vocabulary = read_flags(_written(tmp_path, FILE + 'staff_words = ["打满分"]\n'), codes=("churn_risk",))
    assert vocabulary.entries[0].staff_words == ("打满分",)
    assert "打满分" not in {phrase.text for phrase in vocabulary.phrases()}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("churn_risk", "churn", "churn_risk"),
        ("meaning", "meanin", "did you mean 'meaning'"),
        ("换一家^1.5", "换一家^heavy", "weight"),
        ('["换一家^1.5", "退…卡"]', '"换一家"', "list"),
        ("[[flag]]", "[flag]", "block"),
        ("[[flag]]", "[[flag", "not a TOML file"),
    ],
)
def test_a_slip_in_the_file_is_named(tmp_path, old, new, said) -> None:
    with pytest.raises(ConfigError, match=said.replace("[", r"\[")):
        read_flags(_written(tmp_path, FILE.replace(old, new)), codes=("churn_risk",))


def test_a_missing_file_is_a_config_error(tmp_path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_flags(tmp_path / "none.toml", codes=("churn_risk",))


def test_the_shipped_files_hold_every_intent_and_flag(vocabulary) -> None:
    assert set(read_intents(vocabulary / "intents.toml", codes=INTENTS).codes) == set(INTENTS)
    assert read_flags(vocabulary / "flags.toml", codes=FLAGS).codes == FLAGS

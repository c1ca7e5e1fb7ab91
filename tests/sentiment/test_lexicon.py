from pathlib import Path

import pytest

from textmine.errors import ConfigError
from textmine.sentiment.lexicon import KIND, KINDS, Lexicon, load_lexicon


def _lexicon(folder: Path, body: str) -> Lexicon:
    file = folder / "lexicon.toml"
    file.write_text(f'version = "1"\n{body}', "utf-8")
    return load_lexicon(file)


GOOD = '[[polarity]]\nvalue = 1.0\nabout = "good"\nwords = "好 香"\n'
CUE = '[[cue]]\nkind = "negator"\nabout = "turns"\nfactor = -0.8\nwords = "不"\n'


def test_the_shipped_lexicon_rates_more_than_a_thousand_words_and_uses_every_kind(vocabulary: Path) -> None:
    lexicon = load_lexicon(vocabulary / "lexicon.toml")
    assert (lexicon.polarity != 0).sum() > 1000
    assert set(lexicon.kind) == set(range(len(KINDS)))


def test_words_get_the_value_of_their_block_and_cues_their_factor(tmp_path: Path) -> None:
    lexicon = _lexicon(tmp_path, GOOD + CUE)
    place = {word: number for number, word in enumerate(lexicon.surfaces)}
    assert lexicon.polarity[place["香"]] == 1.0
    assert lexicon.kind[place["不"]] == KIND["negator"]
    assert lexicon.factor[place["不"]] == -0.8


def test_a_word_with_two_polarities_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="香"):
        _lexicon(tmp_path, GOOD + GOOD.replace("好 香", "香").replace("1.0", "-1.0") + CUE)


def test_a_word_that_is_a_cue_of_two_kinds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="two kinds"):
        _lexicon(tmp_path, GOOD + CUE + CUE.replace("negator", "degree"))


def test_an_unknown_kind_names_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'contrast'"):
        _lexicon(tmp_path, GOOD + CUE.replace("negator", "contrasts"))


def test_a_kind_that_is_a_mark_cannot_be_given_words(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="unknown kind"):
        _lexicon(tmp_path, GOOD + CUE.replace("negator", "stop"))


def test_a_polarity_outside_its_range_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="outside -2..2"):
        _lexicon(tmp_path, GOOD.replace("1.0", "3.0") + CUE)


def test_a_mistyped_key_names_the_nearest_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="'words'"):
        _lexicon(tmp_path, GOOD.replace("words", "wrds") + CUE)


def test_the_pieces_of_a_gap_pattern_are_not_entries_of_their_own(tmp_path: Path) -> None:
    lexicon = _lexicon(tmp_path, GOOD.replace("好 香", "才…坏") + CUE)
    first, second, entry = lexicon.gaps[0]
    assert [lexicon.surfaces[place] for place in (first, second, entry)] == ["才", "坏", "才…坏"]
    assert min(first, second) >= lexicon.listed > entry


def test_a_variant_is_worth_what_the_word_it_stands_for_is_worth(tmp_path: Path) -> None:
    lexicon = _lexicon(tmp_path, GOOD + CUE + '[[variant]]\nof = "香"\nwords = "箱"\n[[variant]]\nof = "不"\nwords = "布"\n')
    place = {word: number for number, word in enumerate(lexicon.surfaces)}
    assert lexicon.polarity[place["箱"]] == 1.0
    assert lexicon.kind[place["布"]] == KIND["negator"]


def test_a_variant_of_a_word_that_is_not_listed_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="甜"):
        _lexicon(tmp_path, GOOD + CUE + '[[variant]]\nof = "甜"\nwords = "填"\n')

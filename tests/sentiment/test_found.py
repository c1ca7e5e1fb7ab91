from collections.abc import Callable

import pyarrow as pa
import pytest

from textmine.sentiment.found import find_words
from textmine.sentiment.layout import lay_out
from textmine.sentiment.lexicon import Lexicon

Spell = Callable[..., pa.Table]


def _found(lexicon: Lexicon, tokens: pa.Table) -> list[str]:
    return [lexicon.surfaces[word] for word in find_words(lay_out(tokens), lexicon).word]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("好像 贵", ["贵"]),  # 好 inside 好像 says nothing
        ("很好 吃", ["很好"]),  # 好吃 begins inside the praise already counted
        ("好人", []),  # 好 does not end at a token edge
        ("非常好吃", ["非常", "好吃"]),  # glued to its degree word
        ("差得 远", ["差"]),  # glued to a particle
        ("不是 不好吃", ["不是", "不好吃"]),
        ("不 好吃", ["不好吃"]),  # split by the cutter
        ("好 ， 吃", ["好"]),  # never across clauses
        ("好 | 吃", ["好"]),  # nor across a blank
        ("有没有 发票", ["有没有"]),  # 没有发票 belongs to the question
        ("才 用 两天 就 坏", ["才…坏"]),
        ("坏 了 才 修", []),  # B must follow A
        ("才 到 ， 坏 了", []),  # in one clause
        ("比别家 便宜", ["比别家", "便宜"]),
        ("不 是", ["不是"]),
    ],
)
def test_words_are_found_where_a_reader_sees_them(small_lexicon: Lexicon, spell: Spell, text: str, words: list[str]) -> None:
    assert _found(small_lexicon, spell(text)) == words


def test_a_gap_pattern_reaches_over_twelve_characters_and_no_more(small_lexicon: Lexicon, spell: Spell) -> None:
    assert _found(small_lexicon, spell("才 " + "字 " * 12 + "坏")) == ["才…坏"]
    assert _found(small_lexicon, spell("才 " + "字 " * 13 + "坏")) == []


def test_places_count_tokens_clauses_and_sentences_over_the_whole_chunk(small_lexicon: Lexicon, spell: Spell) -> None:
    found = find_words(lay_out(spell("菜 好吃 ， 贵 。 差", "好")), small_lexicon)
    rated = [place for place, word in enumerate(found.word) if small_lexicon.polarity[word]]
    assert found.first[rated].tolist() == [1, 3, 5, 6]
    assert found.doc[rated].tolist() == [0, 0, 0, 1]
    assert found.clause[rated].tolist() == [0, 1, 2, 3]
    assert found.sentence[rated].tolist() == [0, 0, 1, 2]


def test_a_contrast_word_joins_its_sentence_to_the_one_before(small_lexicon: Lexicon, spell: Spell) -> None:
    found = find_words(lay_out(spell("好 。 但是 贵")), small_lexicon)
    assert set(found.sentence) == {0}


def test_no_tokens_no_words(small_lexicon: Lexicon, spell: Spell) -> None:
    assert _found(small_lexicon, spell()) == []


def test_a_slice_and_a_table_of_many_pieces_give_the_same_words(small_lexicon: Lexicon, spell: Spell) -> None:
    tokens = spell("菜 好吃", "太 贵", "不 好吃")
    pieces = pa.concat_tables([tokens.slice(0, 2), tokens.slice(2)])
    assert _found(small_lexicon, pieces) == _found(small_lexicon, tokens) == ["好吃", "贵", "不好吃"]
    assert _found(small_lexicon, tokens.slice(2, 2)) == ["贵"]

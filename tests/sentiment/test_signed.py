"""Short texts with the attitude of each rated word written behind it."""

from collections.abc import Callable, Sequence

import numpy as np
import pyarrow as pa

from textmine.sentiment.constructions import short_texts
from textmine.sentiment.found import find_words
from textmine.sentiment.layout import lay_out
from textmine.sentiment.lexicon import Lexicon
from textmine.sentiment.model import SentimentModel
from textmine.sentiment.negation import turned
from textmine.sentiment.signed import signed_texts, with_quantity


def _signed(tokens: pa.Table, lexicon: Lexicon, model: SentimentModel) -> list[str]:
    layout = lay_out(tokens)
    found = find_words(layout, lexicon)
    polarity = turned(found, lexicon, scalars=model.scalars)
    return signed_texts(layout, found, lexicon, polarity, short=short_texts(layout)[1]).to_pylist()


def test_each_rated_word_is_followed_by_its_sign_after_negation(small_lexicon: Lexicon, model: SentimentModel, spell) -> None:
    texts = spell("很 好吃 ， 但是 贵", "", "这 不 便宜", "1 - 2 天 到")
    assert _signed(texts, small_lexicon, model) == ["很好吃+，但是贵-", "", "这不便宜-", "1~2天到"]


def test_long_documents_are_left_out_and_the_signs_of_the_others_stay_in_place(
    small_lexicon: Lexicon, model: SentimentModel, spell
) -> None:
    assert _signed(spell("好吃 贵", "贵 " * 60, "满意"), small_lexicon, model) == ["好吃+贵-", "满意+"]


def test_what_numbers_say_is_written_at_the_end() -> None:
    texts = pa.array(["好+", "贵-", ""], pa.large_string())
    assert with_quantity(texts, np.array([0.5, -2.0, 0.0])).to_pylist() == ["好+=+", "贵-=-", ""]


def test_texts_of_many_clauses_are_not_looked_at(spell) -> None:
    texts, short = short_texts(lay_out(spell("好 ， 贵 ， 大 ， 小 ， 远", "", "好 ， 贵")), clauses=3)
    assert short.tolist() == [False, True, True]
    assert texts.to_pylist() == ["", "好，贵"]


def test_a_chunk_without_tokens_has_no_texts(
    spell: Callable[..., pa.Table], cut_texts: Callable[[Sequence[str]], pa.Table]
) -> None:
    texts, _ = short_texts(lay_out(cut_texts([])), clauses=3)
    assert len(texts) == 0

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest

from textmine.sentiment.found import find_words
from textmine.sentiment.layout import lay_out
from textmine.sentiment.lexicon import Lexicon
from textmine.sentiment.stance import meant


def _meant(lexicon: Lexicon, tokens: pa.Table) -> list[float]:
    found = find_words(lay_out(tokens), lexicon)
    polarity = lexicon.polarity[found.word]
    return np.round(meant(found, lexicon, polarity)[polarity != 0], 6).tolist()


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("希望 便宜", [-0.1]),
        ("便宜 希望 保持", [1.0]),  # only what comes after
        ("希望 快 ， 便宜", [1.0]),  # only in its clause
        ("希望 越来越好", [1.0]),  # good wishes stay good
        ("如果 来 ， 便宜", [-0.1]),  # a condition reaches the next clause
        ("如果 来 ， 买 ， 便宜", [1.0]),  # and no further
        ("如果 来 。 便宜", [1.0]),  # nor out of its sentence
        ("怎么能 满意", [-0.5]),
        ("怎么能 差", [-1.0]),  # blame stays blame
        ("别家 便宜", [-1.0]),
        ("别家 差", [1.0]),
        ("比别家 便宜", [1.0]),
        ("难道 满意", [-0.5]),
        ("难道 不好吃", [0.5]),  # denied praise becomes praise
        ("难道 一 二 三 四 不好吃", [-1.0]),  # if it stands near
        ("满意 ， 真是醉了", [-0.5, -1.0]),
        ("满意 。 真是醉了", [1.0, -1.0]),
        ("呵呵 ， 满意", [-0.5]),  # a laugh that opens the text is dry
        ("满意 ， 呵呵", [1.0]),  # one that closes it is kind
        ("满意 ， 贵 ， 呵呵", [-0.5, -1.0]),  # unless something is blamed
        ("满意 ， 满意 ， 满意 ， 贵 ， 呵呵", [1.0, 1.0, 1.0, -1.0]),  # in a short text
    ],
)
def test_praise_that_is_not_meant_is_no_praise(
    small_lexicon: Lexicon, spell: Callable[..., pa.Table], text: str, polarity: list[float]
) -> None:
    assert _meant(small_lexicon, spell(text)) == polarity


def test_a_cue_of_one_document_does_not_reach_the_next(small_lexicon: Lexicon, spell: Callable[..., pa.Table]) -> None:
    tokens = spell("如果 真是醉了", "便宜", "希望", "便宜")
    assert _meant(small_lexicon, tokens) == [-1.0, 1.0, 1.0]

from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa
import pytest

from textmine.sentiment.found import find_words
from textmine.sentiment.layout import lay_out
from textmine.sentiment.lexicon import Lexicon
from textmine.sentiment.model import SentimentModel
from textmine.sentiment.negation import turned


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("满意", 1.0),
        ("不 满意", -0.5),
        ("很 满意", 2.0),
        ("不 很 满意", -1.0),
        ("很 不 满意", -1.0),
        ("不是 不好吃", 0.25),  # denied blame is half as much, and mild: -1 x -0.5 x 0.5
        ("不是 不 满意", 0.25),  # two negators
        ("不 一 二 三 满意", -0.5),  # the third token on is still reached
        ("不 一 二 三 四 满意", 1.0 - 0.2),  # the fourth is not; the negator stands alone
        ("不 ， 满意", 1.0 - 0.2),  # never into the next clause
        ("不 便宜 满意", -0.5 + 1.0),  # only the next rated word
        ("满意 才怪", -1.0),
        ("“ 满意 ”", -1.0),  # scare quotes
        ("“ 难吃 ”", -1.0),  # around blame mean nothing
        ("无法 满意", -0.5),
        ("无法 用", -0.4),  # its own polarity where it turns no word
        ("没有 了", -0.2),
        ("很", 0.0),
    ],
)
def test_polarity_after_the_cues_of_the_clause(
    small_lexicon: Lexicon, model: SentimentModel, spell: Callable[..., pa.Table], text: str, polarity: float
) -> None:
    scalars = replace(model.scalars, scope=3, denied_blame=0.5, bare_negator=-0.2)
    found = find_words(lay_out(spell(text)), small_lexicon)
    assert turned(found, small_lexicon, scalars=scalars).sum() == pytest.approx(polarity)

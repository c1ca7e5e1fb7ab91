from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa
import pytest

from textmine.sentiment.contrast import weights
from textmine.sentiment.found import find_words
from textmine.sentiment.layout import lay_out
from textmine.sentiment.lexicon import Lexicon
from textmine.sentiment.model import SentimentModel


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("便宜 ， 差", [1.0, 1.0]),
        ("便宜 ， 但是 差", [0.5, 2.0]),
        ("便宜 。 但是 差", [0.5, 2.0]),  # the cue reaches back over the full stop before it
        ("便宜 。 差 ， 但是 贵", [1.0, 0.5, 2.0]),  # but not further
        ("便宜 ， 就是 差", [0.5, 2.0]),
        ("便宜 它 就是 差", [1.0, 1.0]),  # 就是 inside a clause is no contrast
        ("虽然 贵 ， 好", [0.5, 1.0]),
        ("虽然 贵 ， 但是 好", [0.5, 2.0]),  # not lowered twice
        ("便宜 ， 总之 差", [1.0, 3.0]),
        ("便宜 是 便宜 ， 但是 差", [0.125, 0.125, 2.0]),  # 0.25 each, and before the contrast
    ],
)
def test_words_count_more_or_less_by_contrast(
    small_lexicon: Lexicon, model: SentimentModel, spell: Callable[..., pa.Table], text: str, expected: list[float]
) -> None:
    scalars = replace(model.scalars, before_contrast=0.5, after_contrast=2.0, summary=3.0, opening=1.0, contrast_words=3)
    found = find_words(lay_out(spell(text)), small_lexicon)
    polarity = small_lexicon.polarity[found.word]
    assert weights(found, small_lexicon, polarity, scalars=scalars)[polarity != 0].tolist() == pytest.approx(expected)


def test_one_contrast_does_not_decide_a_long_text(
    small_lexicon: Lexicon, model: SentimentModel, spell: Callable[..., pa.Table]
) -> None:
    scalars = replace(model.scalars, before_contrast=0.25, after_contrast=4.0, opening=1.0, contrast_words=2)
    found = find_words(lay_out(spell("便宜 ， 好 ， 满意 ， 但是 差")), small_lexicon)
    polarity = small_lexicon.polarity[found.word]
    halved = weights(found, small_lexicon, polarity, scalars=scalars)[polarity != 0]  # 2 of 4 words: the square root
    assert halved.tolist() == pytest.approx([0.5, 0.5, 0.5, 2.0])


def test_the_first_rated_clause_counts_more(
    small_lexicon: Lexicon, model: SentimentModel, spell: Callable[..., pa.Table]
) -> None:
    found = find_words(lay_out(spell("书 ， 好 便宜 ， 差", "贵")), small_lexicon)
    polarity = small_lexicon.polarity[found.word]
    weight = weights(found, small_lexicon, polarity, scalars=replace(model.scalars, opening=1.5))[polarity != 0]
    assert weight.tolist() == pytest.approx([1.5, 1.5, 1.0, 1.5])

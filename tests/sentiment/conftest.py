"""A sentiment model built from the shipped vocabulary, and tokens of sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from textmine.learn.compile_snownlp import build_sentiment
from textmine.sentiment.lexicon import Lexicon, load_lexicon
from textmine.sentiment.model import SentimentModel
from textmine.text.segment import Cutter, cut

CLAUSE_ENDS = "，。！？；"


@pytest.fixture(scope="session")
def bundle(tmp_path_factory: pytest.TempPathFactory, vocabulary: Path) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    build_sentiment(folder, vocabulary=vocabulary)
    return folder


@pytest.fixture(scope="session")
def model(bundle: Path) -> SentimentModel:
    return SentimentModel.load(bundle)


@pytest.fixture(scope="session")
def cut_texts(vocabulary: Path) -> Callable[[Sequence[str]], pa.Table]:
    """Tokens of texts, as the night cuts them."""
    cutter = Cutter(vocabulary / "dictionary.txt")
    return lambda texts: cut(pd.DataFrame({"text": list(texts)}), cutter=cutter)


@pytest.fixture(scope="session")
def spell() -> Callable[..., pa.Table]:
    """Tokens from texts whose words stand between blanks ("不 好吃 ， 贵"); ``|`` is a blank of the text itself."""
    return _spell


def _spell(*texts: str) -> pa.Table:
    rows = []
    for doc, text in enumerate(texts):
        start = clause = 0
        for word in text.split():
            if word != "|":
                rows.append((doc, start, clause, word))
            start += len(word)
            clause += word in CLAUSE_ENDS
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    types = (pa.int32(), pa.int32(), pa.int32(), pa.string())
    arrays = [pa.array(column, kind) for column, kind in zip(columns, types, strict=True)]
    return pa.table(arrays, names=["doc", "start", "clause", "token"])


@pytest.fixture
def small_lexicon(tmp_path: Path) -> Lexicon:
    """Few words whose arithmetic a reader can follow."""
    file = tmp_path / "lexicon.toml"
    file.write_text(SMALL, "utf-8")
    return load_lexicon(file)


SMALL = """
version = "1"
[[polarity]]
value = 1.0
about = "good"
words = "好 好吃 满意 便宜 很好 好用"
[[polarity]]
value = -1.0
about = "bad"
words = "差 贵 难吃 不好吃 没有发票 才…坏"
[[polarity]]
value = 0.0
about = "says nothing"
words = "好像"
[[cue]]
kind = "negator"
about = "turns"
factor = -0.5
words = "不 不是 没有"
[[cue]]
kind = "negator"
about = "turns, and is blame alone"
factor = -0.5
value = -0.4
words = "无法"
[[cue]]
kind = "after"
about = "turns the word before"
factor = -1.0
words = "才怪"
[[cue]]
kind = "degree"
about = "stronger"
factor = 2.0
words = "很 非常"
[[cue]]
kind = "contrast"
about = "but"
factor = 1.0
words = "但是"
[[cue]]
kind = "contrast_first"
about = "but, at the start of a clause"
factor = 1.0
words = "就是"
[[cue]]
kind = "concession"
about = "although"
factor = 0.5
words = "虽然"
[[cue]]
kind = "summary"
about = "all in all"
factor = 1.0
words = "总之"
[[cue]]
kind = "wish"
about = "wish"
factor = -0.1
words = "希望"
[[cue]]
kind = "condition"
about = "if"
factor = -0.1
words = "如果"
[[cue]]
kind = "blessing"
about = "good wishes"
value = 1.0
factor = 1.0
words = "越来越好"
[[cue]]
kind = "rhetorical"
about = "denies"
factor = -0.5
words = "怎么能"
[[cue]]
kind = "denying"
about = "says the contrary"
factor = -0.5
words = "难道"
[[cue]]
kind = "irony"
about = "irony"
value = -1.0
factor = -0.5
words = "真是醉了"
[[cue]]
kind = "laugh"
about = "dry laugh"
factor = -0.5
words = "呵呵"
[[cue]]
kind = "rival"
about = "somebody else"
factor = -1.0
words = "别家"
[[cue]]
kind = "own"
about = "hides the rival"
factor = 1.0
words = "比别家"
[[cue]]
kind = "asking"
about = "asks"
factor = 1.0
words = "有没有"
[[cue]]
kind = "particle"
about = "may close a glued word"
factor = 1.0
words = "得"
"""

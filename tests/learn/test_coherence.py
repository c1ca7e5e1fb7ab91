from __future__ import annotations

import math

import pyarrow as pa
import pytest

from textmine.learn.coherence import coherence


def tokens(*documents):
    pairs = [(number, word) for number, words in enumerate(documents) for word in words]
    return pa.table({"doc": pa.array([doc for doc, _ in pairs], pa.int32()), "token": [word for _, word in pairs]})


def test_words_always_together_have_one_and_never_together_minus_one():
    together = tokens(["快递", "包裹"], ["快递", "包裹"], ["房间"], ["房间"])
    assert coherence(together, [["快递", "包裹"]], n_documents=4) == pytest.approx(1.0)
    assert coherence(together, [["快递", "房间"]], n_documents=4) == -1.0


def test_words_that_meet_by_chance_have_none():
    apart = tokens(["快递", "房间"], ["快递"], ["房间"], [])
    assert coherence(apart, [["快递", "房间"]], n_documents=4) == pytest.approx(0.0)


def test_without_topics_there_is_no_figure():
    assert math.isnan(coherence(tokens(["快递"]), [], n_documents=1))

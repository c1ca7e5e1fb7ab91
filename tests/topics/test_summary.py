from __future__ import annotations

import pandas as pd

from textmine.tables import TOPICS
from textmine.topics.summary import summarise_topics


def rows(*cells: tuple[str, int, float | None, str | None, str | None]) -> pd.DataFrame:
    names = ["feedback_id", "topic_id", "topic_similarity", "sentiment", "near_duplicate_group"]
    types = ["str", "int32", "float64", "str", "str"]
    return pd.DataFrame(cells, columns=names).astype(dict(zip(names, types, strict=True)))


def test_every_topic_has_a_row_and_the_table_holds_its_contract(model):
    unscored = ("d", -1, None, None, None)
    night = rows(("a", 0, 0.9, "neg", None), ("b", 0, 0.8, "pos", None), ("c", -1, None, "neu", None), unscored)
    table = summarise_topics(night, model=model, bundle_id="b1", run_id="r1")
    TOPICS.check(table)
    assert table["topic_name"].to_pylist() == ["快递·物流", "房间"]
    assert table["n"].to_pylist() == [2, 0]
    assert table["n_neg"].to_pylist() == [1, 0]
    assert table["share"].to_pylist() == [0.6667, 0.0]  # of three scored feedbacks
    assert table["example_ids"].to_pylist() == [["a", "b"], []]


def test_examples_are_the_three_nearest_each_text_once_and_equal_ones_by_id(model):
    night = rows(
        ("e", 0, 0.90, "neg", None),
        ("d", 0, 0.90, "neg", None),
        ("c", 0, 0.95, "neg", "b"),
        ("b", 0, 0.95, "neg", "b"),
        ("a", 0, 0.85, "neg", None),
    )
    table = summarise_topics(night, model=model, bundle_id="b1", run_id="r1")
    assert table["example_ids"].to_pylist()[0] == ["b", "d", "e"]
    backwards = summarise_topics(night[::-1], model=model, bundle_id="b1", run_id="r1")
    assert backwards.equals(table)


def test_a_night_without_scored_texts_has_no_share(model):
    table = summarise_topics(rows(("a", -1, None, None, None)), model=model, bundle_id="b1", run_id="r1")
    TOPICS.check(table)
    assert table["share"].to_pylist() == [None, None]

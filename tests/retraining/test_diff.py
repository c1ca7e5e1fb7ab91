from __future__ import annotations

import pandas as pd

from textmine.retraining import diff as module
from textmine.retraining.diff import compare_figures, compare_labels, sample_texts


def said(texts, **columns):
    blank = dict.fromkeys(("sentiment", "primary_category", "categories", "intent", "priority"))
    return pd.DataFrame({"text": texts, **blank}).assign(**columns)


def test_labels_that_differ_are_counted_and_shown_with_both(monkeypatch):
    texts = pd.Series(["甲", "乙", "丙"])
    answers = {
        "one": said(texts, sentiment=["neg", "neg", "pos"], categories=[["a", "b"], None, None]),
        "two": said(texts, sentiment=["neg", "neu", "neu"], categories=[["b", "a"], None, None]),
    }
    monkeypatch.setattr(module, "predict", lambda labeller, _: answers[labeller])
    found = compare_labels("one", "two", texts)
    assert found.counts.set_index("column")["differ"].to_dict()["sentiment"] == 2
    assert found.counts["differ"].sum() == 2
    assert found.confusion[["first", "second", "texts"]].to_numpy().tolist() == [["neg", "neu", 1], ["pos", "neu", 1]]
    assert found.examples["text"].tolist() == ["乙", "丙"]


def card(value, measure="accuracy"):
    columns = ["task", "on", "source", "class", "measure", "n", "value", "low", "high"]
    return {"figures": {"columns": columns, "rows": [["intent", "gold", "gold", "", measure, 9, value, None, None]]}}


def test_figures_stand_side_by_side_and_one_that_a_card_lacks_is_null():
    both = compare_figures(card(0.8), card(0.9))
    assert both[["first", "second", "difference"]].to_numpy().tolist() == [[0.8, 0.9, 0.1]]
    alone = compare_figures(card(0.8), {})
    assert alone["first"].tolist() == [0.8]
    assert alone[["second", "difference"]].isna().all(axis=None)


def test_a_sample_is_at_hand():
    assert len(sample_texts()) > 100

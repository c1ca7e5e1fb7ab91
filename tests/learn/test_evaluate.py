from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from textmine.learn.evaluate import FIGURE_COLUMNS, figures
from textmine.learn.examples import make_examples
from textmine.learn.judge import judge


def rows(n=4, *, held_out=True, **columns):
    made = make_examples(pd.DataFrame({"text": [f"第{number}条" for number in range(n)], **columns}))
    return made.assign(held_out=held_out)


def said(n=4, **columns):
    blank = dict.fromkeys(("sentiment", "primary_category", "intent", "priority", "said_aspect", "said_polarity"))
    frame = pd.DataFrame(blank | {"categories": None}, index=range(n)).assign(sentiment_score=0.0, sentiment_confidence=0.5)
    return frame.assign(**{name: pd.Series(values) for name, values in columns.items()})


def value(found, **key):
    where = np.logical_and.reduce([found[name].eq(wanted) for name, wanted in key.items()])
    (row,) = found[where].to_dict("records")
    return row


def test_accuracy_precision_and_recall_are_counted_by_source_and_over_all():
    examples = rows(sentiment=["neg", "neg", "pos", "pos"], source=["shop", "shop", "hotel", "hotel"])
    found = figures(examples, said(sentiment=["neg", "pos", "pos", "neu"]))
    assert tuple(found.columns) == FIGURE_COLUMNS
    assert value(found, source="shop", measure="accuracy")["value"] == 0.5
    assert value(found, source="all", measure="accuracy", **{"class": ""})["n"] == 4
    assert value(found, source="all", measure="recall", **{"class": "neg"})["value"] == 0.5
    assert value(found, source="all", measure="precision", **{"class": "neg"})["value"] == 1.0


def test_a_text_without_a_prediction_is_wrong():
    found = figures(rows(2, intent=["praise", "praise"]), said(2, intent=["praise", None]))
    assert value(found, task="intent", measure="accuracy")["value"] == 0.5


def test_the_sign_of_the_score_is_told_where_labels_are_binary():
    binary = figures(rows(2, sentiment=["neg", "pos"]), said(2, sentiment=["neu", "neu"], sentiment_score=[-0.1, 0.2]))
    assert value(binary, measure="accuracy")["value"] == 0.0
    assert value(binary, measure="polarity")["value"] == 1.0
    three = figures(rows(3, sentiment=["neg", "neu", "pos"]), said(3, sentiment=["neg", "neu", "pos"]))
    assert "polarity" not in set(three["measure"])


def test_p0_and_p1_together_have_recall_and_precision():
    examples = rows(priority=["P0", "P1", "P2", "P3"])
    found = figures(examples, said(priority=["P1", "P2", "P1", "P3"]))
    assert value(found, measure="recall", **{"class": "P0+P1"})["value"] == 0.5
    assert value(found, measure="precision", **{"class": "P0+P1"})["value"] == 0.5


def test_lists_of_categories_are_judged_where_a_row_has_two():
    examples = rows(2, categories=[["price", "product"], ["service"]], primary_category=["price", "service"])
    found = figures(examples, said(2, categories=[["price"], ["service"]], primary_category=["price", "service"]))
    assert value(found, task="all_categories", measure="micro_f1")["value"] == pytest.approx(0.8)
    assert value(found, task="categories", measure="accuracy")["value"] == 1.0


def test_trained_rows_are_not_measured_and_gold_rows_are_apart():
    examples = rows(intent=["praise"] * 4, role=["train", "train", "gold", "text"]).assign(held_out=[True, False, True, True])
    found = list(judge(examples, said(intent=["praise"] * 4)))
    assert [(part.on, part.rows.tolist()) for part in found] == [("held_out", [0]), ("gold", [2])]


def test_aspects_are_judged_on_texts_with_one_opinion_and_at_the_level_of_the_label():
    examples = rows(3, aspect=["price", "space", "space"], polarity=["neg", "pos", "neg"])
    examples["text"] = ["贵", "大又吵", "大又吵"]
    found = figures(examples, said(3, said_aspect=["price.level", "space.size", "space.size"], said_polarity=["neg"] * 3))
    assert value(found, task="aspect", measure="accuracy") | {"low": 0, "high": 0} == {
        "task": "aspect", "on": "held_out", "source": "labels", "class": "", "measure": "accuracy", "n": 1, "value": 1.0,
        "low": 0, "high": 0,
    }  # fmt: skip

from __future__ import annotations

import pandas as pd

from textmine.learn.examples import make_examples
from textmine.retraining.conflicts import settle, too_small


def rows(**columns):
    return make_examples(pd.DataFrame(columns))


def test_two_aspects_of_one_text_are_no_conflict_and_two_polarities_of_one_aspect_are():
    fine = rows(text=["大但吵"] * 2, aspect=["space", "comfort"], polarity=["pos", "neg"])
    assert settle(fine, file="a")[1] == []
    wrong = rows(text=["大但吵"] * 2, aspect=["space", "space"], polarity=["pos", "neg"])
    assert [problem.column for problem in settle(wrong, file="a")[1]] == ["polarity"]


def test_the_order_of_categories_is_no_conflict():
    same = rows(text=["贵又慢"] * 2, categories=[["price", "service"], ["service", "price"]])
    kept, problems = settle(same, file="a")
    assert (len(kept), problems) == (1, [])


def found(labels, role="train"):
    made = rows(text=[f"第{n}条" for n in range(len(labels))], intent=labels)
    return [problem.problem for problem in too_small(made.assign(role=role), "intent", task="intent")]


def test_fifty_rows_of_two_classes_with_five_each_suffice():
    assert found(["praise"] * 45 + ["inquiry"] * 5) == []


def test_few_rows_one_class_and_a_small_class_are_each_told():
    assert found(["praise"] * 49) == ["too few rows", "one class only"]
    assert found(["praise"] * 50 + ["inquiry"] * 4) == ["too few rows of a class"]
    assert found([]) == ["too few rows"]


def test_gold_rows_do_not_count():
    assert found(["praise", "inquiry"] * 50, role="gold") == ["too few rows"]

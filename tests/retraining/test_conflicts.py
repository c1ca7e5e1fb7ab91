from __future__ import annotations

import pandas as pd

from textmine.learn.examples import make_examples
from textmine.retraining.conflicts import newest_words, overruled, settle, too_small


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


def test_a_priority_needs_something_urgent_and_a_task_may_need_more_rows():
    calm = rows(text=[f"第{n}条" for n in range(60)], priority=["P2", "P3"] * 30)
    assert [problem.problem for problem in too_small(calm, "priority", task="urgency")] == ["nothing urgent"]
    mixed = calm.assign(priority=["P1", "P3"] * 30)
    assert list(too_small(mixed, "priority", task="urgency")) == []
    (found,) = too_small(mixed, "priority", task="priority", fewest=100, when=" besides the held-out ones")
    assert found.todo == "at least 100 labelled rows besides the held-out ones"


def test_a_correction_overrules_the_same_kind_of_label_in_training_alone():
    given = rows(text=["慢 了", "慢了", "慢 了", "快"], sentiment=["pos"] * 4, intent=["praise", None, None, None]).assign(
        role=["train", "train", "gold", "train"]
    )
    kept = overruled(given, by=rows(text=["慢  了"], sentiment=["neg"]))
    assert kept["text"].tolist() == ["慢 了", "慢了", "慢 了", "快"]
    assert kept["sentiment"].fillna("").tolist() == ["", "pos", "pos", "pos"]
    assert overruled(given.iloc[3:], by=rows(text=["快"], sentiment=["pos"])).empty  # all it said is said again


def test_of_equal_texts_the_newest_word_of_each_kind_counts():
    said = rows(
        text=["慢"] * 3,
        primary_category=["price", "service", None],
        intent=["praise", None, None],
        sentiment=[None, "neg", "neg"],
    )
    kept = newest_words(said, when=pd.Series(pd.to_datetime(["2026-01-01", "2026-01-02", "2026-01-02"], utc=True)))
    assert kept["primary_category"].fillna("").tolist() == ["", "service", ""]
    assert kept["categories"].tolist()[0] is None
    assert kept["intent"].fillna("").tolist() == ["praise", "", ""]
    assert kept["sentiment"].fillna("").tolist() == ["", "neg", "neg"]


def test_gold_rows_do_not_count():
    assert found(["praise", "inquiry"] * 50, role="gold") == ["too few rows"]

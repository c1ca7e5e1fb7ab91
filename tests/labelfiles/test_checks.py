"""Labels that come back: used as a whole, or refused with every fault told."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.labelfiles.made import CHOICES, given
from textmine.errors import ConfigError
from textmine.labelfiles.checks import LabelsRefusedError, check_labels

PUBLISHED = pd.DataFrame({"feedback_id": ["f_1", "f_2", "f_2"], "text_digest": ["d1", "old", "new"]})


def check(rows: pd.DataFrame) -> pd.DataFrame:
    return check_labels(rows, choices=CHOICES, published=PUBLISHED, where="t.csv")


def faults(rows: pd.DataFrame) -> list[tuple]:
    with pytest.raises(LabelsRefusedError) as refused:
        check(rows)
    assert refused.value.exit_code == 2
    return list(refused.value.faults[["row", "column", "problem"]].itertuples(index=False, name=None))


def test_good_labels_come_back_as_codes_with_the_text_they_are_of():
    [row] = check(given(feedback_id=["f_1", "f_2"], sentiment=["负面", None], categories=["服务、产品质量", None])).to_dict(
        "records"
    )
    assert (row["feedback_id"], row["text_digest"], row["annotator"]) == ("f_1", "d1", "ann")
    assert (row["sentiment"], row["categories"]) == ("neg", "service;product")
    assert pd.isna(row["intent"])


def test_without_a_digest_the_newest_text_is_meant_and_with_one_the_text_it_names():
    assert check(given(feedback_id=["f_2"], sentiment=["neg"]))["text_digest"].tolist() == ["new"]
    assert check(given(feedback_id=["f_2"], text_digest=["old"], sentiment=["neg"]))["text_digest"].tolist() == ["old"]


def test_every_fault_is_told_at_once_with_its_row():
    rows = given(
        feedback_id=["f_1", "f_9", "f_2", "f_2"],
        text_digest=[None, None, "gone", None],
        sentiment=["bad", "neg", "neg", "pos"],
        categories=[None, None, None, "product"],
        primary_category=[None, None, None, "service"],
    )
    assert faults(rows) == [
        (2, "sentiment", "unknown code"),
        (3, "feedback_id", "unknown id"),
        (4, "text_digest", "another text by now"),
        (5, "primary_category", "not among the categories"),
    ]


def test_two_labels_for_one_text_are_a_conflict_and_the_same_twice_is_a_doubled_id():
    assert faults(given(feedback_id=["f_1", "f_1"], sentiment=["neg", "pos"])) == [
        (2, "sentiment", "conflicting rows"),
        (3, "sentiment", "conflicting rows"),
    ]
    assert faults(given(feedback_id=["f_1", "f_1"], sentiment=["neg", "neg"])) == [(3, "feedback_id", "doubled id")]


def test_annotators_who_agree_or_add_to_each_other_make_one_row():
    rows = given(feedback_id=["f_1", "f_1"], annotator=["b", "a"], sentiment=["neg", "neg"], intent=[None, "praise"])
    [row] = check(rows).to_dict("records")
    assert (row["annotator"], row["sentiment"], row["intent"]) == ("a, b", "neg", "praise")


def test_a_primary_category_that_is_not_in_the_list_of_another_annotator_is_a_conflict():
    rows = given(
        feedback_id=["f_1", "f_1", "f_2", "f_2"],
        annotator=["a", "b", "a", "b"],
        categories=["service", None, "service;product", None],
        primary_category=[None, "product", None, "product"],
    )
    assert faults(rows) == [(2, "categories", "conflicting rows"), (3, "primary_category", "conflicting rows")]
    assert check(rows[2:])[["categories", "primary_category"]].to_numpy().tolist() == [["service;product", "product"]]


def test_a_file_without_any_label_is_refused():
    with pytest.raises(ConfigError, match="no row has a label"):
        check(given(feedback_id=["f_1", "f_2"]))


def test_a_file_of_another_lake_is_refused():
    with pytest.raises(ConfigError, match="none of the ids"):
        check(given(feedback_id=["f_8", "f_9"], sentiment=["neg", "neg"]))


def test_the_first_faults_are_shown_and_the_others_counted():
    with pytest.raises(LabelsRefusedError) as refused:
        check(given(feedback_id=["f_1"] + ["f_x"] * 30, sentiment=["neg"] * 31))
    lines = refused.value.lines()
    assert len(lines) == 22
    assert "an id of this lake" in lines[1]
    assert lines[-1] == "... and 39 more"


def test_a_text_in_the_place_of_an_id_is_told_by_its_length():
    with pytest.raises(LabelsRefusedError) as refused:
        check(given(feedback_id=["f_1", "用了一天就坏了，非常失望"], sentiment=["neg", "neg"]))
    assert "(12 characters)" in refused.value.lines()[1]
    assert "失望" not in "".join(refused.value.lines())

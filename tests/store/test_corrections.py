"""Labels of people in the lake."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from textmine.errors import ContractError
from textmine.store.corrections import append_corrections, correction_files, read_corrections

AT = datetime(2026, 11, 4, 1, 2, 3, tzinfo=UTC)


def labels(*ids: str, digest: str = "d1", annotator: str = "ann", **said: object) -> pd.DataFrame:
    names = ("sentiment", "categories", "primary_category", "intent", "priority")
    row = {"text_digest": digest, "annotator": annotator, **{name: said.get(name) for name in names}}
    return pd.DataFrame([{"feedback_id": name, **row} for name in ids])


@pytest.fixture
def append(lake, keyring):
    return lambda rows, **how: append_corrections(rows, lake=lake, keyring=keyring, at=AT, **how)


def test_labels_are_read_as_they_were_given(lake, append):
    append(labels("f_1", categories=["service", "product"], primary_category="service"), guideline="2")
    [row] = read_corrections(lake).to_dict("records")
    assert list(row["categories"]) == ["service", "product"]
    assert (row["annotator"], row["guideline_version"], row["labelled_at"]) == ("ann", "2", pd.Timestamp(AT))
    assert row["sentiment"] is None or pd.isna(row["sentiment"])


def test_the_newest_word_wins_label_by_label(lake, append):
    append(labels("f_1", sentiment="neg", categories=["service", "price"]))
    append(labels("f_1", sentiment="pos"))
    [row] = read_corrections(lake).to_dict("records")
    assert (row["sentiment"], list(row["categories"])) == ("pos", ["service", "price"])


def test_another_text_under_the_same_id_keeps_its_own_labels(lake, append):
    append(labels("f_1", sentiment="neg", digest="old"))
    append(labels("f_1", sentiment="pos", digest="new"))
    assert read_corrections(lake)[["text_digest", "sentiment"]].to_numpy().tolist() == [["new", "pos"], ["old", "neg"]]


def test_the_same_labels_again_change_nothing_whatever_their_order(lake, append):
    first = append(labels("f_1", "f_2", sentiment="neg"))
    again = append(labels("f_2", "f_1", sentiment="neg"))
    assert (first.written, again.written, again.path) == (True, False, first.path)
    assert len(correction_files(lake)) == 1
    assert append(labels("f_1", "f_2", sentiment="neg", annotator="other")).written


def test_labels_that_were_overruled_can_be_imported_again_and_win(lake, append):
    old, new = (labels("f_1", sentiment=said, categories=["service"]) for said in ("neg", "pos"))
    assert [append(rows).written for rows in (old, new, old, old)] == [True, True, True, False]
    assert read_corrections(lake)["sentiment"].tolist() == ["neg"]
    assert len(correction_files(lake)) == 3


def test_labels_that_others_only_added_to_still_hold(lake, append):
    first = append(labels("f_1", sentiment="neg", categories=["service", "price"]))
    append(labels("f_1", intent="praise", primary_category="price"))
    again = append(labels("f_1", sentiment="neg", categories=["service", "price"]))
    assert (again.written, again.path) == (False, first.path)


@pytest.mark.parametrize(
    ("said", "categories", "primary"),
    [
        (({"primary_category": "price"}, {"categories": ["service"]}), ["service"], None),
        (({"primary_category": "service"}, {"categories": ["price", "service"]}), ["price", "service"], "service"),
        (({"categories": ["service"]}, {"primary_category": "price"}), None, "price"),
        (({"categories": ["service", "price"]}, {"primary_category": "price"}), ["service", "price"], "price"),
        (({"primary_category": "price"}, {"categories": ["service"]}, {"categories": ["price"]}), ["price"], None),
        (({"categories": ["service"]}, {"primary_category": "price"}, {"intent": "praise"}), None, "price"),
    ],
)
def test_a_primary_category_and_a_list_without_it_are_not_both_kept_the_later_one_stands(lake, append, said, categories, primary):
    append(labels("f_0", categories=["product"], primary_category="product"))
    for row in said:
        append(labels("f_1", **row))
    untouched, found = read_corrections(lake).to_dict("records")
    assert (list(untouched["categories"]), untouched["primary_category"]) == (["product"], "product")
    assert (None if found["categories"] is None else list(found["categories"])) == categories
    assert (None if pd.isna(found["primary_category"]) else found["primary_category"]) == primary


def test_files_are_only_added_and_numbered(lake, append):
    paths = [append(labels("f_1", sentiment=said)).path for said in ("neg", "neu", "pos")]
    assert [path.name[:6] for path in paths] == ["000001", "000002", "000003"]
    assert correction_files(lake) == paths


def test_only_the_ids_asked_for_are_read(lake, append):
    append(labels("f_1", "f_2", sentiment="neg"))
    assert read_corrections(lake, feedback_ids=pd.Series(["f_2", "f_3"]))["feedback_id"].tolist() == ["f_2"]


def test_a_lake_without_labels_has_none(lake):
    assert read_corrections(lake).empty
    assert read_corrections(lake)["feedback_id"].tolist() == []


def test_what_breaks_the_contract_is_not_written(lake, append):
    for bad in (labels("f_1", sentiment="angry"), labels("f_1", "f_1", sentiment="neg")):
        with pytest.raises(ContractError):
            append(bad)
    assert list(lake.labels.iterdir()) == []


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_all_of_the_labels_or_none(lake, keyring, killed_at):
    rows = labels("f_1", "f_2", sentiment="neg")

    def importing(_: int):
        return lambda: append_corrections(rows, lake=lake, keyring=keyring, at=AT)

    for _ in killed_at(importing, step=7):
        assert len(read_corrections(lake)) in (0, 2)
    assert len(read_corrections(lake)) == 2
    assert len(correction_files(lake)) == 1

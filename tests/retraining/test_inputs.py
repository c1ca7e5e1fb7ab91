from __future__ import annotations

from pathlib import Path

import pytest

from textmine.errors import ConfigError
from textmine.retraining.inputs import Inputs, label_files, parse_map


def test_a_map_names_a_column_and_what_its_values_mean():
    assert parse_map("label:1=pos,0=neg") == ("label", {"1": "pos", "0": "neg"})
    assert parse_map("1=pos, -1=neg") == ("", {"1": "pos", "-1": "neg"})
    assert parse_map("") == ("", {})


@pytest.mark.parametrize("wrong", ["1", "label:1", "1=", "label:=pos"])
def test_what_is_no_map_is_refused(wrong):
    with pytest.raises(ConfigError, match="no map of values"):
        parse_map(wrong)


def test_a_column_of_labels_belongs_to_one_task():
    (file,) = label_files([Path("a.csv")], text_column="", label_column="c", task="categories", mapped="")
    assert (file.label_column, file.label) == ("c", "primary_category")
    with pytest.raises(ConfigError, match="--task"):
        label_files([Path("a.csv")], text_column="", label_column="c", task="all", mapped="")


def test_recipe_labels_and_texts_come_together(written, taxonomy):
    texts, labels = written("t.txt", "又来了一次\n"), written("l.csv", "text,intent\n慢,complaint\n")
    inputs = Inputs(labels=label_files([labels], text_column="", label_column="", task="all", mapped=""), texts=(texts,))
    rows = inputs.read(taxonomy=taxonomy)
    assert rows[["source", "role"]].to_numpy().tolist() == [["l", "train"], ["t", "text"]]
    assert set(inputs.origin()["source_files"]) == {"t.txt", "l.csv"}


def test_nothing_at_all_is_refused(taxonomy):
    with pytest.raises(ConfigError, match="--recipe, --labels or --texts"):
        Inputs().read(taxonomy=taxonomy)

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from textmine.errors import ConfigError
from textmine.learn.examples import make_examples
from textmine.retraining import inputs as module
from textmine.retraining.inputs import Inputs, label_files, parse_map
from textmine.retraining.labels import LabelFile
from textmine.retraining.problems import ExamplesRefusedError


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
    (urgent,) = label_files([Path("a.csv")], text_column="", label_column="c", task="urgency", mapped="")
    assert urgent.label == "priority"
    with pytest.raises(ConfigError, match="--task"):
        label_files([Path("a.csv")], text_column="", label_column="c", task="all", mapped="")


def test_recipe_labels_and_texts_come_together(written, taxonomy):
    texts, labels = written("t.txt", "又来了一次\n"), written("l.csv", "text,intent\n慢,complaint\n")
    inputs = Inputs(labels=label_files([labels], text_column="", label_column="", task="all", mapped=""), texts=(texts,))
    rows = inputs.read(taxonomy=taxonomy)
    assert rows[["source", "role"]].to_numpy().tolist() == [["l", "train"], ["t", "text"]]
    assert set(inputs.origin()["source_files"]) == {"t.txt", "l.csv"}


RECIPE = 'name = "own"\n' + "".join(f"""
[[source]]
name = "{name}"
file = "{name}.csv"
text = "text"
label.sentiment = "sentiment"
""" for name in ("stars", "read"))  # fmt: skip


def test_corrections_win_over_recipe_and_files_and_the_rest_stays(written, taxonomy, monkeypatch):
    said = make_examples(pd.DataFrame({"text": ["太慢了"], "sentiment": ["neg"]}), source="crm")
    monkeypatch.setattr(module, "read_lake_labels", lambda *_, **__: said)
    written("stars.csv", "text,sentiment\n太慢了,pos\n还行吧,pos\n")
    written("read.csv", "text,sentiment\n还行吧,neu\n")  # two sources of a recipe may differ
    labels = written("l.csv", "text,sentiment\n太慢了,neu\n很好,pos\n")
    inputs = Inputs(written("recipe.toml", RECIPE), labels=(LabelFile(labels),), root=Path(), corrections=True)
    rows = inputs.read(taxonomy=taxonomy)
    assert sorted(rows[["text", "source", "sentiment"]].to_numpy().tolist()) == [
        ["太慢了", "crm", "neg"],
        ["很好", "l", "pos"],
        ["还行吧", "read", "neu"],
        ["还行吧", "stars", "pos"],
    ]


def test_a_label_file_that_contradicts_the_recipe_is_refused_with_a_table(written, taxonomy):
    written("stars.csv", "text,sentiment\n太慢了,neg\n还行吧,pos\n")
    written("read.csv", "text,sentiment\n还行吧,neu\n")
    labels = written("l.csv", "text,sentiment\n太慢了,pos\n")
    with pytest.raises(ExamplesRefusedError) as refused:
        Inputs(written("recipe.toml", RECIPE), labels=(LabelFile(labels),)).read(taxonomy=taxonomy)
    assert refused.value.table[["problem", "found", "rows"]].to_numpy().tolist() == [["conflicting rows", "1 texts", 2]]


def test_nothing_at_all_is_refused(taxonomy):
    with pytest.raises(ConfigError, match="--recipe, --labels or --texts"):
        Inputs().read(taxonomy=taxonomy)

"""``textmine evaluate``: the card's figures, or figures on labels of one's own."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from tests.night.small import write

LABELS = "text,label\n" + "".join(f"味道很好，第{n}次来,1\n味道太差，第{n}次来,0\n" for n in range(10))


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    return write(tmp_path / "own.csv", LABELS)


@pytest.mark.slow
def test_every_row_of_a_label_file_is_measured(textmine, labels: Path, tmp_path: Path):
    out = tmp_path / "figures.json"
    done = textmine("evaluate", "--task", "sentiment", "--labels", labels, "--map", "label:1=pos,0=neg", "--out", out)
    assert done.code == 0, done.err
    rows = pd.DataFrame(json.loads(out.read_text("utf-8")))
    assert set(rows["task"]) == {"sentiment"}
    assert rows.loc[rows["measure"] == "accuracy", ["source", "n", "value"]].to_numpy().tolist() == [["own", 20, 1.0]]
    assert "accuracy" in done.out


@pytest.mark.slow
@pytest.mark.parametrize("name", ["figures.csv", "figures.md"])
def test_the_figures_are_written_as_csv_and_markdown_too(textmine, labels: Path, tmp_path: Path, name):
    options = ("--labels", labels, "--map", "label:1=pos,0=neg", "--no-classes", "--out", tmp_path / name)
    assert textmine("evaluate", "--task", "sentiment", *options).code == 0
    assert "accuracy" in (tmp_path / name).read_text("utf-8")


def test_a_file_of_another_kind_is_refused_before_anything_is_measured(textmine, labels: Path):
    done = textmine("evaluate", "--labels", labels, "--out", "figures.pdf")
    assert done.code == 2
    assert ".json, .csv, .md" in done.err


def test_labels_of_no_known_class_are_refused_with_a_table(textmine, tmp_path: Path):
    done = textmine("evaluate", "--labels", write(tmp_path / "own.csv", "text,intent\n慢,complain\n"))
    assert done.code == 2
    assert "did you mean 'complaint'?" in done.err

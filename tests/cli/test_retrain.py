"""``textmine retrain``: labels in, a table of what is wrong, and a bundle that is used only where nothing got worse."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from tests.night.small import SAID, write
from textmine.cli.evaluate import command as evaluate
from textmine.cli.retrain import SYNONYMS, TASK_NAMES, command
from textmine.retraining import tasks
from textmine.retraining.tasks import TASKS
from textmine.store.bundles import champion

LABELS = "text,sentiment\n" + "".join(f"第{n}次很好,pos\n第{n}次太差,neg\n" for n in range(40))


def test_every_task_can_be_named():
    assert ("all", *TASKS) == TASK_NAMES


@pytest.mark.parametrize("given", [command, evaluate])
def test_category_is_taken_for_categories(given):
    task = next(option.type for option in given.params if option.name in ("task", "tasks"))
    assert task.convert("category", None, None) == "categories"
    assert task.convert("intent", None, None) == "intent"
    with pytest.raises(click.BadParameter, match="categories"):
        task.convert("categry", None, None)


def test_synonyms_are_those_of_the_tasks():
    assert SYNONYMS == tasks.SYNONYMS


def test_wrong_labels_are_refused_with_a_table_and_nothing_is_written(textmine, tmp_path: Path):
    labels = write(tmp_path / "own.csv", LABELS + "我很失望,negativ\n第1次很好,neg\n")
    done = textmine("retrain", "--task", "sentiment", "--labels", labels, "--models", tmp_path / "models")
    assert done.code == 2
    assert "unknown class" in done.err
    assert "negativ" in done.err
    assert "did you mean 'negative'?" in done.err
    assert "conflicting rows" in done.err
    assert not (tmp_path / "models").exists()


def test_too_few_rows_are_refused(textmine, tmp_path: Path):
    labels = write(tmp_path / "own.csv", "text,sentiment\n很好,pos\n太差,neg\n")
    done = textmine("retrain", "--task", "sentiment", "--labels", labels, "--models", tmp_path / "models")
    assert done.code == 2
    assert "too few rows" in done.err
    assert "at least 50 labelled rows" in done.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--task", "sentiment"), "--recipe, --labels or --texts"),
        (("--task", "all", "--label-column", "x", "--labels", "own.csv"), "--task"),
        (("--task", "sentiment", "--map", "1", "--labels", "own.csv"), "column:value=code"),
    ],
)
def test_wrong_use_is_told_before_anything_is_read(textmine, tmp_path: Path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "own.csv", LABELS)
    done = textmine("retrain", *arguments)
    assert done.code == 2
    assert said in done.err
    assert not (tmp_path / "models").exists()


@pytest.mark.slow
def test_topics_fitted_on_own_texts_become_the_bundle_in_use_and_are_rolled_back(textmine, tmp_path, monkeypatch):
    texts = write(tmp_path / "in.txt", "".join(f"{text}，第{n}次\n" for n in range(60) for text in SAID))
    done = textmine(
        "retrain", "--task", "topics", "--texts", texts, "--models", tmp_path / "models", "--n-topics", 5, "--promote"
    )
    assert done.code == 0, done.err
    assert "contrast" in done.out
    monkeypatch.setenv("TEXTMINE_MODELS", str(tmp_path / "models"))
    named = champion([tmp_path / "models"]).current[0]
    assert f"* {named}" in textmine("bundles", "list").out
    assert textmine("label", write(tmp_path / "a.txt", "快递太慢了\n"), tmp_path / "out.csv").code == 0
    assert named in (tmp_path / "out.csv").read_text("utf-8")
    assert textmine("bundles", "rollback").out.startswith("champion is now starter-")

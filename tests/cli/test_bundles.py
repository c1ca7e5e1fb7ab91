"""``textmine bundles``: what was learned or chosen, how two differ, and the way back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.night.small import write
from textmine.settings import Settings
from textmine.store.bundles import champion, seal_bundle
from textmine.store.shipped import bundle_folders


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """The champion, and a second bundle that differs by one word of its policy's comment."""
    source = next(folder for folder in bundle_folders(Settings().models) if (folder / "CHAMPION").is_file())
    current = champion([source]).current[0]
    folder = tmp_path / "models"
    shutil.copytree(source / current, folder / current)
    shutil.copy(source / "CHAMPION", folder / "CHAMPION")
    shutil.copytree(source / current, folder / "second")
    policy = folder / "second" / "policy.toml"
    policy.write_text(policy.read_text("utf-8") + "# second\n", "utf-8")
    seal_bundle(folder / "second")
    return folder


def test_the_list_marks_the_bundle_in_use(textmine, models: Path):
    current = champion([models]).current[0]
    assert textmine("bundles", "list", "--models", models).out.splitlines() == sorted(
        [f"* {current}", "  second"], key=lambda line: line[2:]
    )


def test_a_bundle_is_promoted_and_rolled_back(textmine, models: Path):
    current = champion([models]).current[0]
    assert textmine("bundles", "promote", "second", "--models", models).out == "champion is now second\n"
    assert "* second" in textmine("bundles", "list", "--models", models).out
    assert textmine("bundles", "rollback", "--models", models).out == f"champion is now {current}\n"


def test_the_card_is_shown_after_every_file_was_verified(textmine, models: Path):
    assert json.loads(textmine("bundles", "show", "--models", models).out)["id"] == champion([models]).current[0]
    (models / "second" / "flags.toml").write_text("x = 1\n")
    done = textmine("bundles", "show", "second", "--models", models)
    assert done.code == 1
    assert "flags.toml" in done.err


def test_a_bundle_that_is_not_there_is_answered_with_the_nearest(textmine, models: Path):
    done = textmine("bundles", "promote", "secnd", "--models", models)
    assert done.code == 1
    assert "did you mean 'second'?" in done.err


def test_without_models_the_shipped_bundles_are_shown(textmine):
    assert textmine("bundles", "list").out.startswith(("*", " "))


@pytest.mark.slow
def test_two_bundles_are_compared_on_a_file_of_texts(textmine, models: Path, tmp_path: Path):
    current = champion([models]).current[0]
    texts = write(tmp_path / "in.txt", "快递太慢了\n很好吃\n")
    done = textmine("bundles", "diff", current, "second", "--texts", texts, "--models", models)
    assert done.code == 0, done.err
    assert "on 2 texts" in done.out
    assert "sentiment" in done.out


@pytest.mark.slow
def test_a_bundle_that_answers_otherwise_is_told_with_masked_examples(textmine, models: Path, tmp_path: Path):
    scalars = models / "second" / "sentiment.json"
    scalars.write_text(json.dumps(json.loads(scalars.read_text("utf-8")) | {"offset": 50.0}), "utf-8")
    for learned in (models / "second").glob("*-sentiment.npz"):  # the offset is one of the rules, which then stand alone
        learned.unlink()
    seal_bundle(models / "second")
    texts = write(tmp_path / "in.txt", "快递太慢了，电话13800000000，客服态度也差\n")
    done = textmine("bundles", "diff", champion([models]).current[0], "second", "--texts", texts, "--models", models)
    assert "from which label to which" in done.out
    assert "PHONE" in done.out
    assert "13800000000" not in done.out

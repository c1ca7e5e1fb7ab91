"""Categories and intent learned from a few hand-made texts: what was labelled comes out again, the same bytes each time."""

from __future__ import annotations

import json
import shutil
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from textmine.categories.decision import NOT_LEARNED
from textmine.errors import ConfigError
from textmine.label import Labeller
from textmine.learn.examples import make_examples
from textmine.learn.softmax import best_thresholds, fit_softmax, unseen_softmax
from textmine.learn.train_categories import train_categories
from textmine.learn.train_intent import train_intent
from textmine.retraining.prepare import prepare
from textmine.store.bundles import open_bundle
from textmine.store.shipped import SHIPPED_VOCABULARY, bundle_folders

THINGS = ("外套", "台灯", "书包", "水壶", "雨伞", "耳机", "毛毯", "闹钟", "花瓶", "相框")
SAID = {
    "product": ("这个{}用了两天就裂开", "{}的颜色发暗不喜欢"),
    "logistics": ("等了十天{}还在路上", "装{}的纸箱被压扁"),
    "price": ("买完{}第二天便宜一半", "{}卖得比别家高出许多"),
}


def _examples(**also: object) -> pd.DataFrame:
    rows = [(text.format(thing), code) for code, texts in SAID.items() for text, thing in product(texts, THINGS)]
    frame = pd.DataFrame(rows, columns=["text", "primary_category"])
    frame["categories"] = [[code, "service"] if code == "price" else [code] for code in frame["primary_category"]]
    frame["intent"] = np.where(frame["primary_category"] == "price", "statement", "complaint")
    return make_examples(frame.assign(**also), source="made")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bundle"
    shutil.copytree(open_bundle(bundle_folders(None)).path, made)
    for path in (*made.glob("heads-*"), *made.glob("learned-*")):
        path.unlink()
    for path in SHIPPED_VOCABULARY.iterdir():
        shutil.copy(path, made / path.name)
    return made


@pytest.mark.slow
def test_what_was_labelled_comes_out_again_with_a_second_level_and_evidence(folder: Path):
    prepared = prepare(_examples(), folder=folder)
    for learner in (train_categories, train_intent):
        learner(prepared, rank=8, columns=2000).save(folder)
    rows = Labeller.open(folder, bundle_id="made").label(
        ["这个风扇用了两天就裂开", "等了十天风扇还在路上", "买完风扇第二天便宜一半"]
    )
    assert rows["primary_category"].tolist() == ["product", "logistics", "price"]
    assert rows["intent"].tolist() == ["complaint", "complaint", "statement"]
    for given, subs in zip(rows["categories"], rows["subcategories"], strict=True):
        assert {label.partition(".")[0] for label in subs} == set(given)
    assert "service" in list(rows["categories"].iloc[2])
    assert rows["category_confidence"].between(0, 1).all()


@pytest.mark.slow
def test_the_same_rows_give_the_same_bytes(folder: Path, tmp_path: Path):
    prepared = prepare(_examples(), folder=folder)
    places = [tmp_path / "a", tmp_path / "b"]
    for place in places:
        place.mkdir()
        train_categories(prepared, rank=8, columns=2000).save(place)
    names = sorted(path.name for path in places[0].iterdir())
    assert names == ["heads-category.npz", "heads-primary.npz", "learned-categories.json"]
    assert [(places[0] / name).read_bytes() for name in names] == [(places[1] / name).read_bytes() for name in names]
    told = json.loads((places[0] / "learned-categories.json").read_text("utf-8"))
    seen = dict(zip(told["primary"]["codes"], told["primary"]["bias"], strict=True))
    assert seen["safety"] == NOT_LEARNED < seen["product"]


@pytest.mark.slow
def test_rows_of_one_category_each_need_no_second_decision(folder: Path):
    examples = _examples(categories=None)
    learned = train_categories(prepare(examples, folder=folder))
    assert learned.mentioned is None and set(learned.heads) == {"primary"}


@pytest.mark.slow
def test_a_label_that_is_no_category_is_refused(folder: Path):
    examples = _examples()
    examples.loc[0, "primary_category"] = "weather"
    with pytest.raises(ConfigError, match="no categories"):
        train_categories(prepare(examples, folder=folder), rank=8, columns=2000)


def test_a_class_of_two_rows_is_not_learned_and_the_rare_one_can_be_helped():
    numbers = np.array([[1.0], [1.0], [1.0], [1.0], [1.0], [1.0], [-1.0], [-1.0], [-1.0], [0.0], [0.0]])
    classes = np.array([0] * 6 + [1] * 3 + [2] * 2)
    weight = np.ones(11)
    plain = fit_softmax(numbers, classes, 3, weight=weight, C=1.0)
    assert plain.bias[2] == NOT_LEARNED and plain.odds(numbers)[:9].argmax(axis=1).tolist() == classes[:9].tolist()
    helped = fit_softmax(numbers, classes, 3, weight=weight, C=1.0, rare=1.0)
    # 6 and 3 of 11 rows: the rarer one gains log 2 against the other
    gained = (helped.bias - plain.bias)[:2]
    assert gained[1] - gained[0] == pytest.approx(np.log(2))


def test_odds_of_unseen_rows_come_from_the_other_folds():
    numbers, classes = np.repeat([[1.0], [-1.0]], 8, axis=0), np.repeat([0, 1], 8)
    folds = np.array([0, 1] * 8)
    odds = unseen_softmax(numbers, classes, 2, folds=folds, weight=np.ones(16), C=1.0)
    assert odds.argmax(axis=1).tolist() == classes.tolist()


def test_the_threshold_is_where_f1_is_best_and_nearest_to_a_half_among_equals():
    probability = np.array([[0.9], [0.42], [0.3], [0.1]])
    assert best_thresholds(probability, np.array([[True], [True], [False], [False]])).tolist() == [0.4]
    assert best_thresholds(probability, np.array([[True], [False], [False], [False]])).tolist() == [0.5]

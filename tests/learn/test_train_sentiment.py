"""Sentiment learned from a few hundred sentences put together from words, and read back from its files."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pandas as pd
import pytest

from textmine.errors import ConfigError
from textmine.heads.model import load_heads
from textmine.heads.score import score_heads
from textmine.learn.compile_snownlp import build_sentiment
from textmine.learn.examples import make_examples
from textmine.learn.train_sentiment import train_sentiment
from textmine.retraining.prepare import prepare
from textmine.sentiment.model import SentimentModel
from textmine.sentiment.score import score_sentiment

pytestmark = pytest.mark.slow
THINGS = ["房间", "早餐", "屏幕", "水果", "外套", "书", "快递", "客服", "电池", "汤", "位置", "包装"]
GOOD = ["蓝星星的", "绿星星的", "白星星的", "紫星星的", "红星星的", "黄星星的", "金星星的", "银星星的"]
BAD = [word.replace("星星", "石头") for word in GOOD]
FLAT = [word.replace("星星", "木板") for word in GOOD]


def _rows(words: list[str], label: str, source: str) -> pd.DataFrame:
    texts = [f"{thing}{word}，用了几天" for thing, word in itertools.product(THINGS, words)]
    return make_examples(pd.DataFrame({"text": texts, "sentiment": label}), source=source)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, vocabulary: Path) -> Path:
    folder = tmp_path_factory.mktemp("learned") / "bundle"
    shutil.copytree(vocabulary, folder)
    build_sentiment(folder, vocabulary=vocabulary)
    return folder


def test_what_is_learned_is_read_back_the_same_and_labels_what_the_rules_cannot(folder: Path) -> None:
    rows = [_rows(GOOD, "pos", "shop"), _rows(BAD, "neg", "shop"), _rows(GOOD[:4], "pos", "guideline:shop")]
    prepared = prepare(pd.concat([*rows, _rows(FLAT, "neu", "guideline:shop")], ignore_index=True), folder=folder)
    learned = train_sentiment(prepared, units=4, folds=2, most_neutral=0.2)
    learned.save(folder)
    before = {path.name: path.read_bytes() for path in folder.glob("*sentiment.npz")}
    assert sorted(before) == ["heads-sentiment.npz", "learned-sentiment.npz"]
    train_sentiment(prepared, units=4, folds=2, most_neutral=0.2).save(folder)
    assert {path.name: path.read_bytes() for path in folder.glob("*sentiment.npz")} == before
    heads = score_heads(prepared.ngrams, load_heads(folder))
    found = score_sentiment(prepared.documents, prepared.tokens, prepared.clauses, heads, model=SentimentModel.load(folder))
    polar = prepared.examples["sentiment"].ne("neu")
    right = (found["sentiment_score"] > 0) == prepared.examples["sentiment"].eq("pos")
    assert right[polar].mean() > 0.9
    assert found["sentiment_confidence"].between(0, 1).all()
    assert learned.card["out_of_fold"]["shop"]["rows"] > 100


def test_one_class_only_is_refused(folder: Path) -> None:
    prepared = prepare(_rows(GOOD, "pos", "shop"), folder=folder)
    with pytest.raises(ConfigError, match="one class"):
        train_sentiment(prepared, units=4, folds=2)

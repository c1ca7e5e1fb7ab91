"""On real reviews whose texts took no part in the tuning: those whose SHA-256, first 8 digits modulo 100, is below 20."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from textmine.sentiment.clauses import score_clauses
from textmine.sentiment.model import SentimentModel
from textmine.sentiment.score import score_sentiment
from textmine.text.cleaner import Cleaner
from textmine.text.documents import clean_texts

CutTexts = Callable[[Sequence[str]], pa.Table]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cleaner(vocabulary: Path) -> Cleaner:
    return Cleaner.load(vocabulary)


def _scored(texts: Sequence[str], cleaner: Cleaner, model: SentimentModel, cut_texts: CutTexts) -> pd.DataFrame:
    tokens = cut_texts(clean_texts(list(texts), cleaner=cleaner)[0])
    documents = pd.DataFrame({"validity": ["ok"] * len(texts)})
    return score_sentiment(documents, tokens, score_clauses(tokens, model=model), model=model)


def _held_out(text: str) -> bool:
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) % 100 < 20


def test_held_out_reviews_are_on_the_right_side_more_often_than_with_snownlp(
    shared: Path, cleaner: Cleaner, model: SentimentModel, cut_texts: CutTexts
) -> None:
    reviews = pd.read_parquet(shared / "data" / "reviews.parquet")
    reviews = reviews[reviews["text"].map(_held_out)].reset_index(drop=True)
    table = _scored(reviews["text"], cleaner, model, cut_texts)
    right = ((table["sentiment_score"] > 0) == (reviews["label"] == 1)).groupby(reviews["source"]).mean()
    snownlp = ((table["snownlp_score"] > 0.5) == (reviews["label"] == 1)).groupby(reviews["source"]).mean()
    for source, floor in {"shop": 0.90, "waimai": 0.86, "hotel": 0.72}.items():
        assert right[source] >= floor
        assert right[source] >= snownlp[source] + 0.05


def test_confidence_is_no_boast_on_held_out_reviews(
    shared: Path, cleaner: Cleaner, model: SentimentModel, cut_texts: CutTexts
) -> None:
    reviews = pd.read_parquet(shared / "data" / "reviews.parquet")
    reviews = reviews[reviews["text"].map(_held_out)].reset_index(drop=True)
    table = _scored(reviews["text"], cleaner, model, cut_texts)
    right = ((table["sentiment_score"] > 0) == (reviews["label"] == 1))[table["sentiment"] != "neu"]
    confidence = table["sentiment_confidence"][right.index]
    steps = pd.cut(confidence, [0.5, 0.65, 0.8, 0.9, 1])
    by_step = pd.DataFrame({"right": right, "confidence": confidence}).groupby(steps).mean()
    assert ((by_step["right"] - by_step["confidence"]).abs() < 0.08).all()


def test_three_labels_agree_with_the_readers(shared: Path, cleaner: Cleaner, model: SentimentModel, cut_texts: CutTexts) -> None:
    gold = pd.read_parquet(shared / "data" / "gold_dev.parquet")
    assert (_scored(gold["text"], cleaner, model, cut_texts)["sentiment"] == gold["sentiment"]).mean() >= 0.85

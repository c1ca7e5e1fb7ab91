"""Which rows learn together, and the head that tells contrasting sentences from other short texts."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from textmine.heads.score import score_heads
from textmine.learn.compile_snownlp import build_sentiment
from textmine.learn.examples import make_examples
from textmine.learn.prepared import Prepared
from textmine.learn.sentiment_heads import NEVER, RUN, Given, fit_heads
from textmine.retraining.prepare import prepare
from textmine.sentiment.traits import TERSE

pytestmark = pytest.mark.slow
THINGS = ["房间", "早餐", "屏幕", "水果", "外套", "快递", "客服", "电池", "包装", "位置", "味道", "价格"]


def _rows(words: str, labels: list[str], source: str) -> pd.DataFrame:
    texts = [(f"{thing}{word}", label) for thing in THINGS for word in words.split() for label in labels]
    spread = [(f"{text}{'第' * (label != labels[0])}", label) for text, label in texts]
    return make_examples(pd.DataFrame(spread, columns=["text", "sentiment"]), source=source)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, vocabulary: Path) -> Path:
    folder = tmp_path_factory.mktemp("heads") / "bundle"
    shutil.copytree(vocabulary, folder)
    build_sentiment(folder, vocabulary=vocabulary)
    return folder


def _prepared(folder: Path, *, contrast: bool) -> Prepared:
    reviews = [_rows("星星的很好 石头的不好", ["pos", "neg"], "shop")]
    written = [_rows("哪里木板了 何曾纸板过 谁说铁板呢", ["neg", "pos", "neu"], "contrast")] if contrast else []
    return prepare(pd.concat([*reviews, *written], ignore_index=True), folder=folder)


def test_neighbours_among_contrast_sentences_share_a_part_and_other_rows_keep_their_groups(folder: Path) -> None:
    prepared = _prepared(folder, contrast=True)
    given = Given.of(prepared, folds=3)
    assert given.contrast.sum() > RUN
    assert given.fold[given.contrast].tolist() == (np.arange(given.contrast.sum()) // RUN % 3).tolist()
    rest = ~given.contrast
    assert given.fold[rest].tolist() == (prepared.examples["fold"].to_numpy()[rest] % 3).tolist()


def test_the_terse_head_knows_contrast_sentences_and_is_silent_where_there_are_none(folder: Path) -> None:
    prepared = _prepared(folder, contrast=True)
    given = Given.of(prepared, folds=3)
    score = score_heads(prepared.ngrams, fit_heads(given, units=2)[0]).column(TERSE)
    assert score[given.contrast].min() > score[given.two_way].max()
    alone = _prepared(folder, contrast=False)
    heads, _ = fit_heads(Given.of(alone, folds=3), units=2)
    assert set(score_heads(alone.ngrams, heads).column(TERSE)) == {NEVER}


def test_where_no_source_is_two_way_nor_read_by_hand_all_labelled_rows_say_how_far_to_trust():
    none, labelled = np.zeros(3, bool), np.array([True, True, False])
    three_way_only = SimpleNamespace(two_way=none, by_hand=none, labelled=labelled)
    assert Given.judged.fget(three_way_only).tolist() == [True, True, False]
    read = SimpleNamespace(two_way=none, by_hand=np.array([False, True, False]), labelled=labelled)
    assert Given.judged.fget(read).tolist() == [False, True, False]

"""Aspects learned from opinions: which heads there are, when they are clear, what they mean."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from textmine.aspects.model import load_aspects
from textmine.errors import ConfigError
from textmine.heads.model import load_heads
from textmine.heads.score import score_heads
from textmine.learn.examples import make_examples
from textmine.learn.prepared import Prepared
from textmine.learn.train_aspects import _threshold, train_aspects
from textmine.taxonomy import read_taxonomy
from textmine.text.ngrams import hash_ngrams
from textmine.text.segment import Cutter, cut

TAXONOMY = """
version = "1"
chinese = "试"
fallback = "other"
[[category]]
code = "seat"
chinese = "座位"
definition = "座位"
team = "甲"
sub = [{ code = "soft", chinese = "软硬", words = ["座椅"] }, { code = "heat", chinese = "加热", words = ["坐垫热"] }]
[[category]]
code = "fuel"
chinese = "油耗"
definition = "油耗"
team = "乙"
sub = [{ code = "use", chinese = "油耗", words = ["油耗"] }]
[[category]]
code = "other"
chinese = "其他"
definition = "其他"
team = "丙"
sub = [{ code = "general", chinese = "笼统", words = [] }]
"""
SEAT = ("坐久了腰酸", "靠背太硬了", "坐着像沙发", "靠背托得住腰")
FUEL = ("一箱跑七百公里", "加油加得心疼", "百公里才六个油", "加满一箱四百块")


def _prepared(folder: Path, aspects: list[str | None]) -> Prepared:
    (folder / "taxonomy.toml").write_text(TAXONOMY, "utf-8")
    texts = [f"{sentence}，第{n}次说" for n in range(len(aspects) // 8) for sentence in (*SEAT, *FUEL)]
    examples = make_examples(pd.DataFrame({"text": texts, "aspect": aspects}))
    examples = examples.assign(group=texts, fold=np.arange(len(texts)) % 90, held_out=False)
    documents = pd.DataFrame({"text": texts, "validity": "ok"})
    shipped = Path(__file__).parents[2] / "src/textmine/vocabulary/dictionary.txt"
    tokens = cut(documents, cutter=Cutter(shipped))
    nothing = pd.DataFrame()
    return Prepared(examples, documents, tokens, hash_ngrams(tokens, n_documents=len(texts)), nothing, nothing, folder)


def test_each_aspect_with_five_texts_has_a_head_that_tells_it_from_the_others(tmp_path: Path) -> None:
    prepared = _prepared(tmp_path, (["seat"] * 4 + ["fuel"] * 4) * 4)
    learned = train_aspects(prepared, folds=2)
    learned.save(tmp_path)
    heads = load_heads(tmp_path)
    assert heads.names == ("aspect.seat", "aspect.fuel")
    said = score_heads(prepared.ngrams, heads).columns("aspect.")
    assert (said.argmax(axis=1) == np.tile([0] * 4 + [1] * 4, 4)).all()
    model = load_aspects(tmp_path, taxonomy=read_taxonomy(tmp_path / "taxonomy.toml"), heads=heads)
    assert model is not None and model.labels == {"seat": "seat.soft", "fuel": "fuel.use"}


def test_a_head_means_the_second_level_that_is_labelled_most_often(tmp_path: Path) -> None:
    learned = train_aspects(_prepared(tmp_path, (["seat.heat"] * 4 + ["fuel"] * 4) * 4), folds=2)
    assert learned.labels["seat"] == "seat.heat"


def test_the_same_rows_make_the_same_bytes(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        train_aspects(_prepared(folder, (["seat"] * 4 + ["fuel"] * 4) * 4), folds=2).save(folder)
        files.append([path.read_bytes() for path in sorted(folder.glob("*aspect*"))])
    assert files[0] == files[1] and len(files[0]) == 2


def test_a_label_that_is_no_aspect_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no aspects"):
        train_aspects(_prepared(tmp_path, (["seat"] * 4 + ["wings"] * 4) * 4))


def test_the_threshold_is_the_lowest_score_at_which_the_share_of_right_ones_still_holds() -> None:
    values, right = np.array([3.0, 2.0, 1.0, 0.0]), np.array([True, True, False, False])
    assert _threshold(values, right, 0.9) == 2.0
    assert _threshold(values, right, 0.6) == 1.0
    assert _threshold(values, ~right, 0.9) == 3.0


def test_what_was_learned_holds_numbers_and_codes_alone(tmp_path: Path) -> None:
    train_aspects(_prepared(tmp_path, (["seat"] * 4 + ["fuel"] * 4) * 4), folds=2).save(tmp_path)
    raw = json.loads((tmp_path / "learned-aspects.json").read_text("utf-8"))
    assert set(raw) == {"thresholds", "labels"} and set(raw["thresholds"]) == {"seat", "fuel"}

"""Learned decisions: heads and clues added, calibrated, told with words; the rules where nothing was learned."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from textmine.categories.ballots import count_ballots
from textmine.categories.categories import decide_categories
from textmine.categories.clues import Clues, clue_names, read_clues
from textmine.categories.decision import NOT_LEARNED, Decision, softmax
from textmine.categories.explain import explain_labels
from textmine.categories.intent import decide_intent
from textmine.categories.model import CATEGORIES_FILE, CategoryModel, load_categories
from textmine.errors import BundleError
from textmine.heads.model import LinearHeads
from textmine.heads.score import HeadScores
from textmine.taxonomy import Category, Subcategory, Taxonomy
from textmine.text.ngrams import Ngrams, Order

SUBS = (Subcategory("taste", "口味", ("难吃",)), Subcategory("size", "份量", ("太少",)))
TAXONOMY = Taxonomy(
    "1",
    "试",
    "other",
    (
        Category("product", "产品", "产品", "甲", ("难吃",), SUBS),
        Category("logistics", "物流", "物流", "乙", ("慢",), (Subcategory("speed", "速度", ("送得慢",)),)),
        Category("other", "其他", "其他", "丙", ("嗯",), (Subcategory("general", "笼统", ("不错",)),)),
    ),
)
CODES = ("product", "logistics", "other")
NAMES = clue_names(CODES, TAXONOMY.labels)
CLAUSES = pd.DataFrame({"doc": [0], "praise": [0.0], "blame": [1.0], "log_ratio": [0.0], "n_tokens": [3]})


def _decision(task: str, codes: tuple[str, ...], bias: tuple[float, ...], **weight: tuple[float, ...]) -> Decision:
    weights = tuple(weight.get(name.replace(":", "_"), (0.0,) * len(codes)) for name in NAMES)
    return Decision(task, codes, NAMES, weights, bias, ((0.0, 0.0), (1.0, 0.5)))


def _scores(task: str, codes: tuple[str, ...], *rows: tuple[float, ...]) -> HeadScores:
    places = np.arange(len(rows), dtype=np.int32)
    return HeadScores(tuple(f"{task}.{code}" for code in codes), places, places, np.array(rows), np.array(rows))


def _clues(documents, hits) -> tuple[Clues, object]:
    ballots = count_ballots(documents, hits, taxonomy=TAXONOMY)
    return read_clues(documents, hits, CLAUSES, ballots=ballots), ballots


def test_odds_are_the_heads_and_the_clues_together():
    clues = Clues(("a", "b"), np.array([[1.0, 2.0]]))
    decision = Decision("primary", ("x", "y"), ("a", "b"), ((0.5, 0.0), (0.0, 1.0)), (0.1, -0.1))
    assert decision.odds(clues, np.array([[1.0, 0.0]])).tolist() == [[1.6, 1.9]]


def test_a_code_that_was_never_seen_is_never_the_winner():
    clues = Clues(("a",), np.array([[1.0]]))
    decision = Decision("primary", ("x", "y"), ("a",), ((0.0, 0.0),), (-5.0, NOT_LEARNED))
    assert softmax(decision.odds(clues, np.array([[0.0, 50.0]]))).argmax(axis=1).tolist() == [0]


def test_confidence_is_read_between_the_points_of_the_calibration():
    decision = _decision("primary", CODES, (0.0, 0.0, 0.0))
    assert decision.confidence(np.array([0.4, 1.0])).tolist() == [0.2, 0.5]


def test_the_most_likely_category_is_first_and_others_follow_where_they_reach_their_threshold(documents_of, hits_of):
    documents = documents_of(["难吃，送得慢"])
    clues, ballots = _clues(documents, hits_of((0, 0, 0, "category", "product.taste", "难吃", 1.0)))
    model = CategoryModel(
        _decision("primary", CODES, (0.0, 0.0, 0.0)),
        _decision("category", CODES, (0.0, 0.0, 0.0)),
        (0.5, 0.5, 0.5),
        {"product": "product.size", "logistics": "logistics.speed", "other": "other.general"},
    )
    first, second = _scores("primary", CODES, (0.0, 2.0, 1.0)), _scores("category", CODES, (3.0, -1.0, -1.0))
    heads = HeadScores(
        (*first.names, *second.names), first.doc, first.clause, first.clauses, np.hstack([first.documents, second.documents])
    )
    row = decide_categories(documents, ballots, clues, heads, model=model).iloc[0]
    assert (row["primary_category"], list(row["categories"])) == ("logistics", ["logistics", "product"])
    # 口味 is told by its word; nothing tells what of 物流, so its usual second level stands
    assert sorted(row["subcategories"]) == ["logistics.speed", "product.taste"]
    # e^2 / (1 + e^2 + e) is 0.6652, and the points say half of it
    assert row["category_confidence"] == pytest.approx(0.3326)


def test_a_text_that_is_not_scored_has_no_category_and_no_intent(documents_of, hits_of):
    documents = documents_of(["广告"], validity=["advert"])
    clues, ballots = _clues(documents, hits_of())
    seconds = {"product": "product.taste", "logistics": "logistics.speed", "other": "other.general"}
    model = CategoryModel(_decision("primary", CODES, (0.0, 0.0, 0.0)), None, (1.0, 1.0, 1.0), seconds)
    row = decide_categories(documents, ballots, clues, _scores("primary", CODES, (1.0, 0.0, 0.0)), model=model).iloc[0]
    assert list(row["categories"]) == [] and list(row["subcategories"]) == [] and pd.isna(row["primary_category"])
    decided = decide_intent(
        documents, clues, _scores("intent", ("a", "b"), (1.0, 0.0)), model=_decision("intent", ("a", "b"), (0.0, 0.0))
    )
    assert pd.isna(decided["intent"].iloc[0]) and np.isnan(decided["intent_confidence"].iloc[0])


def test_clues_tell_a_text_that_names_nothing(documents_of, hits_of):
    documents = documents_of(["还可以？", "难吃"])
    clues, _ = _clues(documents, hits_of((1, 0, 0, "category", "product.taste", "难吃", 1.0)))
    assert clues.names == NAMES
    column = dict(zip(clues.names, clues.values.T, strict=True))
    assert column["mute"].tolist() == [1.0, 0.0] and column["questions"].tolist() == [1.0, 0.0]
    assert column["most:product"].tolist() == [0.0, 1.0]
    assert column["near:product"].tolist() == [0.0, 1.0]  # named at the first character


def test_a_model_of_another_taxonomy_or_without_its_heads_is_refused(tmp_path: Path):
    decision = _decision("primary", CODES, (0.0, 0.0, 0.0))
    seconds = {"product": "product.taste", "logistics": "logistics.speed", "other": "other.general"}
    raw = {"primary": decision.plain(), "mentioned": None, "thresholds": [1, 1, 1], "seconds": seconds}
    (tmp_path / CATEGORIES_FILE).write_text(json.dumps(raw), "utf-8")
    with pytest.raises(BundleError, match="heads are missing"):
        load_categories(tmp_path, taxonomy=TAXONOMY, heads=LinearHeads.none())
    other = Taxonomy("2", "试", "other", TAXONOMY.categories[1:])
    with pytest.raises(BundleError, match="another taxonomy"):
        load_categories(tmp_path, taxonomy=other, heads=LinearHeads.none())
    assert load_categories(tmp_path / "none", taxonomy=TAXONOMY, heads=LinearHeads.none()) is None


def test_words_that_weigh_most_explain_a_label_without_words_of_its_own(hits_of):
    weights = np.zeros((16, 1))
    weights[[3, 5, 6]] = [[2.0], [1.0], [0.1]]
    heads = LinearHeads.of(("category.logistics", "urgency.urgent"), np.hstack([weights, np.eye(16)[:, [6]]]), [0.0, 0.0])
    tokens = pa.table(
        {
            "doc": pa.array([0, 0, 0, 0], pa.int32()),
            "start": pa.array([0, 2, 4, 6], pa.int32()),
            "clause": pa.array([0] * 4, pa.int32()),
            "token": ["半天", "才来", "好的", "，，"],
        }
    )
    empty = Order(np.zeros(0, np.int32), np.zeros(2, np.int64))
    words = Order(np.array([3, 5, 6, 3], np.int32), np.array([0, 4], np.int64))
    ngrams = Ngrams(1, 4, np.zeros(1, np.int32), np.zeros(1, np.int32), (empty,) * 4 + (words, empty))
    told = explain_labels(
        tokens,
        ngrams,
        hits_of((0, 0, 0, "intent", "complaint", "半天", 1.0)),
        heads=heads,
        subcategories=pd.Series([["logistics.speed"]], dtype=pd.ArrowDtype(pa.list_(pa.string()))),
        intents=pd.Series(["complaint"], dtype="str"),
        urgencies=pd.Series(["urgent"], dtype="str"),
    )
    # 好的 weighs a twentieth of 半天, punctuation is no word; the complaint has its own cue
    assert told[told["list"] == "category"]["words"].tolist() == ["半天", "才来"]
    # the urgency has its own head, in which 好的 weighs most
    assert told[told["list"] == "urgency"]["words"].tolist() == ["好的"]
    assert len(told) == 4

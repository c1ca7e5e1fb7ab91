"""A person's labels over the model's."""

from __future__ import annotations

import pandas as pd

from textmine.labelfiles.overlay import overlay, overlay_priority

SENTIMENT = pd.DataFrame(
    {"sentiment": ["neg", "pos", None], "sentiment_score": [-0.8, 0.9, None], "sentiment_confidence": [0.7, 0.6, None]}
).assign(undecided=pd.array([True, True, None], "boolean"))
CATEGORIES = pd.DataFrame(
    {
        "categories": [["service", "product"], ["product"], []],
        "subcategories": [["service.attitude", "product.taste"], ["product.taste"], []],
        "primary_category": ["service", "product", None],
        "category_confidence": [0.6, 0.8, None],
    }
)
INTENT = pd.DataFrame({"intent": ["complaint", "praise", None], "intent_confidence": [0.5, 0.9, None]})


def laid(**said: list):
    columns = {name: said.get(name, [None] * 3) for name in ("sentiment", "categories", "primary_category", "intent", "priority")}
    return overlay(SENTIMENT, CATEGORIES, INTENT, pd.DataFrame(columns))


def test_where_nobody_spoke_the_model_stays():
    said = laid()
    assert said.sentiment["sentiment"].tolist()[:2] == ["neg", "pos"]
    assert said.categories["category_confidence"].tolist()[:2] == [0.6, 0.8]
    assert said.intent["intent_confidence"].tolist()[:2] == [0.5, 0.9]


def test_a_confirmed_sentiment_keeps_its_score_and_another_one_gets_the_middle_of_its_side():
    said = laid(sentiment=["neg", "neg", "pos"]).sentiment
    assert said["sentiment"].tolist() == ["neg", "neg", "pos"]
    assert said["sentiment_score"].tolist() == [-0.8, -0.5, 0.5]
    assert said["sentiment_confidence"].tolist() == [1.0, 1.0, 1.0]
    assert said["undecided"].tolist() == [False, False, False]


def test_a_list_of_categories_keeps_the_primary_one_if_it_can_and_drops_what_hangs_on_others():
    said = laid(categories=[["product"], ["service", "product"], ["service"]]).categories
    assert said["categories"].tolist() == [["product"], ["product", "service"], ["service"]]
    assert said["primary_category"].tolist() == ["product", "product", "service"]
    assert said["subcategories"].tolist() == [["product.taste"], ["product.taste"], []]


def test_a_primary_category_alone_comes_first_and_the_others_stay():
    said = laid(primary_category=["product", "service", None]).categories
    assert said["categories"].tolist() == [["product", "service"], ["service", "product"], []]
    assert said["category_confidence"].tolist()[:2] == [1.0, 1.0]
    assert pd.isna(said["primary_category"][2])


def test_an_intent_is_replaced():
    assert laid(intent=["praise", None, None]).intent["intent"].tolist()[:2] == ["praise", "praise"]


def test_a_priority_wins_over_the_policy_and_its_score_stays():
    ranked = pd.DataFrame({"priority": ["P2", "P3"], "priority_score": [1.5, 0.1]})
    said = overlay_priority(ranked, pd.Series(["P0", None], dtype="str"))
    assert said["priority"].tolist() == ["P0", "P3"]
    assert said["priority_score"].tolist() == [1.5, 0.1]

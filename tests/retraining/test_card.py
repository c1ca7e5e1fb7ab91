from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd

from textmine.learn.evaluate import FIGURE_COLUMNS
from textmine.learn.examples import make_examples
from textmine.learn.gate import Check, Verdict
from textmine.retraining.card import card_figures, make_card, with_figures

ROWS = {
    "text": ["好吃", "太慢", "一般", "还行"],
    "role": ["train", "train", "gold", "text"],
    "source": ["shop", "shop", "gold", "more"],
}
EXAMPLES = make_examples(pd.DataFrame(ROWS)).assign(held_out=[False, True, True, False])
FIGURES = pd.DataFrame([("sentiment", "gold", "gold", "", "ece", 1, 0.1, np.nan, np.nan)], columns=list(FIGURE_COLUMNS))
CHECK = Check("sentiment", "shop", "accuracy", 300, 0.9, 0.8, -0.1, -0.05, "fell")


def card(before=None):
    learned = {"intent": SimpleNamespace(card={"rows": 3})}
    made = make_card(EXAMPLES, learned, before=before or {}, note="ours", origin={"recipe": "own"})
    return json.loads(json.dumps(with_figures(made, FIGURES, Verdict("old", (CHECK,)))))


def test_sources_splits_learners_figures_and_verdict_are_in_the_card():
    made = card()
    assert made["sources"] == {"gold": 1, "more": 1, "shop": 2}
    assert made["split"]["rows"] == {"train": 1, "held_out": 1, "gold": 1, "text": 1}
    assert (made["tasks"], made["note"], made["recipe"]) == ({"intent": {"rows": 3}}, "ours", "own")
    assert (made["gate"]["champion"], made["gate"]["passed"]) == ("old", False)
    assert "scikit-learn" in made["made_with"]


def test_the_figures_come_back_out_of_the_card():
    found = card_figures(card())
    assert found[["task", "measure", "n", "value"]].to_numpy().tolist() == [["sentiment", "ece", 1, 0.1]]
    assert found["low"].isna().all()
    assert card_figures({}).empty


def test_what_was_not_learned_again_is_told_as_before():
    made = card(before={"tasks": {"topics": {"topics": 60}}, "labels": {"topics": "60 topics"}, "note": "theirs"})
    assert made["tasks"] == {"topics": {"topics": 60}, "intent": {"rows": 3}}
    assert made["labels"]["topics"] == "60 topics"
    assert made["labels"]["intent"].startswith("learned")


def test_no_text_is_in_the_card():
    assert not any(text in json.dumps(card(), ensure_ascii=False) for text in EXAMPLES["text"])

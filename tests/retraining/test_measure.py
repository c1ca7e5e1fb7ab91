from __future__ import annotations

from types import SimpleNamespace

import pandas as pd

from textmine.retraining import measure as module
from textmine.retraining.measure import milliseconds


def opinions(aspects, primary, sentiment):
    found = pd.DataFrame(aspects, columns=["doc", "aspect", "polarity", "polarity_score"])
    rows = pd.DataFrame({"primary_category": primary, "sentiment": sentiment})
    return module._opinions(SimpleNamespace(aspects=found), rows).to_numpy().tolist()


def test_the_strongest_aspect_of_the_primary_category_stands_for_a_text():
    said = opinions(
        [(0, "service.attitude", "neg", -0.9), (0, "price.level", "neg", -0.2), (0, "price.offer", "pos", 0.4)],
        ["price"],
        ["neg"],
    )
    assert said == [["price.offer", "pos"]]


def test_without_one_the_strongest_of_any_and_without_any_what_the_text_has():
    said = opinions([(0, "service.attitude", "neg", -0.9)], ["price", "product"], ["neg", "pos"])
    assert said == [["service.attitude", "neg"], ["product", "pos"]]


class Clock:
    """A labeller that takes its time."""

    def __init__(self, seconds, clock):
        self.seconds, self.clock = list(seconds), clock

    def read(self, feedback):
        self.clock[0] += self.seconds.pop(0)


def test_the_best_of_five_turns_counts_a_text(monkeypatch):
    now = [0.0]
    monkeypatch.setattr(module.time, "perf_counter", lambda: now[0])
    slow, quick = Clock([9, 4, 8, 7, 6], now), Clock([3, 3, 2, 3, 3], now)
    assert milliseconds([slow, quick], pd.Series(["a", "b"])) == [2.0, 1.0]

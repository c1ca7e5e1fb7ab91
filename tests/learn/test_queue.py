"""The review queue of a night."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.learn.queue import COLUMNS_READ, choose_queue, quotas


def rows(n: int, **columns: object) -> pd.DataFrame:
    """``n`` texts r00, r01 ... of one channel and topic, nothing remarkable about them."""
    plain = {
        "feedback_id": [f"r{at:02}" for at in range(n)],
        "channel": "survey",
        "validity": "ok",
        "near_duplicate_group": None,
        "sentiment": "neg",
        "sentiment_confidence": 0.9,
        "categories": [["service"]] * n,
        "primary_category": "service",
        "category_confidence": 0.9,
        "intent": "complaint",
        "intent_confidence": 0.9,
        "priority": "P2",
        "flags": [[]] * n,
        "topic_id": -1,
        "label_source": "model",
        "bundle_id": "b1",
    }
    frame = pd.DataFrame({**plain, **columns})[list(COLUMNS_READ)]
    texts = ("feedback_id", "channel", "near_duplicate_group", "sentiment", "primary_category", "intent", "priority")
    return frame.astype(dict.fromkeys(texts, "str"))  # also where there are no rows


def chosen(frame: pd.DataFrame, **how: object) -> list[str]:
    return choose_queue(frame, **{"random_share": 0.0, **how})["feedback_id"].tolist()


def test_the_least_certain_text_comes_first_and_its_uncertainty_is_the_chance_of_any_wrong_label():
    queue = choose_queue(rows(2, sentiment_confidence=[0.9, 0.5], category_confidence=[0.9, 0.8], intent_confidence=1.0))
    assert queue["feedback_id"].tolist() == ["r01", "r00"]
    assert queue["uncertainty"].tolist() == [0.6, 0.19]
    assert queue["rank"].tolist() == [1, 2]


def test_urgent_texts_without_a_clear_category_come_first_then_ratings_that_contradict_the_text():
    frame = rows(
        3, sentiment_confidence=[0.3, 0.9, 0.9], priority=["P2", "P2", "P0"], category_confidence=[0.9, 0.9, 0.5],
        flags=[["undecided"], ["churn_risk", "score_text_conflict"], []],
    )  # fmt: skip
    assert choose_queue(frame, random_share=0.0)["reason"].tolist() == ["urgent", "conflict", "uncertain"]


def test_one_text_of_a_near_duplicate_group_is_asked_the_least_certain():
    frame = rows(3, near_duplicate_group=["r00", "r00", None], sentiment_confidence=[0.8, 0.2, 0.9])
    assert chosen(frame) == ["r01", "r02"]


def test_texts_that_a_person_labelled_or_that_are_not_scored_are_not_asked():
    assert chosen(rows(3, label_source=["human", "model", "model"], validity=["ok", "template", "ok"])) == ["r02"]


def test_topics_and_categories_take_turns():
    frame = rows(4, sentiment_confidence=[0.1, 0.2, 0.8, 0.9], topic_id=[1, 1, 2, 2])
    assert chosen(frame, size=2) == ["r00", "r02"]


def test_a_small_channel_gets_a_few():
    frame = rows(60, channel=["survey"] * 57 + ["crm"] * 3)
    queue = choose_queue(frame, size=20, random_share=0.0)
    assert queue["channel"].value_counts().to_dict() == {"survey": 17, "crm": 3}


def test_quotas_are_in_proportion_above_the_least_and_never_more_than_there_is():
    assert quotas(pd.Series({"a": 90, "b": 30, "c": 2}), 42).to_dict() == {"a": 28, "b": 12, "c": 2}
    assert quotas(pd.Series({"a": 1, "b": 1}), 10).to_dict() == {"a": 1, "b": 1}
    assert quotas(pd.Series({"a": 50, "b": 50, "c": 50}), 2).to_dict() == {"a": 1, "b": 1, "c": 0}


def test_the_random_part_does_not_ask_for_uncertainty_and_lies_evenly_in_the_queue():
    frame = rows(40, sentiment_confidence=[0.1] * 20 + [0.99] * 20, feedback_id=[f"f_{at * 7919 % 40:012x}" for at in range(40)])
    queue = choose_queue(frame, size=20, random_share=0.2)
    drawn = queue[queue["reason"] == "random"]
    assert drawn["feedback_id"].tolist() == [f"f_{at:012x}" for at in range(4)]  # the lowest draws
    assert drawn["rank"].between(1, 20).all()
    assert drawn["rank"].diff().dropna().between(4, 6).all()


def test_without_texts_or_with_a_size_of_none_the_queue_is_empty():
    assert choose_queue(rows(0)).empty
    assert choose_queue(rows(3), size=0).empty


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.floats(0, 1), st.sampled_from(["P0", "P3"])), max_size=40),
    st.integers(0, 30),
    st.floats(0, 1),
    st.randoms(use_true_random=False),
)
def test_the_queue_has_its_size_no_text_twice_and_does_not_depend_on_the_order_of_rows(found, size, share, order):
    channel, topic, sure, priority = ([row[at] for row in found] for at in range(4))
    frame = rows(len(found), channel=channel, topic_id=topic, sentiment_confidence=sure, priority=priority)
    queue = choose_queue(frame, size=size, random_share=share)
    assert len(queue) == min(size, len(found))
    assert queue["feedback_id"].is_unique
    assert queue["rank"].tolist() == list(range(1, len(queue) + 1))
    mixed = frame.iloc[order.sample(range(len(frame)), len(frame))].reset_index(drop=True)
    assert choose_queue(mixed, size=size, random_share=share).equals(queue)

"""No near duplicate is on both sides, and neither order nor further rows move anything."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.learn.examples import make_examples
from textmine.learn.split import folds, split_examples

LONG = "这家店的服务员态度很好，上菜也快，就是停车不太方便，下次还会带家人一起来"


def examples(texts, **columns):
    return make_examples(pd.DataFrame({"text": texts, **columns}))


TEXTS = st.lists(st.text("甲乙丙丁好坏快慢", min_size=1, max_size=12), min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(TEXTS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_is_irrelevant(texts, random):
    order = list(range(len(texts)))
    random.shuffle(order)
    straight = split_examples(examples(texts))
    shuffled = split_examples(examples([texts[place] for place in order]))
    pd.testing.assert_frame_equal(straight.iloc[order].reset_index(drop=True), shuffled)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_no_group_is_on_both_sides_and_further_rows_move_only_the_groups_they_join(texts, more):
    before, after = split_examples(examples(texts)), split_examples(examples(texts + more))
    assert after.groupby("group")["held_out"].nunique().max() == 1
    assert after.groupby("group")["fold"].nunique().max() == 1
    own, added = after.iloc[: len(texts)], after.iloc[len(texts) :]
    untouched = ~own["group"].isin(added["group"])
    pd.testing.assert_frame_equal(own[untouched], before[untouched])


def test_near_duplicates_share_a_group_and_its_fold():
    found = split_examples(examples([LONG, LONG + "！", LONG + "了", "物流太慢，等了十天"]))
    assert found["group"].nunique() == 2
    assert found["group"].iloc[:3].nunique() == 1
    assert found["fold"].iloc[:3].nunique() == 1


def test_about_a_tenth_is_held_out_and_the_fold_says_which():
    found = split_examples(examples([f"第{n}位顾客说的第{n * 7}句话" for n in range(2000)]))
    assert 0.07 < found["held_out"].mean() < 0.13
    assert (found["held_out"] == (found["fold"] >= 90)).all()


def test_the_newest_tenth_of_a_dated_source_is_held_out_whatever_its_fold():
    days = pd.date_range("2026-01-01", periods=20)
    found = split_examples(examples([f"第{n}天的第{n}句话" for n in range(20)], created_at=days))
    assert found["held_out"].iloc[-2:].all()
    assert (found["held_out"] == (found["fold"] >= 90)).iloc[:-2].all()


def test_a_near_duplicate_of_a_gold_text_is_never_trained_on():
    rows = examples([LONG, LONG + "。", "物流太慢，等了十天"], role=["gold", "train", "train"])
    found = split_examples(rows)
    assert found["held_out"].iloc[:2].all()


def test_folds_for_tuning_cover_each_row_below_ninety_once():
    fold = np.arange(100, dtype=np.int16)
    masks = folds(fold, 5)
    assert np.sum(masks, axis=0).tolist() == [1] * 90 + [0] * 10

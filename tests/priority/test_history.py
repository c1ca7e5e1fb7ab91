from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.priority.history import PAST_COLUMNS, TONIGHT_COLUMNS, count_history

NIGHT = dt.date(2026, 11, 20)
DEFAULTS = {
    "customer_key": None,
    "product": None,
    "region": None,
    "topic_id": -1,
    "primary_category": "product",
    "intent": "complaint",
    "sentiment": "neg",
    "received_at": pd.Timestamp("2026-11-20T02:00:00Z"),
    "near_duplicate_group": None,
    "urgent": False,
}


def tonight(*rows: dict) -> pd.DataFrame:
    filled = [{"feedback_id": f"f{at}", **DEFAULTS, **row} for at, row in enumerate(rows)]
    return pd.DataFrame(filled, columns=list(TONIGHT_COLUMNS))


def past(*rows: tuple[int, dict]) -> pd.DataFrame:
    filled = [{**DEFAULTS, **row, "night": NIGHT - dt.timedelta(days=ago)} for ago, row in rows]
    return pd.DataFrame(filled, columns=list(PAST_COLUMNS))


def counted(policy, now: pd.DataFrame, before: pd.DataFrame, term: str) -> list[float]:
    return count_history(now, before, night=NIGHT, policy=policy)[term].tolist()


def test_a_customer_who_complained_on_two_of_the_last_nights_has_repeat_two(policy):
    before = past((1, {"customer_key": "a"}), (1, {"customer_key": "a"}), (9, {"customer_key": "a"}), (2, {"customer_key": "b"}))
    now = tonight({"customer_key": "a"}, {"customer_key": "b"}, {"customer_key": "c"}, {})
    assert counted(policy, now, before, "repeat") == [2, 1, 0, 0]


def test_the_night_itself_later_nights_and_nights_beyond_thirty_are_not_read(policy):
    before = past(*[(ago, {"customer_key": "a"}) for ago in (0, -1, 31, 30)])
    assert counted(policy, tonight({"customer_key": "a"}), before, "repeat") == [1]


def test_praise_has_no_repeat_burst_or_reach(policy):
    before = past(*[(ago, {"customer_key": "a", "topic_id": 3}) for ago in range(1, 9)])
    now = tonight({"customer_key": "a", "topic_id": 3, "intent": "praise", "sentiment": "pos"})
    assert count_history(now, before, night=NIGHT, policy=policy).iloc[0].tolist() == [0, 0, 0, 0]


def test_reach_counts_customers_products_and_regions_of_the_topic_within_seven_nights(policy):
    before = past(
        (6, {"topic_id": 3, "customer_key": "a", "product": "锅", "region": "北京"}),
        (6, {"topic_id": 4, "customer_key": "x", "product": "杯"}),
        (7, {"topic_id": 3, "customer_key": "z"}),
        (1, {"topic_id": 3, "customer_key": "p", "intent": "praise", "sentiment": "pos"}),
    )
    now = tonight({"topic_id": 3, "customer_key": "b", "product": "锅"}, {"topic_id": -1, "customer_key": "b"})
    assert counted(policy, now, before, "reach") == [2 + 1 + 1, 0]  # a and b, 锅, 北京


def test_ten_issues_of_a_topic_against_one_a_night_is_a_burst_of_nine(policy):
    before = past(*[(ago, {"topic_id": 3, "primary_category": "price"}) for ago in range(1, 8)])
    now = tonight(*[{"topic_id": 3, "primary_category": "price"}] * 10)
    assert counted(policy, now, before, "burst") == [9.0] * 10  # (10 - 1) / sqrt(max(1, 0, 1))


def test_the_larger_burst_of_topic_and_category_counts(policy):
    before = past(*[(ago, {"topic_id": 3, "primary_category": "price"}) for ago in range(1, 8)] * 4)
    now = tonight(*[{"topic_id": 3, "primary_category": "price"}] * 6, {"topic_id": -1, "primary_category": "price"})
    # topic: (6 - 4) / sqrt(4) = 1; category: (7 - 4) / 2 = 1.5
    assert counted(policy, now, before, "burst") == [1.5] * 7


def test_nights_that_vary_by_more_than_chance_widen_the_burst(policy):
    counts = [0, 8, 0, 8, 0, 8, 0, 8]
    before = past(
        *[(ago, {"topic_id": 3}) for ago, n in enumerate(counts, 1) for _ in range(n)],
        *[(ago, {"topic_id": 9, "primary_category": "price"}) for ago in range(1, 9)],
    )
    now = tonight(*[{"topic_id": 3}] * 8)
    # mean 4, variance 8 * 16 / 7 = 18.2857: (8 - 4) / 4.2762
    assert counted(policy, now, before, "burst") == [0.9354] * 8


def test_fewer_than_seven_nights_give_no_burst(policy):
    before = past(*[(ago, {"topic_id": 3}) for ago in range(1, 7)])
    assert counted(policy, tonight(*[{"topic_id": 3}] * 50), before, "burst") == [0] * 50


def test_rows_beyond_the_cap_of_an_author_are_marked_red_lines_kept_first(policy):
    cap = policy.caps.per_author
    rows = [{"customer_key": "a", "received_at": pd.Timestamp(2026, 11, 20, 1, minute, tz="UTC")} for minute in range(cap + 1)]
    rows.append({"customer_key": "a", "urgent": True, "received_at": pd.Timestamp(2026, 11, 20, 9, tz="UTC")})
    marked = counted(policy, tonight(*rows, {"customer_key": "b"}, {}), past(), "duplicate")
    assert marked == [0] * (cap - 1) + [1, 1] + [0] + [0, 0]


def test_the_same_text_of_one_author_counts_twice_and_of_many_authors_always(policy):
    same = {"near_duplicate_group": "f0"}
    assert counted(policy, tonight(*[{**same, "customer_key": "a"}] * 4), past(), "duplicate") == [0, 0, 1, 1]
    many = [{**same, "customer_key": f"c{at}"} for at in range(4)]
    assert counted(policy, tonight(*many), past(), "duplicate") == [0, 0, 0, 0]
    assert counted(policy, tonight(*[same] * 4), past(), "duplicate") == [0, 0, 1, 1]


CELL = {
    "customer_key": st.sampled_from(["a", "b", None]),
    "product": st.sampled_from(["锅", "杯", None]),
    "region": st.none(),
    "topic_id": st.integers(-1, 2),
    "primary_category": st.sampled_from(["product", "price", None]),
    "intent": st.sampled_from(["complaint", "praise", None]),
    "sentiment": st.sampled_from(["neg", "pos", None]),
}
MORE = {"near_duplicate_group": st.sampled_from(["g", None]), "urgent": st.booleans()}


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.fixed_dictionaries({**CELL, **MORE}), max_size=12),
    st.lists(st.tuples(st.integers(-1, 35), st.fixed_dictionaries(CELL)), max_size=25),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_does_not_matter(policy, now, before, random):
    now_frame, before_frame = tonight(*now), past(*before)
    expected = count_history(now_frame, before_frame, night=NIGHT, policy=policy)
    order, other = list(range(len(now))), list(range(len(before)))
    random.shuffle(order)
    random.shuffle(other)
    shuffled = count_history(now_frame.iloc[order], before_frame.iloc[other], night=NIGHT, policy=policy)
    pd.testing.assert_frame_equal(shuffled, expected.iloc[order].reset_index(drop=True))
    assert (expected >= 0).all(axis=None)


@pytest.mark.parametrize("kind", ["object", "datetime64[us]", "date32[pyarrow]"])
def test_nights_may_come_as_dates_timestamps_or_arrow_dates(policy, kind):
    before = past((1, {"customer_key": "a"}))
    before["night"] = before["night"].astype(kind)
    assert counted(policy, tonight({"customer_key": "a"}), before, "repeat") == [1]

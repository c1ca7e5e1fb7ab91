from __future__ import annotations

from datetime import date

import pandas as pd

from textmine.night.fates import Fates

NONE_EARLIER = pd.DataFrame({"feedback_id": [], "text_digest": [], "revision": [], "night": []})


def records(*pairs: tuple[str, str]) -> pd.DataFrame:
    rows = [(name, digest, "app", "u1", place + 1, 0) for place, (name, digest) in enumerate(pairs)]
    return pd.DataFrame(rows, columns=["feedback_id", "text_digest", "source", "unit", "row_number", "part"])


def test_the_same_id_and_text_twice_is_published_once():
    fates = Fates()
    kept = fates.sift(records(("a", "1"), ("a", "1"), ("b", "2")), earlier=NONE_EARLIER)
    assert kept["feedback_id"].tolist() == ["a", "b"]
    assert fates.counts["app"]["duplicate"] == 1


def test_a_new_text_under_the_same_id_replaces_the_older_one():
    fates = Fates()
    kept = fates.sift(records(("a", "1"), ("b", "2"), ("a", "3")), earlier=NONE_EARLIER)
    left = fates.drop_superseded(kept)
    assert left["text_digest"].tolist() == ["2", "3"]
    assert fates.counts["app"]["superseded"] == 1


def test_a_repeat_in_a_later_frame_of_the_night_is_seen():
    fates = Fates()
    fates.sift(records(("a", "1")), earlier=NONE_EARLIER)
    assert fates.sift(records(("a", "1")), earlier=NONE_EARLIER).empty


def test_a_text_published_on_an_earlier_night_is_a_duplicate_of_that_night():
    fates = Fates()
    earlier = pd.DataFrame({"feedback_id": ["a"], "text_digest": ["1"], "revision": [0], "night": [date(2026, 11, 1)]})
    kept = fates.sift(records(("a", "1"), ("b", "2")), earlier=earlier)
    assert kept["feedback_id"].tolist() == ["b"]
    table = fates.table(night=date(2026, 11, 2), run_id="r")
    assert table["first_night"].tolist() == [date(2026, 11, 1)]


def test_a_new_text_of_an_earlier_id_is_its_next_revision():
    earlier = pd.DataFrame({"feedback_id": ["a"], "text_digest": ["1"], "revision": [2], "night": [date(2026, 11, 1)]})
    kept = Fates().sift(records(("a", "9"), ("b", "2")), earlier=earlier)
    assert kept["revision"].tolist() == [3, 0]


def test_every_record_has_exactly_one_fate():
    fates = Fates()
    given = records(("a", "1"), ("a", "2"), ("a", "2"), ("b", "1"), ("b", "1"))
    left = fates.drop_superseded(fates.sift(given, earlier=NONE_EARLIER))
    assert len(left) + sum(fates.counts["app"].values()) == len(given)

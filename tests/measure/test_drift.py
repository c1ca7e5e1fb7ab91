"""A night against the nights before it: values, statuses, what is read and what is said."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from textmine.measure.drift import MEASURES, alarms, measure_drift
from textmine.measure.tally import TALLY_COLUMNS

NIGHT = date(2026, 11, 30)


def tally(measure: str, channel: str = "survey", **members: int) -> pd.DataFrame:
    return pd.DataFrame([(channel, measure, member, n) for member, n in members.items()], columns=list(TALLY_COLUMNS))


def before(*nights: pd.DataFrame, first_back: int = 1) -> pd.DataFrame:
    """Tallies of as many nights, the last one the night before."""
    dated = [rows.assign(night=NIGHT - timedelta(days=back)) for back, rows in enumerate(nights, start=first_back)]
    return pd.concat(dated, ignore_index=True)


def row(drift: pd.DataFrame, measure: str, channel: str = "all") -> dict:
    [found] = drift[(drift["measure"] == measure) & (drift["channel"] == channel)].to_dict("records")
    return found


SAME = [tally("intent", complaint=50, praise=50)] * 5


def test_a_mix_that_moved_far_is_an_alarm_that_names_the_class_that_moved_most():
    drift = measure_drift(tally("intent", complaint=90, praise=30), before(*SAME), night=NIGHT)
    found = row(drift, "intent")
    # smoothed shares 90.5/121 and 30.5/121 against a half each: 0.248 x ln 1.496 - 0.248 x ln 0.504
    assert found["value"] == pytest.approx(0.2696, abs=1e-4)
    assert (found["n"], found["n_reference"], found["nights"]) == (120, 500, 5)
    assert (found["status"], found["threshold"], found["detail"]) == ("alarm", 0.25, "complaint 50.0% -> 75.0%")
    assert found["reference"] == pytest.approx(1 / 120 + 1 / 500, abs=1e-4)  # chance alone, one degree of freedom


def test_a_mix_between_the_two_levels_is_watched():
    found = row(measure_drift(tally("intent", complaint=84, praise=36), before(*SAME), night=NIGHT), "intent")
    assert 0.1 < found["value"] < 0.25
    assert found["status"] == "watch"


def test_many_classes_and_few_texts_raise_the_threshold_above_what_chance_gives():
    wide = {f"{number:02d}": 10 for number in range(10)}
    found = row(
        measure_drift(tally("score", **wide), before(*[tally("score", **dict.fromkeys(wide, 2))] * 5), night=NIGHT), "score"
    )
    assert found["threshold"] == pytest.approx((1 / 100 + 1 / 100) * 16.919, abs=1e-3)


def test_fewer_than_five_nights_or_a_hundred_texts_before_are_no_reference():
    tonight = tally("intent", complaint=100)
    for past in (before(*SAME[:4]), before(*[tally("intent", complaint=19)] * 5)):
        found = row(measure_drift(tonight, past, night=NIGHT), "intent")
        assert (found["status"], pd.isna(found["value"])) == ("no_reference", True)


def test_fewer_than_a_hundred_texts_tonight_are_too_few():
    assert row(measure_drift(tally("intent", complaint=99), before(*SAME), night=NIGHT), "intent")["status"] == "too_few"


def test_a_lake_without_a_past_has_a_row_of_every_measure_for_every_channel():
    past = pd.DataFrame(columns=["night", *TALLY_COLUMNS])
    drift = measure_drift(tally("intent", complaint=9), past, night=NIGHT)
    assert drift[["measure", "channel"]].to_records(index=False).tolist() == [
        (measure, channel) for channel in ("all", "survey") for measure in MEASURES
    ]
    assert set(drift["status"]) == {"no_reference"}


def test_only_the_last_28_nights_within_30_days_before_the_night_are_read():
    strange = tally("intent", praise=1000)
    past = before(strange, *[tally("intent", complaint=10)] * 30, strange, first_back=0)  # tonight's own, 30 nights, a 31st
    found = row(measure_drift(tally("intent", complaint=100), past, night=NIGHT), "intent")
    assert (found["nights"], found["n_reference"], found["value"]) == (28, 280, 0.0)


def test_a_share_is_held_against_how_much_it_varied():
    past = before(*[tally("invalid", of=1000, hits=hits) for hits in (90, 100, 110, 95, 105)])
    # mean .1; sampling sqrt(.09 x (1/1000 + 1/5000)) = .0104 is larger than .0079 between the nights; an alarm from .0312 on
    by_hits = {
        hits: row(measure_drift(tally("invalid", of=1000, hits=hits), past, night=NIGHT), "invalid") for hits in (115, 125, 140)
    }
    assert [found["status"] for found in by_hits.values()] == ["ok", "watch", "alarm"]
    assert by_hits[140]["value"] == pytest.approx(0.04)
    assert (by_hits[140]["reference"], by_hits[140]["threshold"]) == (0.1, pytest.approx(0.0312, abs=1e-4))
    assert row(measure_drift(tally("invalid", of=1000, hits=60), past, night=NIGHT), "invalid")["status"] == "alarm"  # either way


def test_a_share_that_varies_from_night_to_night_may_vary_tonight():
    past = before(*[tally("unknown_words", of=100_000, hits=hits) for hits in (1000, 3000, 2000, 1500, 2500)])
    found = row(measure_drift(tally("unknown_words", of=100_000, hits=3200), past, night=NIGHT), "unknown_words")
    assert found["status"] == "ok"  # 0.8 points above, the nights differ by that much


def test_a_sure_but_small_difference_is_no_news():
    past = before(*[tally("unknown_words", of=1_000_000, hits=20_000)] * 5)
    found = row(measure_drift(tally("unknown_words", of=1_000_000, hits=24_000), past, night=NIGHT), "unknown_words")
    assert (found["value"], found["status"]) == (0.004, "ok")


def test_the_mean_length_is_in_tokens():
    past = before(*[tally("mean_length", of=100, sum=1000, squares=10_400)] * 5)
    found = row(measure_drift(tally("mean_length", of=100, sum=1400, squares=20_000), past, night=NIGHT), "mean_length")
    assert (found["value"], found["reference"], found["status"], found["detail"]) == (4.0, 10.0, "alarm", "10.0 -> 14.0")


def test_a_channel_is_held_against_its_own_past():
    past = before(*[pd.concat([tally("intent", complaint=100), tally("intent", "chat", praise=100)])] * 5)
    drift = measure_drift(pd.concat([tally("intent", complaint=100), tally("intent", "chat", complaint=100)]), past, night=NIGHT)
    assert row(drift, "intent", "survey")["status"] == "ok"
    assert row(drift, "intent", "chat")["status"] == "alarm"


def test_nights_that_another_bundle_labelled_are_told():
    nights = [pd.concat([rows, tally("bundle", **{"b1" if n < 2 else "b2": 100})]) for n, rows in enumerate(SAME)]
    drift = measure_drift(
        pd.concat([tally("intent", complaint=50, praise=50), tally("bundle", b1=100)]), before(*nights), night=NIGHT
    )
    assert row(drift, "intent")["detail"].endswith("; 3 of 5 nights before by another bundle")


def test_alarms_are_told_the_largest_first():
    past = before(*[pd.concat([SAME[0], tally("sentiment", neg=50, pos=50)])] * 5)
    tonight = pd.concat([tally("intent", complaint=90, praise=30), tally("sentiment", neg=118, pos=2)])
    told = alarms(measure_drift(tonight, past, night=NIGHT))
    assert [" ".join(line.split()[:3]) for line in told] == [
        "sentiment of all:",
        "sentiment of survey:",
        "intent of all:",
        "intent of survey:",
    ]
    assert "alarm from 0.250" in told[0]

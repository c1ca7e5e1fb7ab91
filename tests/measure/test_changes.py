"""Figures before and after, and what of their change is the model's and what the customers': by hand."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from textmine.measure.changes import KEYS, PARTS, READ, SUMS, add_sums, measure_changes, pair_sums, renew_sums


def labelled(*sentiments: str | None, category: str = "product", channel: str = "survey") -> pd.DataFrame:
    scores = {"neg": -0.5, "neu": 0.0, "pos": 0.5, None: None}
    cells = [
        (
            str(n),
            channel,
            said,
            scores[said],
            said and category,
            said and ("complaint" if said == "neg" else "praise"),
            "P1" if said == "neg" else "P3",
        )
        for n, said in enumerate(sentiments)
    ]
    return pd.DataFrame(cells, columns=list(READ))


def figure(changes: pd.DataFrame, metric: str, member: str = "", channel: str = "all") -> dict:
    [found] = changes[(changes["channel"] == channel) & (changes["metric"] == metric) & (changes["member"] == member)].to_dict(
        "records"
    )
    return found


# before: 10 texts, the old bundle called 2 negative, the new one 4; now: 10 texts, 5 negative by the old, 8 by the new
BEFORE = pair_sums(labelled(*["neg"] * 2, *["pos"] * 8), labelled(*["neg"] * 4, *["pos"] * 6))
NOW = pair_sums(labelled(*["neg"] * 5, *["pos"] * 5), labelled(*["neg"] * 8, *["pos"] * 2))


def test_the_change_that_readers_see_is_the_models_and_the_customers():
    found = figure(measure_changes(NOW, BEFORE), "negative_rate")
    assert [found[name] for name in ("before_old", "before_new", "range_old", "range_new")] == [0.2, 0.4, 0.5, 0.8]
    assert found["model"] == pytest.approx(0.2)
    assert found["customer"] == pytest.approx(0.4)
    assert found["total"] == found["model"] + found["customer"] == pytest.approx(0.6)
    assert found["rescored"] == pytest.approx(0.3)
    assert (found["n_before"], found["n_range"]) == (10, 10)


def test_kept_sums_take_the_new_side_of_today_and_keep_the_old_one():
    old = labelled(*["neg"] * 5, *["pos"] * 5)
    corrected = labelled(*["neg"] * 7, *["pos"] * 3).assign(primary_category=["price"] * 5 + ["product"] * 5)
    renewed = measure_changes(renew_sums(NOW, corrected), BEFORE)
    for metric, member in (("negative_rate", ""), ("score_mean", ""), ("category_share", "product"), ("category_share", "price")):
        found, exact = (figure(made, metric, member) for made in (renewed, measure_changes(pair_sums(old, corrected), BEFORE)))
        assert [found[name] for name in ("range_old", "range_new")] == pytest.approx([exact["range_old"], exact["range_new"]])
        assert found["rescored_high"] - found["rescored_low"] >= (exact["rescored_high"] - exact["rescored_low"]) * (1 - 1e-9)


def test_kept_sums_that_nothing_was_corrected_of_stay_as_they_are():
    now = labelled(*["neg"] * 8, *["pos"] * 2)
    pd.testing.assert_frame_equal(renew_sums(NOW, now), NOW)


def test_a_channel_that_came_later_does_not_count_and_one_that_is_gone_stays():
    now = labelled(*["neg"] * 8, *["pos"] * 2, channel="chat")
    pd.testing.assert_frame_equal(renew_sums(NOW, now), NOW)


def test_every_change_adds_up_exactly_and_lies_in_its_interval():
    changes = measure_changes(NOW, BEFORE).dropna(subset="total")
    assert len(changes) > 8
    assert (changes["total"] == changes["model"] + changes["customer"]).all()
    for part in ("total", "customer"):
        assert changes[part].between(changes[f"{part}_low"], changes[f"{part}_high"]).all()


def test_the_interval_of_the_models_change_is_paired():
    found = figure(measure_changes(NOW, BEFORE), "negative_rate")
    # Bonett and Price: 2 of 10 became negative, none ceased to be: (3 - 1) / 12 and its error sqrt((4/12 - (2/12)^2) / 12)
    half = 1.959964 * math.sqrt((4 / 12 - (2 / 12) ** 2) / 12)
    assert (found["model_low"], found["model_high"]) == (pytest.approx(2 / 12 - half), pytest.approx(2 / 12 + half))
    assert found["model_high"] - found["model_low"] < found["customer_high"] - found["customer_low"]


def test_the_mean_score_of_the_same_texts_has_the_interval_of_its_differences():
    found = figure(measure_changes(NOW, BEFORE), "score_mean")
    # differences of the ten texts: -1 twice, 0 eight times; mean -.2, variance (2 x .64 + 8 x .04) / 9
    half = 1.959964 * math.sqrt(1.6 / 9 / 10)
    assert found["model"] == pytest.approx(-0.2)
    assert (found["model_low"], found["model_high"]) == (pytest.approx(-0.2 - half), pytest.approx(-0.2 + half))


def test_the_same_labels_change_nothing():
    rows = labelled(*["neg"] * 5, *["pos"] * 5)
    changes = measure_changes(pair_sums(rows, rows), pair_sums(rows, rows))
    assert (changes[list(PARTS)].fillna(0) == 0).all(axis=None)


def test_a_category_that_gains_what_another_loses_is_counted_over_all_texts():
    old = pd.concat([labelled(*["neg"] * 6), labelled(*["neg"] * 4, category="service")])
    new = pd.concat([labelled(*["neg"] * 6), labelled(*["neg"] * 4, category="product")])
    found = figure(measure_changes(pair_sums(old, new), pair_sums(old, new).head(0)), "category_share", "product")
    assert (found["range_old"], found["range_new"], found["rescored"]) == (0.6, 1.0, pytest.approx(0.4))


def test_a_category_of_one_to_four_texts_is_suppressed():
    rows = pd.concat([labelled(*["neg"] * 16), labelled(*["neg"] * 4, category="service")])
    changes = measure_changes(pair_sums(rows, rows), pair_sums(rows, rows))
    assert pd.isna(figure(changes, "category_share", "service")["range_new"])
    assert figure(changes, "category_share", "product")["range_new"] == 0.8


def test_a_figure_of_fewer_than_five_texts_is_suppressed_and_its_number_stays():
    few = labelled("neg", "neg", "pos", "pos")
    found = figure(measure_changes(pair_sums(few, few), BEFORE), "negative_rate")
    assert found["n_range"] == 4
    assert all(pd.isna(found[name]) for name in ("range_old", "range_new", *PARTS))


def test_without_a_period_before_there_is_only_what_the_bundle_did_to_the_range():
    found = figure(measure_changes(NOW, BEFORE.head(0)), "negative_rate")
    assert found["rescored"] == pytest.approx(0.3)
    assert all(pd.isna(found[name]) for name in ("total", "model", "customer", "before_old"))


def test_texts_that_are_not_scored_do_not_count():
    rows = labelled(*["neg"] * 5, None, None)
    assert figure(measure_changes(pair_sums(rows, rows), BEFORE), "negative_rate")["n_range"] == 5


def test_the_parts_of_a_period_add_up_to_it_also_where_a_part_lacks_a_category():
    old = pd.concat([labelled(*["neg"] * 6), labelled(*["pos"] * 6, category="service", channel="chat")])
    whole = measure_changes(pair_sums(old, old), BEFORE)
    parts = add_sums([pair_sums(old[:6], old[:6]), pair_sums(old[6:9], old[6:9]), pair_sums(old[9:], old[9:])])
    assert measure_changes(parts, BEFORE).equals(whole)
    assert figure(whole, "category_share", "service")["range_new"] == 0.5
    assert list(parts.columns) == [*KEYS, *SUMS]


def test_channels_come_apart_and_all_of_them_first():
    rows = pd.concat([labelled(*["neg"] * 5, channel="survey"), labelled(*["pos"] * 5, channel="chat")])
    changes = measure_changes(pair_sums(rows, rows), BEFORE)
    assert changes["channel"].unique().tolist() == ["all", "chat", "survey"]
    assert figure(changes, "negative_rate")["range_new"] == 0.5
    assert figure(changes, "negative_rate", channel="survey")["range_new"] == 1.0

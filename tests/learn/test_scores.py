"""Figures a reader can compute by hand, and intervals that hold what they should."""

from __future__ import annotations

import numpy as np
import pytest

from textmine.learn.scores import (
    Counts,
    calibration_error,
    class_f1,
    counts,
    indicator,
    macro_f1,
    micro,
    micro_f1,
    paired_difference,
    share,
)

CLASSES = ["a", "b", "c"]


def of(given, said):
    return counts(indicator([[code] for code in given], CLASSES), indicator([[code] for code in said], CLASSES))


def test_macro_f1_is_the_mean_of_the_classes_that_have_labels():
    counted = of("aabb", "abbb")  # a: hit 1, missed 1 -> 2/3; b: hit 2, extra 1 -> 4/5; c: never given
    assert class_f1(counted, 0).value == pytest.approx(2 / 3)
    assert class_f1(counted, 1).value == pytest.approx(4 / 5)
    assert macro_f1(counted).value == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_micro_f1_of_single_labels_is_accuracy_and_of_lists_counts_every_label():
    assert micro_f1(of("aabb", "abbb")).value == pytest.approx(3 / 4)
    lists = counts(indicator([["a", "b"], ["c"]], CLASSES), indicator([["a"], ["b", "c"]], CLASSES))
    assert micro_f1(lists).value == pytest.approx(2 * 2 / (2 * 2 + 1 + 1))


def test_the_n_of_a_class_is_the_number_of_its_labels():
    assert class_f1(of("aabb", "abbb"), 1).n == 2


def test_a_share_has_the_interval_of_wilson():
    score = share(np.array([True] * 9 + [False]))
    assert (score.n, score.value) == (10, 0.9)
    assert (round(score.low, 3), round(score.high, 3)) == (0.596, 0.982)  # Wilson by hand
    assert np.isnan(share(np.zeros(0, bool)).value)


def test_the_bootstrap_interval_holds_the_value_and_shrinks_with_n():
    few, many = of("ab" * 20, "aa" * 20), of("ab" * 2000, "aa" * 2000)
    for score in (macro_f1(few), macro_f1(many)):
        assert score.low <= score.value <= score.high
    assert macro_f1(many).high - macro_f1(many).low < macro_f1(few).high - macro_f1(few).low
    assert macro_f1(few) == macro_f1(few)


def test_calibration_error_is_the_mean_distance_of_confidence_and_accuracy():
    confidence = np.array([0.9] * 10 + [0.6] * 10)
    right = np.array([True] * 9 + [False] + [True] * 3 + [False] * 7)
    # bins of two rows: .6 against 1, .5, 0, 0, 0 and .9 against 1, 1, 1, 1, .5
    assert calibration_error(confidence, right) == pytest.approx((0.4 + 0.1 + 3 * 0.6 + 4 * 0.1 + 0.4) / 10)
    assert calibration_error(np.ones(10), np.ones(10, bool)) == 0


def test_equal_predictions_differ_by_nothing_and_worse_ones_lie_wholly_below():
    good, bad = of("ab" * 200, "ab" * 200), of("ab" * 200, ("ab" * 150) + "b" * 100)
    assert paired_difference(good, good, micro) == (0.0, 0.0)
    low, high = paired_difference(good, bad, micro)
    assert low < -0.125 < high < 0


def test_a_code_that_is_no_class_marks_nothing():
    assert indicator([["z"], []], CLASSES).sum() == 0
    assert Counts(np.zeros((1, 1)), np.zeros((1, 1)), np.zeros((1, 1))).hit.sum() == 0

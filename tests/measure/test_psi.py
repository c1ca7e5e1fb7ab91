"""The population stability index, by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from textmine.measure.psi import psi, psi_by_chance


def test_two_equal_mixes_have_an_index_of_zero():
    assert psi(np.array([50, 50]), np.array([50, 50])) == 0


def test_the_index_is_the_sum_over_classes_with_half_a_case_added_to_each():
    # shares 30.5/101 and 70.5/101 against a half each: -0.198 x ln 0.604 + 0.198 x ln 1.396 = 0.0998 + 0.0661
    assert psi(np.array([30, 70]), np.array([50, 50])) == pytest.approx(0.1659, abs=5e-5)


def test_a_class_that_only_one_side_has_stays_finite():
    expected = 2 * (100.5 / 101 - 0.5 / 101) * math.log(100.5 / 0.5)
    assert psi(np.array([100, 0]), np.array([0, 100])) == pytest.approx(expected)


def test_chance_alone_gives_a_chi_square_over_the_sizes():
    # (1/100 + 1/100) x 1 degree of freedom on average, x 3.841 in 95 % of cases
    mean, high = psi_by_chance(100, 100, classes=2)
    assert (round(mean, 4), round(high, 4)) == (0.02, 0.0768)


def test_one_class_alone_cannot_move():
    assert psi_by_chance(100, 100, classes=1) == (0.0, 0.0)


def test_of_samples_of_one_mix_five_in_a_hundred_lie_beyond_what_chance_gives():
    random = np.random.default_rng(7)
    mix = [0.5, 0.3, 0.2]
    indexes = [psi(random.multinomial(400, mix), random.multinomial(4000, mix)) for _ in range(2000)]
    beyond = np.mean(np.array(indexes) > psi_by_chance(400, 4000, classes=3)[1])
    assert 0.03 < beyond < 0.07

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from textmine.measure.intervals import mean_interval, share_interval


def test_eight_of_ten_has_the_wilson_interval_of_the_textbook():
    assert share_interval(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)


def test_no_hit_still_has_an_upper_end():
    low, high = share_interval(0, 10)
    assert low == 0 and high == pytest.approx(0.2775, abs=1e-4)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_of_a_share_holds_the_share(pair):
    hits, n = pair
    low, high = share_interval(hits, n)
    assert 0 <= low <= hits / n + 1e-12 and hits / n - 1e-12 <= high <= 1


def test_the_interval_of_a_mean_is_symmetric():
    low, high = mean_interval(np.array([1.0, 3.0]))
    assert (low + high) / 2 == pytest.approx(2.0) and high - low == pytest.approx(2 * 1.96 * 1.0, abs=1e-3)

import numpy as np

from textmine.learn.calibrate import calibration_error, calibration_points


def test_points_rise_and_say_the_share_of_right_labels() -> None:
    stated = np.repeat([0.6, 0.9], 100)
    right = np.concatenate([np.arange(100) < 50, np.arange(100) < 95])
    points = calibration_points(stated, right, steps=2)
    assert (np.diff(points[:, 1]) >= 0).all()
    assert np.allclose(np.interp([0.6, 0.9], points[:, 0], points[:, 1]), [0.5, 0.95], atol=0.03)


def test_the_error_is_the_mean_gap_of_bins_of_equal_counts() -> None:
    confidence = np.repeat([0.5, 0.9], 10)
    right = np.concatenate([np.arange(10) < 5, np.arange(10) < 7])
    assert np.isclose(calibration_error(confidence, right, bins=2), 0.1)


def test_no_rows_have_no_error() -> None:
    assert calibration_error(np.zeros(0), np.zeros(0, bool)) == 0

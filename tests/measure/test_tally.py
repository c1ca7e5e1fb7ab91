"""What a night is remembered by: counts, whatever the pieces it was counted in."""

from __future__ import annotations

import pandas as pd
import pytest

from textmine.measure.tally import READ, add_tallies, tally_rows


@pytest.fixture
def rows() -> pd.DataFrame:
    """Two scored surveys, a scored chat and an empty one."""
    cells = [
        ("survey", "ok", 10, 6, 1, "b1", "neg", "product", "complaint", "P1", -1.0, 0.95),
        ("survey", "ok", 4, 3, 0, "b1", "pos", "product", "praise", "P3", 0.2, 1.0),
        ("chat", "ok", 6, 4, 2, "b1", "neg", "service", "complaint", "P2", -0.1, 0.55),
        ("chat", "empty", 0, 0, 0, "b1", None, None, None, "P3", None, None),
    ]
    return pd.DataFrame(cells, columns=list(READ))


def counts(tally: pd.DataFrame, channel: str, measure: str) -> dict[str, int]:
    found = tally[(tally["channel"] == channel) & (tally["measure"] == measure)]
    return dict(zip(found["member"], found["n"].tolist(), strict=True))


def test_labels_are_counted_over_the_scored_texts(rows):
    tally = tally_rows(rows)
    assert counts(tally, "survey", "sentiment") == {"neg": 1, "pos": 1}
    assert counts(tally, "chat", "priority") == {"P2": 1}


def test_scores_fall_into_ten_bins_of_equal_width_and_the_highest_into_the_last(rows):
    tally = tally_rows(rows)
    assert counts(tally, "survey", "score") == {"00": 1, "06": 1}
    assert counts(tally, "survey", "confidence") == {"09": 2}


def test_shares_and_lengths_are_kept_as_sums(rows):
    tally = tally_rows(rows)
    assert counts(tally, "survey", "unknown_words") == {"of": 9, "hits": 1}
    assert counts(tally, "chat", "invalid") == {"of": 2, "hits": 1}
    assert counts(tally, "survey", "mean_length") == {"of": 2, "sum": 14, "squares": 116}
    assert counts(tally, "chat", "bundle") == {"b1": 2}


def test_the_parts_of_a_night_add_up_to_the_night(rows):
    parts = [tally_rows(rows[:1]), tally_rows(rows[1:3]), tally_rows(rows[3:])]
    assert add_tallies(parts[::-1]).equals(tally_rows(rows))


def test_a_night_without_rows_has_an_empty_tally(rows):
    assert tally_rows(rows[:0]).empty

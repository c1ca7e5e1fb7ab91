from __future__ import annotations

import json

import pandas as pd

from textmine.priority.dryrun import compare_priorities

ROWS = pd.DataFrame(
    {
        "feedback_id": [f"f{n}" for n in range(5)],
        "channel": ["chat", "chat", "crm", "crm", "crm"],
        "primary_category": ["product", "safety", "product", None, "safety"],
    }
)
BEFORE, AFTER = pd.Series(["P2", "P3", "P1", "P3", "P0"]), pd.Series(["P1", "P0", "P2", "P3", "P0"])


def test_moves_are_counted_from_and_to():
    moves = compare_priorities(ROWS, BEFORE, AFTER)
    assert moves.moved == 3
    assert moves.table.loc["P3", "P0"] == moves.table.loc["P3", "P3"] == moves.table.loc["P1", "P2"] == 1
    assert moves.table.loc["P0"].tolist() == [1, 0, 0, 0]


def test_moves_are_counted_by_channel_and_category():
    groups = compare_priorities(ROWS, BEFORE, AFTER).groups.set_index(["by", "member"])
    assert groups.loc[("channel", "chat"), ["n", "up", "down"]].tolist() == [2, 2, 0]
    assert groups.loc[("channel", "crm"), ["n", "up", "down"]].tolist() == [3, 0, 1]
    assert groups.loc[("primary_category", "none"), ["n", "up", "down"]].tolist() == [1, 0, 0]


def test_examples_are_ids_the_longest_way_first_and_ten_at_most():
    moves = compare_priorities(ROWS, BEFORE, AFTER)
    assert moves.examples.to_dict("records") == [
        {"feedback_id": "f1", "before": "P3", "after": "P0"},
        {"feedback_id": "f0", "before": "P2", "after": "P1"},
        {"feedback_id": "f2", "before": "P1", "after": "P2"},
    ]
    many = compare_priorities(pd.concat([ROWS] * 5), pd.concat([BEFORE] * 5), pd.concat([AFTER] * 5))
    assert len(many.examples) == 10
    json.dumps(moves.as_dict())


def test_no_rows_move_nothing():
    assert compare_priorities(ROWS[:0], BEFORE[:0], AFTER[:0]).moved == 0

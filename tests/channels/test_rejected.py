from __future__ import annotations

import json

import numpy as np
import pandas as pd

from textmine.channels.rejected import reject_rows, row_bytes


def test_a_reject_carries_the_row_as_json_and_says_nothing_of_it() -> None:
    frame = pd.DataFrame({"内容": ["好", "坏"], "_row": [7, 9]})
    (reject,) = reject_rows(frame, np.array([1]), reason="bad_date", details=["column 'x'"], records=[3])
    assert (reject.row_number, reject.reason, reject.detail, reject.records) == (9, "bad_date", "column 'x'", 3)
    assert json.loads(reject.content) == {"内容": "坏", "_row": 9}


def test_cells_that_json_has_no_form_for_survive() -> None:
    content = row_bytes([{"a": float("nan"), "b": np.array([1, 2]), "c": pd.Timestamp("2026-11-03"), "d": "\ud800", 5: b"\xff"}])
    assert json.loads(content) == {"a": None, "b": [1, 2], "c": "2026-11-03 00:00:00", "d": "\ud800", "5": "b'\\xff'"}

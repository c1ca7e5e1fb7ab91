from __future__ import annotations

import pandas as pd

from textmine.channels.feedback import FEEDBACK_COLUMNS, Parsed, empty_feedback, join_parsed, make_feedback
from textmine.channels.rawframe import Reject


def test_an_empty_frame_has_every_column_with_its_type() -> None:
    frame = empty_feedback()
    assert len(frame) == 0
    assert dict(frame.dtypes) == dict(FEEDBACK_COLUMNS)


def test_columns_that_are_not_given_are_null_and_flags_false() -> None:
    frame = make_feedback({"row_number": [4], "text": ["好"]}, rows=1)
    assert dict(frame.dtypes) == dict(FEEDBACK_COLUMNS)
    assert frame.loc[0, ["row_number", "part", "text", "had_turns"]].tolist() == [4, 0, "好", False]
    assert frame.drop(columns=["row_number", "part", "text", "had_turns"]).isna().all(axis=None)


def test_series_are_taken_by_position_whatever_their_index() -> None:
    frame = make_feedback({"text": pd.Series(["一", "二"], index=[7, 3])}, rows=2)
    assert frame["text"].tolist() == ["一", "二"]


def test_joined_parts_come_back_in_the_order_of_the_unit() -> None:
    late = Parsed(make_feedback({"row_number": [3, 5], "text": ["三", "五"]}, rows=2), [Reject(4, "bad_date", "", b"")], 3)
    early = Parsed(
        make_feedback({"row_number": [1, 3], "part": [0, 1], "text": ["一", "三之二"]}, rows=2),
        [Reject(2, "bad_date", "", b"")],
        3,
    )
    joined = join_parsed([late, early])
    assert joined.feedback["text"].tolist() == ["一", "三", "三之二", "五"]
    assert [reject.row_number for reject in joined.rejects] == [2, 4]
    assert joined.read == 6
    assert list(joined.feedback.index) == [0, 1, 2, 3]

from __future__ import annotations

import numpy as np
import pandas as pd

from textmine.channels.grouped import first_of_groups, groups_of, joined_words

KEYS = pd.Series(["b", None, "a", "b", None])


def test_groups_are_numbered_as_they_begin_and_a_row_without_a_key_is_alone() -> None:
    assert groups_of(KEYS).tolist() == [0, 1, 2, 0, 3]


def test_a_group_has_the_first_value_that_is_not_null() -> None:
    rows = pd.DataFrame({"x": [None, "1", None, "2", "3"], "y": [[1], None, None, [2], None], "_row": [4, 5, 6, 7, 8]})
    found = first_of_groups(rows, groups_of(KEYS), columns=["x", "y"])
    assert found["_row"].tolist() == [4, 5, 6, 8]
    assert found["x"].tolist()[:2] == ["2", "1"]
    assert found["x"].isna().tolist() == [False, False, True, False]
    assert found["y"].tolist()[0] == [1]


def test_words_are_joined_in_row_order_and_null_where_there_are_none() -> None:
    words = pd.Series(["一", "二", None, "四", "五"])
    joined = joined_words(words, groups_of(KEYS), where=np.array([True, True, True, True, False]))
    assert joined.tolist()[:2] == ["一\n四", "二"]
    assert joined.isna().tolist() == [False, False, True, True]

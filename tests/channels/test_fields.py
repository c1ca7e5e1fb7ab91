from __future__ import annotations

import pandas as pd

from textmine.channels.fields import numbered, read_fields, settle, words_of_columns
from textmine.channels.mapping import find_columns
from textmine.settings import Columns, Source

SOURCE = Source(name="s", path="x", columns=Columns(text=["甲", "乙"], attributes=["店"]))


def test_rows_get_numbers_and_string_names_without_changing_the_frame() -> None:
    frame = pd.DataFrame({1: ["x", "y"]}, index=[5, 9])
    assert numbered(frame).to_dict("list") == {"1": ["x", "y"], "_row": [1, 2]}
    assert list(frame.columns) == [1]


def test_several_text_columns_stand_one_under_the_other() -> None:
    rows = pd.DataFrame({"甲": ["一", None, "三", None], "乙": ["壹", "贰", None, None], "店": [""] * 4, "_row": [1, 2, 3, 4]})
    words = words_of_columns(rows, find_columns(rows, SOURCE.columns, where="s"))
    assert words.tolist()[:3] == ["一\n壹", "贰", "三"]
    assert pd.isna(words[3])


def test_a_row_with_two_bad_dates_is_rejected_once_and_names_the_column() -> None:
    rows = pd.DataFrame(
        {
            "甲": ["一", "二"],
            "乙": [None] * 2,
            "店": ["东", None],
            "时间": ["?", "2026-11-03"],
            "解决时间": ["?", None],
            "_row": [1, 2],
        }
    )
    fields = read_fields(rows, find_columns(rows, SOURCE.columns, where="s"), source=SOURCE)
    parsed = settle(fields, {}, channel="crm")
    assert [reject.detail for reject in parsed.rejects] == ["column '时间': no date of a known form"]
    assert parsed.feedback["row_number"].tolist() == [2]
    assert fields.values["attributes"].tolist() == [{"店": "东"}, None]

"""Label files as CSV."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.labelfiles.made import tasks
from textmine.errors import ConfigError
from textmine.labelfiles.csvfile import read_csv, write_csv

ANY = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def written(frame) -> bytes:
    file = io.BytesIO()
    write_csv(frame, file)
    return file.getvalue()


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(ANY, st.sampled_from(["=1+1", "'=1+1", "''", "-", "+86", "@x", "a\r\nb", "\ta", '"', ",", "'普通"])), min_size=1
    )
)
def test_what_was_written_is_read_back_exactly(texts):
    assert read_csv(written(tasks(*texts)), where="t.csv")["text"].tolist() == texts


def test_no_cell_begins_with_what_a_spreadsheet_runs():
    data = written(tasks("=HYPERLINK(1)", "+1", "-1", "@a", "\t1", "正常"))
    cells = [row[4] for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))][1:]
    assert cells == ["'=HYPERLINK(1)", "'+1", "'-1", "'@a", "'\t1", "正常"]


def test_excel_sees_utf_8():
    assert written(tasks("好")).startswith(b"\xef\xbb\xbf")


def test_a_file_that_excel_saved_as_gb18030_is_read():
    data = "反馈编号,更正情感\nf_1,负面\n".encode("gb18030")
    assert read_csv(data, where="t.csv").to_dict("records") == [{"feedback_id": "f_1", "corrected_sentiment": "负面"}]


def test_lines_that_do_not_fit_the_header_are_refused():
    with pytest.raises(ConfigError, match="3 cells"):
        read_csv(b"feedback_id,sentiment\nf_1,neg,x\n", where="t.csv")


def test_an_empty_file_is_refused():
    with pytest.raises(ConfigError, match="empty"):
        read_csv(b"", where="t.csv")

"""Lines of a text file."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels.plaintext import read_text
from textmine.errors import UnitError


def test_one_row_a_line_that_is_not_blank_numbered_by_line() -> None:
    [batch] = read_text("希望多开窗口\r\n\r\n  \n 食堂太贵 \n无".encode(), name="f.txt")
    assert batch.frame.to_dict("list") == {"line": ["希望多开窗口", " 食堂太贵 ", "无"], "_row": [1, 4, 5]}


def test_a_line_that_is_no_text_is_rejected() -> None:
    text = "这个商品的质量很好，下次还会再来\n".encode() * 3
    [batch] = read_text(text + b"\xb2\xe2\n" + text, name="f")
    assert batch.read == 7
    assert [(r.row_number, r.reason, r.content) for r in batch.rejects] == [(4, "encoding_invalid", b"\xb2\xe2")]


def test_a_line_separator_does_not_end_a_line() -> None:
    [batch] = read_text("上\u2028下".encode(), name="f")
    assert batch.frame["line"].tolist() == ["上\u2028下"]


def test_a_file_of_blank_lines_is_empty() -> None:
    with pytest.raises(UnitError) as caught:
        read_text(b" \n\r\n", name="f")
    assert caught.value.reason == "empty_file"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=30))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        found = list(read_text(data, name="f", batch_rows=2))
    except UnitError as error:
        assert error.reason in ("empty_file", "encoding_ambiguous", "encoding_invalid")
        return
    assert all(batch.read == len(batch.frame) + len(batch.rejects) for batch in found)

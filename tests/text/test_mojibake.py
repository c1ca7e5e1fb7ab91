"""Wrong decoding undone where it can be."""

from __future__ import annotations

import pytest

from textmine.text.mojibake import BROKEN, REPAIRED, repair

MEANT = "送货太慢，包装破损"


@pytest.mark.parametrize(("written", "read"), [("utf-8", "latin-1"), ("gb18030", "latin-1")])
def test_chinese_read_as_latin_is_repaired(written: str, read: str) -> None:
    assert repair(MEANT.encode(written).decode(read)) == (MEANT, REPAIRED)


def test_utf8_read_as_gbk_is_repaired_when_no_byte_is_lost() -> None:
    assert repair("质量很差".encode().decode("gbk")) == ("质量很差", REPAIRED)


def test_lost_bytes_are_noted() -> None:
    assert repair("送货\ufffd慢")[1] == BROKEN
    assert repair("锟斤拷锟斤拷")[1] == BROKEN


@pytest.mark.parametrize("text", ["很好", "“不错”，café très bien", "Ünïcödé", "联通", "娌", "ä", "éé12345"])
def test_what_is_right_stays(text: str) -> None:
    assert repair(text) == (text, None)

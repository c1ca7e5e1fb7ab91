"""Which format a file is in."""

from __future__ import annotations

import pytest

from textmine.channels.sniffing import detect_format
from textmine.errors import UnitError

MAIL = b"From: a@b\nDate: x\nSubject: y\n\nbody\n"


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.CSV", b"x", "csv"),
        ("a.tsv", b"x", "tsv"),
        ("a.txt", b"x,y\n1,2\n", "txt"),
        ("a.csv.gz", b"x", "csv"),
        ("a.ndjson", b"{}", "jsonl"),
        ("a.csv", b"PAR1 ... PAR1", "parquet"),
        ("a.json", b'{"a": 1}\n{"a": 2}\n', "jsonl"),
        ("a.json", b'{\n"a": 1}\n', "json"),
        ("export", b"a,b\n1,2\n", "csv"),
        ("export.dat", b"a\tb\n1\t2\n", "tsv"),
        ("export", b"[1]", "json"),
        ("export", MAIL, "eml"),
        ("export", b'\xef\xbb\xbf{"a": 1}\n{"a": 2}', "jsonl"),
        ("inbox", b"From a@b Sat Nov 21 09:30:00 2026\n" + MAIL, "mbox"),
        ("export", "编号,内容\n1,好\n".encode("utf-16"), "csv"),
    ],
)
def test_content_then_name_then_first_lines_decide(name: str, data: bytes, found: str) -> None:
    assert detect_format(data, name=name) == found


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.xls", b"<html><table>", "unsupported_format:html"),
        ("a.csv", b"\n<!DOCTYPE html><html>", "unsupported_format:html"),
        ("a.xlsx", b"a,b\n1,2\n", "unsupported_format:text"),
        ("a.xls", b'<?xml version="1.0"?><Workbook>', "unsupported_format:xml"),
        ("a.doc", b"words", "unsupported_format:doc"),
        ("a", b"words", "unsupported_format:unknown"),
        ("a.pdf", b"%PDF-1.7", "unsupported_format:pdf"),
        ("a.csv", b"", "empty_file"),
        ("a.bin", b"\xff\xfe", "empty_file"),
        ("a.parquet", b"a,b\n", "unsupported_format:text"),
    ],
)
def test_what_is_not_read_is_named(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnitError) as caught:
        detect_format(data, name=name)
    assert caught.value.reason == reason


def test_a_format_that_was_set_is_kept_unless_the_bytes_cannot_be_it() -> None:
    assert detect_format(b"words", name="a.csv", format="txt") == "txt"
    with pytest.raises(UnitError) as caught:
        detect_format(b"PAR1....PAR1", name="a.csv", format="csv")
    assert caught.value.reason == "unsupported_format:parquet"

"""One record at a time, and the delimiter."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels.csvfields import FieldScanner, sniff_delimiter

SCANNER = FieldScanner(b",")


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        (b"1,x\n", [b"1", b"x"]),
        (b",\r\n", [b"", b""]),
        (b'"a,b","say ""hi"""', [b"a,b", b'say "hi"']),
        (b'5" disk,x', [b'5" disk', b"x"]),
        (b'"two\nlines",x\n', [b"two\nlines", b"x"]),
        (b"\n", [b""]),
    ],
)
def test_fields_of_a_whole_record(line: bytes, fields: list[bytes]) -> None:
    scan = SCANNER.scan(line, 0, width=9)
    assert (scan.fields, scan.whole, scan.after) == (fields, True, len(line))


@pytest.mark.parametrize("line", [b'1,"x\n2,y\n', b'"a"b,c\n', b'"'])
def test_quotes_that_do_not_close_or_do_not_end_their_field_make_no_record(line: bytes) -> None:
    assert not SCANNER.scan(line, 0, width=9).whole


def test_a_record_over_several_lines_stops_at_too_many_fields() -> None:
    scan = SCANNER.scan(b'"a\nb",1,2,3,4,5\n', 0, width=2)
    assert (scan.whole, len(scan.fields)) == (False, 3)


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        (b"a,b\n1,2\n", b","),
        (b"a;b\n1,5;2\n", b";"),
        (b"a\tb\n1\t2,3\n", b"\t"),
        (b"a|b\n1|2\n", b"|"),
        (b'"x;y",b\n"1;2",c\n', b","),
        (b"one\ntwo\n", b""),
        (b"", b""),
        (b"a,b;c\n1;2\n3;4\n", b";"),
    ],
)
def test_the_delimiter_is_the_one_that_lines_share(sample: bytes, delimiter: bytes) -> None:
    assert sniff_delimiter(sample) == delimiter


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(st.sampled_from('ab", \n中'), max_size=6), min_size=2, max_size=4))
def test_what_the_csv_module_writes_is_read_back(fields: list[str]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(fields)
    scan = SCANNER.scan(out.getvalue().encode(), 0, width=len(fields))
    assert [field.decode() for field in scan.fields] == fields

"""Which lines make a record, and which are rejected."""

from __future__ import annotations

import time

import pytest

from textmine.channels.csvlines import MAX_RECORD_BYTES, REASONS, Records, find_records


def records(content: bytes, width: int, *, intact: bool = True) -> Records:
    return find_records(content, start=0, delimiter=b",", width=width, intact=intact)


def verdicts(content: bytes, width: int, *, intact: bool = True) -> list[tuple[bytes, str]]:
    found = records(content, width, intact=intact)
    spans = zip(found.starts, found.ends, found.reasons, strict=True)
    return [(content[start:end], REASONS[reason]) for start, end, reason in spans]


def test_blank_lines_are_no_records() -> None:
    assert verdicts(b"1,2\n\n  \n\r\n3,4", 2) == [(b"1,2", ""), (b"3,4", "")]


def test_a_line_with_too_few_or_too_many_fields_is_ragged() -> None:
    assert verdicts(b"1,2\n1\n1,2,3\n3,4\n", 2) == [(b"1,2", ""), (b"1", "row_ragged"), (b"1,2,3", "row_ragged"), (b"3,4", "")]


def test_a_stray_quote_costs_its_own_line_only() -> None:
    assert verdicts(b'1,"x,2\n3,y,4\n5,z,6\n', 3) == [(b'1,"x,2', "row_unbalanced_quote"), (b"3,y,4", ""), (b"5,z,6", "")]


def test_a_stray_quote_does_not_reach_for_a_regular_one_further_down() -> None:
    content = b'1,"x,2\n3,y,4\n5,"z",6\n7,"",8\n'
    assert [reason for _, reason in verdicts(content, 3)] == ["row_unbalanced_quote", "", "", ""]


def test_two_stray_quotes_around_whole_records_do_not_swallow_them() -> None:
    content = b'1,"x,2\n3,y,4\n5,y,6\n7,z",8\n'
    assert [reason for _, reason in verdicts(content, 3)] == ["row_unbalanced_quote", "", "", ""]


def test_a_text_of_several_lines_is_one_record() -> None:
    content = '1,"第一行\n第二行，有""引号""\n\n第三行",5\n2,b,c\n'.encode()
    assert [reason for _, reason in verdicts(content, 3)] == ["", ""]


def test_a_text_of_several_lines_may_hold_delimiters() -> None:
    assert [reason for _, reason in verdicts(b'1,"Hello, there\nbye, all",5\n', 3)] == [""]


def test_a_record_over_several_lines_with_a_field_too_many_is_one_ragged_record() -> None:
    assert verdicts(b'1,"a\nb",2,3\n4,5,6\n', 3) == [(b'1,"a\nb",2,3', "row_ragged"), (b"4,5,6", "")]


def test_an_inch_mark_within_a_field_is_text() -> None:
    assert verdicts(b'1,5" disk\n2,x\n', 2) == [(b'1,5" disk', ""), (b"2,x", "")]


def test_a_carriage_return_within_a_field_does_not_end_the_record() -> None:
    found = records(b"1,a\rb\n2,c\n", 2)
    assert found.reasons.tolist() == [0, 0]
    assert found.repaired == {0: b'"1","a\rb"'}


def test_a_record_beyond_the_cap_is_too_large() -> None:
    content = b"1," + b"x" * MAX_RECORD_BYTES + b"\n2,y\n"
    assert records(content, 2).reasons.tolist() == [REASONS.index("field_too_large"), 0]


def test_bytes_that_are_no_text_cost_their_own_line_only() -> None:
    assert verdicts(b"1,\xe5\xa5\n2,x\n", 2, intact=False) == [(b"1,\xe5\xa5", "encoding_invalid"), (b"2,x", "")]


@pytest.mark.slow
@pytest.mark.parametrize("unit", [b'x,"y\n', b'a",x,"\n', b'x,"\n""\n""\n', b'"', b"1,2,3\n", b"\r", b'"",\n'])
def test_hostile_lines_cost_time_in_proportion_to_their_number(unit: bytes) -> None:
    def seconds(times: int) -> float:
        start = time.perf_counter()
        records(unit * times, 2)
        return time.perf_counter() - start

    seconds(1_000)
    assert min(seconds(40_000) for _ in range(2)) < 3 * min(seconds(20_000) for _ in range(2)) + 0.3

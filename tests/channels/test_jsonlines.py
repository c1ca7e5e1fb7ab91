"""JSON and JSONL, record by record."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels.jsonlines import MAX_COLUMNS, read_json, read_jsonl
from textmine.errors import UnitError


def reason_of(data: bytes) -> str:
    with pytest.raises(UnitError) as caught:
        list(read_json(data, name="f.json"))
    return caught.value.reason


def test_a_bad_line_costs_itself_only() -> None:
    deep = b'{"a":' + b"[" * 70 + b"]" * 70 + b"}"
    lines = [b'{"a": 1}', b'{"a": NaN}', b'{"a": 1, "a": 2}', b"[1]", deep, b'{"a": 2}', b'{"a": "cut']
    [batch] = read_jsonl(b"\n".join(lines), name="f")
    assert batch.frame["_row"].tolist() == [1, 6]
    assert [(r.row_number, r.reason, r.content) for r in batch.rejects] == [
        (2, "json_invalid", lines[1]),
        (3, "json_duplicate_key", lines[2]),
        (4, "json_not_object", lines[3]),
        (5, "json_too_deep", lines[4]),
        (7, "json_invalid", lines[6]),
    ]
    assert batch.read == 7


def test_a_line_separator_within_a_text_does_not_end_the_line() -> None:
    [batch] = read_jsonl('{"a": "上\u2028下\u0085"}\r\n\n{"a": "x"}'.encode(), name="f")
    assert batch.frame.to_dict("list") == {"a": ["上\u2028下\u0085", "x"], "_row": [1, 2]}


def test_a_line_cut_within_a_character_is_rejected() -> None:
    [batch] = read_jsonl('{"a": "好"}\n{"a": "坏'.encode()[:-1], name="f")
    assert (len(batch.frame), [reject.reason for reject in batch.rejects]) == (1, ["encoding_invalid"])


def test_numbers_lists_and_objects_stay_what_they_are() -> None:
    [batch] = read_jsonl(b'{"n": 12345678901234567890, "l": [1], "o": {"x": null}, "b": true}\n{"n": null}', name="f")
    assert batch.frame.drop(columns="_row").iloc[0].tolist() == [12345678901234567890, [1], {"x": None}, True]


def test_every_batch_has_the_columns_of_the_whole_file() -> None:
    found = list(read_jsonl(b'{"a": 1}\n{"b": 2, "_row": 3}', name="f", batch_rows=1))
    assert [batch.frame.columns.tolist() for batch in found] == [["a", "b", "_row_2", "_row"]] * 2


def test_an_array_in_an_object_is_read() -> None:
    [batch] = read_json('{"code": 0, "data": [{"a": "好"}, 5, {"a": 1, "a": 2}, {"a": "差"}]}'.encode("utf-8-sig"), name="f")
    assert batch.frame["a"].tolist() == ["好", "差"]
    assert [(reject.row_number, reject.reason) for reject in batch.rejects] == [(2, "json_not_object"), (3, "json_duplicate_key")]


def test_a_comment_with_a_list_of_goods_is_one_record() -> None:
    [batch] = read_json('{"编号":"x1","评论内容":"太慢","商品":[{"名":"a"},{"名":"b"}]}'.encode(), name="f")
    assert batch.frame["评论内容"].tolist() == ["太慢"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty_file"),
        (b" \n", "empty_file"),
        (b"[]", "empty_file"),
        (b'[{"a": 1},', "json_invalid"),
        (b'"x"', "json_not_object"),
        (b"[" * 1_000, "json_too_deep"),
        ('[{"a": "这个商品的质量很好，下次再来"}]'.encode() + b"\xff", "encoding_invalid"),
    ],
)
def test_a_file_that_is_no_json_is_refused_whole(data: bytes, reason: str) -> None:
    assert reason_of(data) == reason


def test_keys_that_should_be_values_are_refused() -> None:
    records = ",".join(f'{{"k{n}": 1}}' for n in range(MAX_COLUMNS + 1))
    assert reason_of(f"[{records}]".encode()) == "too_many_columns"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from([b'{"a":1}', b"\n", b"{", b'"', b"]", b"NaN", b'{"a":"\\ud800"}', b"\xff", "好".encode()])))
def test_any_bytes_are_read_or_rejected_and_counted(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    for reader in (read_json, read_jsonl):
        try:
            found = list(reader(data, name="f", batch_rows=2))
        except UnitError as error:
            assert error.reason
            continue
        assert all(batch.read == len(batch.frame) + len(batch.rejects) for batch in found)
        assert reader is read_json or sum(batch.read for batch in found) == sum(bool(line.strip()) for line in data.split(b"\n"))

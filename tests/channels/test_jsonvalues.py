"""Strict JSON, flaw by flaw."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels.jsonvalues import MAX_DEPTH, Flaw, JsonReader, dump, first_flaw, records_of
from textmine.errors import UnitError


def flaw_of(text: str) -> str:
    reader = JsonReader()
    flaw = first_flaw(reader.read(text))
    assert (flaw is not None) == reader.flawed
    return flaw.reason if flaw else ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1}', ""),
        ('{"a": 1', "json_invalid"),
        ('{"a": NaN}', "json_invalid"),
        ('{"a": [-Infinity]}', "json_invalid"),
        ('{"a": 1e999}', "json_invalid"),
        ('{"a": 1, "a": 2}', "json_duplicate_key"),
        ('{"a": {"b": 1, "b": 1}}', "json_duplicate_key"),
        ("[" * MAX_DEPTH + "]" * MAX_DEPTH, ""),
        ("[" * 65 + "]" * 65, "json_too_deep"),
        ("[" * 100_000, "json_too_deep"),
        (json.dumps({"a": "[[{{" * 99}), ""),
        ("9" * 5_000, "json_invalid"),
    ],
)
def test_what_is_not_strict_json_is_named(text: str, reason: str) -> None:
    assert flaw_of(text) == reason


def test_long_whole_numbers_keep_their_digits() -> None:
    assert JsonReader().read("123456789012345678901234567890") == 123456789012345678901234567890


def test_lone_surrogates_become_replacement_characters_in_keys_and_cells() -> None:
    assert JsonReader().read('{"\\ud800": ["\\udfff", "\\ud83d\\ude00"]}') == {"\ufffd": ["\ufffd", "😀"]}


def test_a_repeated_key_is_kept_for_the_reject_store_with_both_values() -> None:
    assert dump(JsonReader().read('{"x": {"a": 1, "a": 2}}')) == b'{"x": [["a", 1], ["a", 2]]}'


@pytest.mark.parametrize(
    ("value", "records"),
    [
        ([{"a": 1}], [{"a": 1}]),
        ({"data": [{"a": 1}]}, [{"a": 1}]),
        ({"code": 0, "data": {"n": 1, "list": [{"a": 1}]}}, [{"a": 1}]),
        ({"留言": [{"a": 1}], "n": 1}, [{"a": 1}]),
        ({"id": 1, "messages": [{"a": 1}]}, [{"id": 1, "messages": [{"a": 1}]}]),
        ({"data": []}, []),
        ({"id": 1, "marks": []}, [{"id": 1, "marks": []}]),
        ({"items": [{"a": 1}], "others": [{"b": 1}]}, [{"a": 1}]),
    ],
)
def test_the_records_of_a_value(value: object, records: list[object]) -> None:
    assert records_of(value, name="f") == records


@pytest.mark.parametrize(
    "value",
    [
        {"编号": "x1", "评论内容": "太慢", "商品": [{"名": "a"}, {"名": "b"}]},
        {"id": 1, "text": "slow", "items": [{"name": "a"}]},
        {"text": "slow", "goods": [{"name": "a"}], "visits": [{"day": 1}]},
        {"text": "slow", "data": []},
    ],
)
def test_an_object_with_words_of_its_own_is_one_record(value: object) -> None:
    assert records_of(value, name="f") == [value]


@pytest.mark.parametrize(
    "envelope",
    [
        {"code": "0", "msg": "ok"},
        {"status": "success", "has_more": "false", "next": "p2"},
        {"Request-Id": "7f", "timestamp": "2026-11-21", "next_page_token": "x"},
        {"note": " ", "n": 1},
    ],
)
def test_an_envelope_is_opened_whatever_it_says_of_itself(envelope: dict[str, object]) -> None:
    assert records_of({**envelope, "data": [{"a": 1}]}, name="f") == [{"a": 1}]


@pytest.mark.parametrize("value", ["x", 1, None, {"a": [{"x": 1}], "b": [{"y": 1}]}])
def test_a_value_without_records_or_with_several_kinds_is_refused(value: object) -> None:
    with pytest.raises(UnitError) as caught:
        records_of(value, name="f")
    assert caught.value.reason == "json_not_object"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_what_the_json_module_writes_is_read_back(value: object) -> None:
    assert JsonReader().read(json.dumps(value)) == value


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from('{}[]",:1a\\ud8e')))
def test_any_text_is_a_value_or_a_flaw(text: str) -> None:
    value = JsonReader().read(text)
    assert isinstance(value, Flaw) or dump(value)

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from textmine.store.person import person


@pytest.mark.parametrize(
    "spelling",
    [
        "13800001234",
        " 13800001234 ",
        "+86 138 0000 1234",
        "86-138-0000-1234",
        "008613800001234",
        "013800001234",
        "１３８００００１２３４",
        "138\u200b00001234",
        "13800001234.0",
        "(138)0000-1234",
    ],
)
def test_a_mobile_number_is_one_person_however_it_is_written(spelling: str) -> None:
    assert person(spelling) == "13800001234"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＶＩＰ８８", "vip88"),
        (" Li Lei", "li lei "),
        ("İstanbul", "i\u0307stanbul"),
        ("℡", "tel"),
    ],
)
def test_width_case_and_outer_spaces_do_not_make_another_person(one: str, other: str) -> None:
    assert person(one) == person(other)


@pytest.mark.parametrize("number", ["138000012345", "1380000123", "12800001234", "x13800001234"])
def test_what_is_no_mobile_number_is_left_whole(number: str) -> None:
    assert person(number) == number


@pytest.mark.parametrize("nobody", ["", "  ", "\u200b", "\u3000"])
def test_blanks_and_invisible_characters_are_nobody(nobody: str) -> None:
    assert person(nobody) == ""


@example("e\u200b\u0301")
@given(st.text(st.characters()))
def test_a_normal_spelling_is_its_own_normal_spelling(value: str) -> None:
    assert person(person(value)) == person(value)

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.errors import UnitError
from textmine.store import sealed
from textmine.store.keys import Keyring
from textmine.store.sealed import HEADER, TAG, seal, unseal

RING = Keyring.from_secret(b"s" * 32)


@pytest.fixture
def small_frames(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealed, "FRAME", 4)


def reason(sealed_bytes: bytes, *, keyring: Keyring = RING, name: str = "unit") -> str:
    with pytest.raises(UnitError) as caught:
        unseal(sealed_bytes, keyring=keyring, name=name)
    return caught.value.reason


@pytest.mark.usefixtures("small_frames")
@pytest.mark.parametrize("data", [b"", b"abc", b"abcd", b"abcde", b"abcdefgh", b"abcdefghi" * 3])
def test_what_was_sealed_opens_to_the_same_bytes(data: bytes) -> None:
    assert unseal(seal(data, keyring=RING, name="unit"), keyring=RING, name="unit") == data


def test_the_size_is_the_content_with_a_header_and_a_tag() -> None:
    assert len(seal(b"abc", keyring=RING, name="unit")) == HEADER + 3 + TAG


@pytest.mark.usefixtures("small_frames")
def test_the_content_cannot_be_seen_and_sealing_twice_gives_different_bytes() -> None:
    first, second = (seal("电话一三八".encode() * 3, keyring=RING, name="unit") for _ in range(2))
    assert "电话".encode() not in first and first[HEADER:] != second[HEADER:]


@settings(max_examples=60)
@given(st.data())
def test_any_flipped_bit_is_noticed(data: st.DataObject) -> None:
    whole = bytearray(seal(b"0123456789", keyring=RING, name="unit"))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    assert reason(bytes(whole)) == ("other_key" if 4 <= place < 12 else "content_damaged")


@pytest.mark.usefixtures("small_frames")
def test_a_cut_at_any_byte_is_noticed_also_between_frames() -> None:
    whole = seal(b"0123456789ab", keyring=RING, name="unit")
    assert {reason(whole[:end]) for end in range(len(whole))} == {"content_damaged"}


@pytest.mark.usefixtures("small_frames")
def test_frames_in_another_order_or_said_twice_are_noticed() -> None:
    whole = seal(b"0123456789ab", keyring=RING, name="unit")
    head, frames = whole[:HEADER], [whole[start : start + 4 + TAG] for start in range(HEADER, len(whole), 4 + TAG)]
    assert len(frames) == 3
    for order in ((1, 0, 2), (0, 0, 1, 2), (0, 2), (0, 1, 2, 2)):
        assert reason(head + b"".join(frames[i] for i in order)) == "content_damaged"


def test_a_content_is_bound_to_its_name_and_key() -> None:
    whole = seal(b"abc", keyring=RING, name="unit")
    assert reason(whole, name="another") == "content_damaged"
    assert reason(whole, keyring=Keyring.from_secret(b"t" * 32)) == "other_key"


@pytest.mark.parametrize("junk", [b"", b"TMS1", b"PK\x03\x04" * 20])
def test_what_was_never_sealed_is_refused(junk: bytes) -> None:
    assert reason(junk) == "content_damaged"

"""gz and zip: whole, within the cap, or not at all."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels.containers import Budget, unpack
from textmine.errors import UnitError


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return out.getvalue()


def reason_of(data: bytes, budget: Budget | None = None) -> str:
    with pytest.raises(UnitError) as caught:
        unpack(data, name="u", budget=budget)
    return caught.value.reason


def test_a_plain_file_is_itself() -> None:
    assert unpack(b"a,b\n", name="a.csv") == [("a.csv", b"a,b\n")]


def test_gz_loses_its_extension_and_its_parts_are_joined() -> None:
    assert unpack(gzip.compress(b"a") + gzip.compress(b"b"), name="a.csv.gz") == [("a.csv", b"ab")]


def test_every_member_of_a_zip_is_read_and_path_like_names_are_only_names() -> None:
    data = zipped({"../../etc/a.csv": b"1", "C:\\b.csv": b"2", "__MACOSX/._a.csv": b"x", ".DS_Store": b"x", "folder/": b""})
    assert unpack(data, name="u.zip") == [("u.zip/a.csv", b"1"), ("u.zip/b.csv", b"2")]


def test_archives_in_archives_are_opened() -> None:
    assert unpack(zipped({"a.csv.gz": gzip.compress(b"x")}), name="u.zip") == [("u.zip/a.csv", b"x")]


def test_a_workbook_is_not_unpacked() -> None:
    data = zipped({"xl/workbook.xml": b"<workbook/>"})
    assert unpack(data, name="a.xlsx") == [("a.xlsx", data)]


@pytest.mark.parametrize("data", [gzip.compress(b"a,b\n" * 99, mtime=0), zipped({"a.csv": b"a,b\n" * 99})], ids=["gz", "zip"])
def test_a_cut_archive_is_refused_whole(data: bytes) -> None:
    assert {reason_of(data[:cut]) for cut in range(4, len(data) - 1, 5)} == {"truncated"}


def test_a_changed_byte_is_found_by_the_checksum() -> None:
    data = bytearray(zipped({"a.csv": bytes(range(256))}))
    data[60] ^= 1
    assert reason_of(bytes(data)) == "truncated"


def test_a_bomb_is_stopped_by_its_ratio() -> None:
    assert reason_of(gzip.compress(b"\0" * 20_000_000)) == "archive_bomb"
    assert reason_of(zipped({"a": b"\0" * 20_000_000})) == "archive_bomb"


def test_a_bomb_is_stopped_by_its_size_over_all_members() -> None:
    data = zipped({"a": b"abc" * 300, "b": b"abc" * 300})
    assert reason_of(data, Budget(len(data), unpacked=1_500)) == "archive_bomb"


def test_a_small_file_may_be_packed_as_well_as_it_likes() -> None:
    assert len(unpack(gzip.compress(b"\0" * 1_000_000), name="u")[0][1]) == 1_000_000


def test_too_many_members_and_too_many_layers_are_bombs() -> None:
    data = zipped({str(n): b"" for n in range(20)})
    assert reason_of(data, Budget(len(data), members=10)) == "archive_bomb"
    layers = b"x"
    for _ in range(5):
        layers = gzip.compress(layers)
    assert reason_of(layers) == "archive_bomb"


def test_a_zip_behind_a_password_is_named_so() -> None:
    data = bytearray(zipped({"a.csv": b"a,b\n"}))
    data[6] |= 1  # the bit in the local header, and in the directory at the end
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert reason_of(bytes(data)) == "unsupported_format:encrypted"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 200), st.sampled_from([gzip.compress(b"a,b\n1,2\n"), zipped({"a.csv": b"1,2\n"})]))
def test_any_damage_is_an_error_with_a_reason(noise: bytes, place: int, seed: bytes) -> None:
    data = seed[:place] + noise + seed[place + len(noise) :]
    try:
        unpack(data, name="u")
    except UnitError as error:
        assert error.reason

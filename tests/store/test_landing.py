from __future__ import annotations

import stat
from pathlib import Path

import pytest

from textmine.errors import UnitError
from textmine.store import landing
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.landing import land, open_unit


def files(lake: Lake) -> list[Path]:
    return sorted(path for path in lake.landing.rglob("*") if path.is_file())


def test_bytes_and_the_same_bytes_in_a_file_are_one_unit(lake: Lake, keyring: Keyring, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id,text\n1,abc\n")
    digest = land(b"id,text\n1,abc\n", lake=lake, keyring=keyring)
    assert land(tmp_path / "a.csv", lake=lake, keyring=keyring) == digest == keyring.digest(b"id,text\n1,abc\n")
    assert files(lake) == [lake.landing / digest[:2] / f"{digest}.bin"]
    assert open_unit(digest, lake=lake, keyring=keyring) == b"id,text\n1,abc\n"


def test_the_unit_on_disk_is_encrypted_and_private(lake: Lake, keyring: Keyring) -> None:
    land("我的手机打不通".encode(), lake=lake, keyring=keyring)
    [path] = files(lake)
    assert "手机".encode() not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_empty_unit_is_landed_like_any_other(lake: Lake, keyring: Keyring) -> None:
    assert open_unit(land(b"", lake=lake, keyring=keyring), lake=lake, keyring=keyring) == b""


def test_landing_again_does_not_write(lake: Lake, keyring: Keyring) -> None:
    land(b"abc", lake=lake, keyring=keyring)
    before = files(lake)[0].stat()
    land(b"abc", lake=lake, keyring=keyring)
    assert files(lake)[0].stat().st_ino == before.st_ino


def test_a_damaged_copy_is_refused_and_mended_by_the_next_delivery(lake: Lake, keyring: Keyring) -> None:
    digest = land(b"abc", lake=lake, keyring=keyring)
    path = lake.unit_file(digest)
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    with pytest.raises(UnitError) as caught:
        open_unit(digest, lake=lake, keyring=keyring)
    assert caught.value.reason == "content_damaged"
    land(b"abc", lake=lake, keyring=keyring)
    assert open_unit(digest, lake=lake, keyring=keyring) == b"abc"


def test_a_unit_put_under_another_ones_name_is_refused(lake: Lake, keyring: Keyring) -> None:
    one, other = (land(data, lake=lake, keyring=keyring) for data in (b"one", b"other"))
    lake.unit_file(one).write_bytes(lake.unit_file(other).read_bytes())
    with pytest.raises(UnitError, match="altered"):
        open_unit(one, lake=lake, keyring=keyring)


def test_a_unit_that_never_came_says_so(lake: Lake, keyring: Keyring) -> None:
    with pytest.raises(UnitError) as caught:
        open_unit("0" * 40, lake=lake, keyring=keyring)
    assert caught.value.reason == "not_landed"


def test_a_file_that_grows_while_it_is_read_is_left_for_the_next_run(
    lake: Lake, keyring: Keyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    growing = tmp_path / "growing.csv"
    growing.write_bytes(b"id\n1\n")

    def grow_then_seal(*args: object, **named: object) -> None:
        growing.write_bytes(b"id\n1\n2\n")
        seal_stream(*args, **named)  # type: ignore[arg-type]

    seal_stream = landing.seal_stream
    monkeypatch.setattr(landing, "seal_stream", grow_then_seal)
    with pytest.raises(UnitError) as caught:
        land(growing, lake=lake, keyring=keyring)
    assert caught.value.reason == "still_being_written" and files(lake) == []


def test_a_file_that_is_gone_is_the_units_fault_not_the_disks(lake: Lake, keyring: Keyring, tmp_path: Path) -> None:
    with pytest.raises(UnitError) as caught:
        land(tmp_path / "gone.csv", lake=lake, keyring=keyring)
    assert caught.value.reason == "unreadable"


@pytest.mark.slow
def test_a_unit_of_many_frames_comes_back_whole(lake: Lake, keyring: Keyring, tmp_path: Path) -> None:
    data = bytes(range(256)) * 40_000 + b"end"
    (tmp_path / "big.bin").write_bytes(data)
    assert open_unit(land(tmp_path / "big.bin", lake=lake, keyring=keyring), lake=lake, keyring=keyring) == data

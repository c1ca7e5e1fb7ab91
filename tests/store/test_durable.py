from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from textmine.errors import TextmineError
from textmine.store.durable import make_folder, place_all, remove_durably, stage, write_durably


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob(".*"))


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every fsync, replace and unlink, in order, with what it touched."""
    made: list[str] = []
    fsync, replace = os.fsync, os.replace

    def recorded_fsync(descriptor: int) -> None:
        made.append("sync folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "sync file")
        fsync(descriptor)

    def recorded_replace(temp: str | Path, path: str | Path) -> None:
        made.append("replace")
        replace(temp, path)

    monkeypatch.setattr(os, "fsync", recorded_fsync)
    monkeypatch.setattr(os, "replace", recorded_replace)
    return made


def test_the_file_is_synced_then_checked_then_replaced_then_its_folder_synced(tmp_path: Path, calls: list[str]) -> None:
    write_durably(tmp_path / "a", b"new", check=lambda temp: calls.append(f"check {temp.read_text()}"))
    assert calls == ["sync file", "check new", "replace", "sync folder"]


def test_a_new_folder_is_on_disk_before_what_lies_in_it(tmp_path: Path, calls: list[str]) -> None:
    write_durably(tmp_path / "one" / "two" / "a", b"new")
    assert calls == ["sync folder", "sync folder", "sync file", "replace", "sync folder"]


def test_several_files_take_their_places_before_any_folder_is_synced(tmp_path: Path, calls: list[str]) -> None:
    place_all([stage(tmp_path / name, b"new") for name in "ab"])
    assert calls == ["sync file", "sync file", "replace", "replace", "sync folder", "sync folder"]


@pytest.mark.parametrize("fault", ["content", "check"])
def test_whatever_fails_the_old_file_stays_and_no_temp_is_left(tmp_path: Path, fault: str) -> None:
    def fail(_: object) -> None:
        raise ValueError(fault)

    write_durably(tmp_path / "a", b"old")
    with pytest.raises(ValueError, match=fault):
        write_durably(tmp_path / "a", fail if fault == "content" else b"new", check=fail if fault == "check" else None)
    assert (tmp_path / "a").read_bytes() == b"old" and hidden(tmp_path) == []


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_a_disk_fault_is_a_clear_error_and_writing_again_works(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    def fault(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    write_durably(tmp_path / "a", b"old")
    with monkeypatch.context() as broken:
        broken.setattr(os, call, fault)
        with pytest.raises(TextmineError, match=os.strerror(code)) as caught:
            write_durably(tmp_path / "a", b"new")
    assert caught.value.exit_code == 1 and caught.value.where == str(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == b"old" and hidden(tmp_path) == []
    write_durably(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new"


def test_a_fault_after_the_replace_leaves_the_new_file_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fsync = os.fsync

    def folders_fail(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        fsync(descriptor)

    write_durably(tmp_path / "a", b"old")
    monkeypatch.setattr(os, "fsync", folders_fail)
    with pytest.raises(TextmineError):
        write_durably(tmp_path / "a", b"new")
    assert (tmp_path / "a").read_bytes() == b"new" and hidden(tmp_path) == []


def test_a_file_is_made_with_the_mode_asked_for(tmp_path: Path) -> None:
    write_durably(tmp_path / "a", b"x", mode=0o600)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o600


def test_removing_is_on_disk_and_can_be_repeated(tmp_path: Path, calls: list[str]) -> None:
    (tmp_path / "a").write_bytes(b"x")
    remove_durably(tmp_path / "a")
    remove_durably(tmp_path / "a")
    assert not (tmp_path / "a").exists() and calls == ["sync folder"]


def test_a_folder_that_is_there_is_left_as_it_is(tmp_path: Path, calls: list[str]) -> None:
    make_folder(tmp_path, mode=0o700)
    assert calls == []

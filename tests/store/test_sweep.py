from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from textmine.store.durable import stage, write_durably
from textmine.store.sweep import sweep_temps


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob(".*"))


def test_a_sweep_takes_temps_of_the_dead_and_leaves_those_of_the_living(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / ".a.0123.tmp").write_bytes(b"of a killed writer")
    (tmp_path / ".key").write_bytes(b"no temp")
    with stage(tmp_path / "b", b"being written") as living:
        assert sweep_temps(tmp_path) == 1
        assert names(tmp_path) == sorted([".key", living.temp.name])
    assert names(tmp_path) == [".key"]


def test_a_writer_whose_temp_was_swept_before_it_was_locked_begins_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flock = fcntl.flock
    swept = []

    def sweeper_first(file: object, operation: int) -> None:
        if not swept:
            swept.extend(path.unlink() or path for path in tmp_path.glob(".*.tmp"))  # type: ignore[func-returns-value]
        flock(file, operation)  # type: ignore[arg-type]

    monkeypatch.setattr(fcntl, "flock", sweeper_first)
    write_durably(tmp_path / "a", b"new")
    assert len(swept) == 1 and (tmp_path / "a").read_bytes() == b"new"

"""Two nights never work on one lake at once."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.night.small import KEY, NIGHT, config_of, deliver, run, write_one_source
from textmine.errors import LakeBusyError
from textmine.night import open_night
from textmine.settings import Settings
from textmine.store.lake import Lake
from textmine.store.lock import lake_lock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_one_source(tmp_path)
    deliver(tmp_path, "a.csv", {"编号": "1", "内容": "很好用"})
    return tmp_path


def _hold_in_a_child(root: Path) -> int:
    ready, told = os.pipe()
    child = os.fork()
    if child == 0:
        with lake_lock(Lake(root)):
            os.write(told, b"x")
            time.sleep(60)
        os._exit(0)
    os.read(ready, 1)
    return child


def test_the_second_of_two_nights_is_refused_at_once_and_a_kill_frees_the_lake(folder: Path):
    child = _hold_in_a_child(folder / "lake")
    try:
        began = time.monotonic()
        with pytest.raises(LakeBusyError, match=f"pid {child}") as refused:
            run(folder)
        assert refused.value.exit_code == 4
        assert time.monotonic() - began < 2
        assert not (folder / "lake" / "published").exists()
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert run(folder).totals["published"] == 1


def test_a_refused_night_leaves_the_scratch_of_the_running_one_alone(folder: Path):
    with open_night(config_of(folder), settings=Settings(key=KEY), night=NIGHT) as running:
        (running.plan.scratch / "chunk").write_bytes(b"in use")
        with pytest.raises(LakeBusyError):
            run(folder)
        assert (running.plan.scratch / "chunk").exists()

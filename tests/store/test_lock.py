from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable

import pytest

from textmine.errors import LakeBusyError
from textmine.store.lake import Lake
from textmine.store.lock import lake_lock, short_lock


@pytest.fixture
def held_by_child(lake: Lake) -> Callable[[], int]:
    """Start a process that takes the lake and sleeps; gives its pid once it holds the lake."""

    def start() -> int:
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                with lake_lock(lake):
                    os.write(write, b"held")
                    time.sleep(30)
            finally:
                os._exit(0)
        os.read(read, 4)
        return child

    return start


def test_a_second_run_is_refused_and_told_who_holds_the_lake(lake: Lake, held_by_child: Callable[[], int]) -> None:
    child = held_by_child()
    with pytest.raises(LakeBusyError) as caught, lake_lock(lake):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert caught.value.exit_code == 4
    assert re.fullmatch(rf"pid {child} since \d{{4}}-\d\d-\d\d \d\d:\d\d:\d\d UTC", caught.value.got)


def test_a_kill_frees_the_lake(lake: Lake, held_by_child: Callable[[], int]) -> None:
    child = held_by_child()
    with pytest.raises(LakeBusyError), lake_lock(lake):
        pass
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with lake_lock(lake):
        pass


def test_the_lake_is_free_after_the_block_also_after_an_error(lake: Lake) -> None:
    with pytest.raises(ValueError, match="inside"), lake_lock(lake):
        raise ValueError("inside")
    with lake_lock(lake):
        pass


def test_a_second_run_in_the_same_process_is_refused_too(lake: Lake) -> None:
    with lake_lock(lake), pytest.raises(LakeBusyError), lake_lock(lake):
        pass


def test_a_short_lock_is_waited_for(lake: Lake) -> None:
    path = lake.ledger / "short.lock"
    child = os.fork()
    if child == 0:
        try:
            with short_lock(path):
                (lake.work / "held").touch()
                time.sleep(0.2)
                (lake.work / "done").touch()
        finally:
            os._exit(0)
    while not (lake.work / "held").exists():
        time.sleep(0.01)
    with short_lock(path):
        assert (lake.work / "done").exists()
    os.waitpid(child, 0)

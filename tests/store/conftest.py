"""What the tests of the store share: a lake, a key, and rows of the smallest published table."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import FrameType

import pandas as pd
import pytest

from textmine.store.keys import Keyring
from textmine.store.lake import Lake

Rows = Callable[..., pd.DataFrame]
Kills = Callable[..., Iterator[int]]
STORE = str(Path(sys.modules["textmine.store.lake"].__file__ or "").parent)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake(tmp_path / "lake")
    made.prepare()
    return made


@pytest.fixture
def keyring() -> Keyring:
    return Keyring.from_secret(b"a test's own secret of 32 bytes!")


@pytest.fixture
def night() -> date:
    return date(2026, 9, 1)


@pytest.fixture
def aspects() -> Rows:
    """Rows of the table ``aspects``: one clause of each id."""

    def rows(*ids: str, run_id: str = "run1", score: float = 0.5) -> pd.DataFrame:
        return pd.DataFrame(
            {
                "feedback_id": list(ids),
                "clause": 0,
                "aspect": "service.attitude",
                "polarity": "pos",
                "polarity_score": score,
                "evidence": [["热情"]] * len(ids),
                "run_id": run_id,
            }
        )

    return rows


@pytest.fixture
def killed_at() -> Kills:
    """Run an action in a child that kills itself before line 1, 1 + step ... of the store; ends when the child lives on."""

    def kills(made: Callable[[int], Callable[[], object]], *, step: int) -> Iterator[int]:
        line = 1
        while _dies(made(line), line):
            yield line
            line += step

    return kills


def _dies(action: Callable[[], object], line: int) -> bool:
    child = os.fork()
    if child == 0:
        try:
            _run_and_die(action, line)
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status) and os.WEXITSTATUS(status):
        pytest.fail("the action failed in the child")
    return os.WIFSIGNALED(status)


def _run_and_die(action: Callable[[], object], line: int) -> None:
    left = line

    def trace(frame: FrameType, event: str, _: object) -> object:
        nonlocal left
        if not frame.f_code.co_filename.startswith(STORE):
            return None
        left -= event == "line"
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return trace

    sys.settrace(trace)  # type: ignore[arg-type]
    action()
    sys.settrace(None)

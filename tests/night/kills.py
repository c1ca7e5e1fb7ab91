"""Killing a night where it hurts."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable


def killed(action: Callable[[], object], *, before: Callable[[str, str], bool]) -> bool:
    """Whether ``action`` was killed in a child, before the call (name, path) of os.replace or os.fsync that ``before`` picks."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status) or not os.WEXITSTATUS(status), "the action failed in the child"
        return os.WIFSIGNALED(status)
    try:
        for name in ("replace", "fsync"):
            setattr(os, name, _deadly(name, getattr(os, name), before))
        action()
        os._exit(0)
    finally:
        os._exit(1)


def _deadly(name: str, call: Callable[..., object], before: Callable[[str, str], bool]) -> Callable[..., object]:
    def called(first: object, *rest: object, **named: object) -> object:
        if before(name, str(rest[0]) if rest else ""):
            os.kill(os.getpid(), signal.SIGKILL)
        return call(first, *rest, **named)

    return called

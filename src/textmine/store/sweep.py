"""Temp files of dead writers, removed.

A writer holds an OS lock on its temp file (durable.py), so whoever can take that lock knows that the writer is dead. A pid would
say less: containers repeat them.
"""

from __future__ import annotations

import fcntl
from contextlib import suppress
from pathlib import Path


def sweep_temps(root: Path) -> int:
    """How many temp files of dead writers were removed under ``root``. Those of living writers stay."""
    return sum(_removed_if_dead(temp) for temp in sorted(root.rglob(".*.tmp")))


def _removed_if_dead(temp: Path) -> bool:
    with suppress(FileNotFoundError), temp.open("r+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        temp.unlink()
        return True
    return False

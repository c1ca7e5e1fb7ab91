"""One run at a time: an OS lock that a kill frees."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from textmine.errors import LakeBusyError
from textmine.store.durable import make_folder
from textmine.store.lake import PRIVATE, Lake


@contextmanager
def lake_lock(lake: Lake) -> Iterator[None]:
    """The lake to ourselves until the block ends or the process dies.

    Raises
    ------
    LakeBusyError
        If another run holds it (also one in this process); names its pid and since when. Never waits.
    """
    with _open(lake.ledger / "lake.lock") as descriptor:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 200, 0).decode("ascii", "replace").strip()
            raise LakeBusyError(
                "another run holds the lake", where=str(lake.root), got=holder, todo="wait until it ends, then run again"
            ) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"pid {os.getpid()} since {datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n".encode(), 0)
        yield


@contextmanager
def short_lock(path: Path) -> Iterator[None]:
    """The file's lock, waited for: for steps of milliseconds."""
    with _open(path) as descriptor:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


@contextmanager
def _open(path: Path) -> Iterator[int]:
    make_folder(path.parent, mode=PRIVATE)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)  # closing frees the lock, and so does a kill

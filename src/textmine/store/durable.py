"""Files that are wholly old or wholly new after any kill, power cut or full disk.

The order is always: temp file in the same folder, flush, fsync, check, replace, fsync of the folder. A writer holds an OS
lock on its temp file until it takes its place; sweep.py relies on that.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from textmine.errors import TextmineError

Content = bytes | Callable[[BinaryIO], object]
Check = Callable[[Path], object]

BUFFER = 1 << 20


def write_durably(path: Path, content: Content, *, check: Check | None = None, mode: int = 0o666) -> None:
    """The file ``path`` with ``content`` (bytes, or what a callable writes into the open file), replaced at one instant.

    ``check`` sees the finished temp file before it takes its place; if it raises, the old file stays.

    Raises
    ------
    TextmineError
        If the disk is full or broken. Before the replace the old file is intact; after it, writing again is harmless.
    """
    with stage(path, content, check=check, mode=mode) as staged:
        staged.place()


def stage(path: Path, content: Content, *, check: Check | None = None, mode: int = 0o666) -> Staged:
    """A finished, synced and checked temp file beside ``path``; ``place`` or ``discard`` it. Raises like ``write_durably``."""
    with _disk_errors(path):
        make_folder(path.parent)
        staged = _open_temp(path, mode)
        try:
            _fill(staged.file, content)
            if check is not None:
                check(staged.temp)
        except BaseException:
            staged.discard()
            raise
    return staged


@dataclass(frozen=True)
class Staged:
    """A temp file that waits to take its place. ``file`` stays open: it carries the lock that keeps sweepers away."""

    path: Path
    temp: Path
    file: BinaryIO

    def place(self) -> None:
        """Put the file at ``path`` and its name on disk. A failure after the replace is repaired by doing it all again."""
        place_all([self])

    def __enter__(self) -> Staged:
        return self

    def __exit__(self, *_: object) -> None:
        self.discard()

    def discard(self) -> None:
        """Remove the temp file, if it did not take its place."""
        with suppress(OSError):  # a full disk fails again in close(); what matters is that the file goes
            self.temp.unlink(missing_ok=True)
        with suppress(OSError):
            self.file.close()


def place_all(files: Iterable[Staged]) -> None:
    """Put every file in its place, one right after the other, then all names on disk. Raises like ``write_durably``."""
    placed = list(files)
    for staged in placed:
        with _disk_errors(staged.path):
            staged.temp.replace(staged.path)
    for staged in placed:
        with _disk_errors(staged.path):
            sync_folder(staged.path.parent)
            staged.file.close()


def remove_durably(path: Path) -> None:
    """Nothing at ``path``, even after a power cut. A file that is not there is fine."""
    with _disk_errors(path):
        if path.exists():
            path.unlink()
            sync_folder(path.parent)


def make_folder(path: Path, *, mode: int = 0o755) -> None:
    """The folder and its parents, their names on disk. A folder that is there keeps its mode."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(mode=mode, exist_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Names in the folder, on disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _fill(file: BinaryIO, content: Content) -> None:
    if callable(content):
        content(file)
    else:
        file.write(content)
    file.flush()
    os.fsync(file.fileno())


def _open_temp(path: Path, mode: int) -> Staged:
    while True:
        temp = path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")
        file = os.fdopen(os.open(temp, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, mode), "w+b", BUFFER)
        fcntl.flock(file, fcntl.LOCK_EX)
        if os.fstat(file.fileno()).st_nlink:
            return Staged(path, temp, file)
        file.close()  # a sweeper came between open and lock


@contextmanager
def _disk_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise TextmineError(
            f"cannot be written ({error.strerror or type(error).__name__})",
            where=str(path),
            todo="see to the disk (space, rights, faults) and run again; what was published is intact",
        ) from error

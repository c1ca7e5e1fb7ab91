"""The landing zone: every unit as it came, encrypted, before anything reads it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from textmine.errors import UnitError
from textmine.store.durable import write_durably
from textmine.store.keys import PIECE, Keyring
from textmine.store.lake import Lake
from textmine.store.sealed import Readable, seal_stream, unseal_stream


def land(data: bytes | Path, *, lake: Lake, keyring: Keyring) -> str:
    """Keyed digest of the unit, which is now safe on disk. Landing it again changes nothing (a damaged copy is mended).

    Raises
    ------
    UnitError
        ``still_being_written`` if the file changes meanwhile, ``unreadable`` if it cannot be read.
    TextmineError
        If the landing zone cannot be written.
    """
    with _opened(data) as source:
        digest = keyring.digest_pieces(iter(lambda: source.read(PIECE), b""))
    path = lake.unit_file(digest)
    if not _intact(path, digest, keyring):
        with _opened(data) as source:
            _write(source, path, digest, keyring)
    return digest


def open_unit(digest: str, *, lake: Lake, keyring: Keyring) -> bytes:
    """The unit's bytes as they came.

    Raises
    ------
    UnitError
        ``not_landed`` (never, or expired), ``content_damaged`` or ``other_key``.
    """
    path = lake.unit_file(digest)
    if not path.is_file():
        raise UnitError(
            "the unit is not in the landing zone",
            reason="not_landed",
            where=digest,
            todo="it expired, or another lake holds it; have the source deliver it again",
        )
    with path.open("rb") as sealed:
        return b"".join(unseal_stream(sealed, keyring=keyring, name=digest))


def _write(source: Readable, path: Path, digest: str, keyring: Keyring) -> None:
    def whole(temp: Path) -> None:
        if not _intact(temp, digest, keyring):
            raise UnitError(
                "the file changed while it was read",
                reason="still_being_written",
                where=digest,
                todo="it is read again in the next run",
            )

    write_durably(path, lambda target: seal_stream(source, target, keyring=keyring, name=digest), check=whole, mode=0o600)


def _intact(path: Path, digest: str, keyring: Keyring) -> bool:
    """Whether the sealed file is there and opens to the content of this digest."""
    try:
        with path.open("rb") as sealed:
            return keyring.digest_pieces(unseal_stream(sealed, keyring=keyring, name=digest)) == digest
    except (FileNotFoundError, UnitError):
        return False


@dataclass(frozen=True)
class _Source:
    """A unit's file whose read errors are told apart from those of our own disk."""

    file: BinaryIO
    name: str

    def read(self, size: int, /) -> bytes:
        with _read_errors(self.name):
            return self.file.read(size)


@contextmanager
def _opened(data: bytes | Path) -> Iterator[Readable]:
    if isinstance(data, bytes):
        yield BytesIO(data)
        return
    with _read_errors(data.name):
        file = data.open("rb")
    with file:
        yield _Source(file, data.name)


@contextmanager
def _read_errors(name: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UnitError(
            f"cannot be read ({error.strerror or type(error).__name__})",
            reason="unreadable",
            where=name,
            todo="see to the file's rights or its disk",
        ) from error

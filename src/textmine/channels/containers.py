"""The files inside gz and zip, all unpacked under a cap before any of them is read."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO, cast

from textmine.channels.filekinds import DAMAGE, content_kind, unsupported
from textmine.errors import UnitError

_OWN_FILES = ("thumbs.db", "desktop.ini")
_PIECE = 1 << 20


@dataclass
class Budget:
    """How much a unit may unpack to: bytes in all, times its own size, members, archives in archives.

    The ratio counts from ``ratio_from`` bytes on: a smaller unit does no harm, however well it is packed.
    """

    size: int
    unpacked: int = 2 << 30
    ratio: int = 200
    ratio_from: int = 8 << 20
    members: int = 10_000
    depth: int = 3
    spent: int = field(default=0, init=False)

    def spend(self, count: int, *, name: str) -> None:
        """Count bytes that were unpacked, and stop the unit when they are too many."""
        self.spent += count
        if self.spent > self.unpacked or self.spent > max(self.ratio_from, self.ratio * self.size):
            raise _bomb(
                name,
                f"more than {self.spent:,} bytes out of {self.size:,}",
                f"{self.unpacked:,} bytes, {self.ratio} times its size",
            )


def unpack(data: bytes, *, name: str, budget: Budget | None = None) -> list[tuple[str, bytes]]:
    """The files of a unit as (name, bytes): itself when it is no archive, else every member, archives in it opened too.

    Names are metadata: nothing is written anywhere. Folders and the operating systems' own files are left out.

    Raises
    ------
    UnitError
        ``truncated`` if the archive is cut or damaged, ``archive_bomb`` beyond the budget,
        ``unsupported_format:encrypted`` behind a password.
    """
    return list(_files(data, name, budget or Budget(len(data)), 0))


def zip_members(data: bytes, *, name: str, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """Every member of a zip file as (name, bytes), its checksum verified; raises as ``unpack``."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (*DAMAGE, NotImplementedError) as error:
        raise _damaged(name, "a zip file") from error
    if len(infos) > budget.members:
        raise _bomb(name, f"{len(infos):,} members", f"{budget.members:,} members")
    for info in infos:
        if info.flag_bits & 1:
            raise unsupported(name, "encrypted")
        try:
            with archive.open(info) as stream:
                content = _read(stream, name, budget)
        except DAMAGE as error:
            raise _damaged(name, "a zip file") from error
        except (NotImplementedError, RuntimeError) as error:
            raise unsupported(name, "zip_method") from error
        yield info.filename, content


def _files(data: bytes, name: str, budget: Budget, depth: int) -> Iterator[tuple[str, bytes]]:
    kind = content_kind(data)
    if kind not in ("gz", "zip"):
        yield name, data
        return
    if depth == budget.depth:
        raise _bomb(name, f"archives in archives, {depth} deep", f"{budget.depth} deep")
    if kind == "gz":
        inner = name[:-3] if name.lower().endswith(".gz") else name
        yield from _files(_gunzip(data, name, budget), inner, budget, depth + 1)
        return
    for member, content in zip_members(data, name=name, budget=budget):
        last = member.replace("\\", "/").rsplit("/", 1)[-1]
        if last and not last.startswith(".") and last.lower() not in _OWN_FILES and not member.startswith("__MACOSX/"):
            yield from _files(content, f"{name}/{last}", budget, depth + 1)


def _gunzip(data: bytes, name: str, budget: Budget) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as stream:
            return _read(cast(IO[bytes], stream), name, budget)
    except DAMAGE as error:
        raise _damaged(name, "a gz file") from error


def _read(stream: IO[bytes], name: str, budget: Budget) -> bytes:
    out = bytearray()
    while piece := stream.read(_PIECE):
        budget.spend(len(piece), name=name)
        out += piece
    return bytes(out)


def _bomb(name: str, got: str, allowed: str) -> UnitError:
    return UnitError(
        "unpacks to too much",
        reason="archive_bomb",
        where=name,
        got=got,
        allowed=allowed,
        todo="look at the file before anything opens it; split it if it is honest",
    )


def _damaged(name: str, kind: str) -> UnitError:
    return UnitError(
        "the file is cut or damaged",
        reason="truncated",
        where=name,
        got="a part",
        allowed=f"all of {kind}",
        todo="fetch it again, and deliver files under another name until they are whole",
    )

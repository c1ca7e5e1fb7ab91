"""Encryption of whole contents (landing, quarantine, scratch): AES-256-GCM in frames.

A sealed content is ``TMS1`` (4 bytes), the key's id (8, ASCII), a random salt (32), then frames of 4 MiB of content (the last
one shorter, perhaps empty), each followed by its 16 byte tag. The file's own key is HKDF-SHA-256 of the sealing key with the
salt, so a nonce can be the frame's number (11 bytes) and 1 for the last frame, else 0 (1 byte). Header and name are
authenticated with every frame. Source of the construction: STREAM, Hoang, Reyhanitabar, Rogaway, Vizar, "Online
authenticated-encryption and its nonce-reuse misuse-resistance", CRYPTO 2015; the layout follows age (age-encryption.org/v1).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from textmine.errors import UnitError
from textmine.store.keys import Keyring

MAGIC = b"TMS1"
SALT, TAG = 32, 16
HEADER = len(MAGIC) + 8 + SALT
FRAME = 4 << 20


class Readable(Protocol):
    """Anything that gives up to ``size`` bytes, and fewer only at its end."""

    def read(self, size: int, /) -> bytes:
        """Return up to ``size`` bytes."""
        ...


def seal(data: bytes, *, keyring: Keyring, name: str) -> bytes:
    """``data`` encrypted and bound to ``name``: opened under another name, key or order of frames, it is refused."""
    target = BytesIO()
    seal_stream(BytesIO(data), target, keyring=keyring, name=name)
    return target.getvalue()


def seal_stream(source: Readable, target: BinaryIO, *, keyring: Keyring, name: str) -> None:
    """The same, from stream to stream in constant memory."""
    header = MAGIC + keyring.key_id.encode("ascii") + os.urandom(SALT)
    cipher, bound = _cipher(header, keyring), header + name.encode()
    target.write(header)
    for number, frame, last in _frames(source, FRAME):
        target.write(cipher.encrypt(_nonce(number, last), frame, bound))


def unseal(sealed: bytes, *, keyring: Keyring, name: str) -> bytes:
    """The content that was sealed under ``name``.

    Raises
    ------
    UnitError
        ``content_damaged`` if a bit, the length, the order or the name differs; ``other_key`` if another key sealed it.
    """
    return b"".join(unseal_stream(BytesIO(sealed), keyring=keyring, name=name))


def unseal_stream(source: Readable, *, keyring: Keyring, name: str) -> Iterator[bytes]:
    """The content in authenticated pieces; known to be whole only after the last one. Raises like ``unseal``."""
    header = source.read(HEADER)
    if len(header) < HEADER or not header.startswith(MAGIC):
        raise _damaged(name)
    sealed_by = header[len(MAGIC) : -SALT]
    if sealed_by != keyring.key_id.encode("ascii"):
        raise UnitError(
            "sealed with another key",
            reason="other_key",
            where=name,
            got=sealed_by.decode("ascii", "replace"),
            allowed=keyring.key_id,
            todo="set TEXTMINE_KEY_FILE to the key of that time",
        )
    cipher, bound = _cipher(header, keyring), header + name.encode()
    for number, frame, last in _frames(source, FRAME + TAG):
        try:
            yield cipher.decrypt(_nonce(number, last), frame, bound)
        except InvalidTag:
            raise _damaged(name) from None


def _frames(source: Readable, size: int) -> Iterator[tuple[int, bytes, bool]]:
    frame = source.read(size)
    for number in count():
        after = source.read(size) if len(frame) == size else b""
        yield number, frame, not after
        if not after:
            return
        frame = after


def _cipher(header: bytes, keyring: Keyring) -> AESGCM:
    return AESGCM(HKDF(algorithm=SHA256(), length=32, salt=header[-SALT:], info=b"textmine sealed 1").derive(keyring.sealing))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _damaged(name: str) -> UnitError:
    return UnitError(
        "the sealed content was altered or cut",
        reason="content_damaged",
        where=name,
        todo="restore it from a backup, or have the source deliver it again",
    )

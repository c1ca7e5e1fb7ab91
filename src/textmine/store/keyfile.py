"""Where the deployment's secret comes from, and that nobody else can read it."""

from __future__ import annotations

import base64
import binascii
import os
import re
import secrets
import stat
from pathlib import Path

from textmine.errors import ConfigError, KeyMissingError
from textmine.settings import Settings
from textmine.store.durable import stage, sync_folder

KEY_BYTES = 32
HEX = re.compile(r"[0-9a-fA-F]+")
URL_SAFE = str.maketrans("-_", "+/")


def make_key_file(path: Path) -> None:
    """A new key file: 32 random bytes in hex, mode 0400, whole or not there. Never replaces one.

    Raises
    ------
    ConfigError
        If a file is already there.
    """
    with stage(path, secrets.token_hex(KEY_BYTES).encode() + b"\n", mode=0o400) as staged:
        try:
            path.hardlink_to(staged.temp)  # unlike a replace, a link never takes the place of a key that is there
        except FileExistsError:
            raise ConfigError("a key is there already and is never replaced", where=str(path), todo="keep it") from None
        sync_folder(path.parent)


def find_secret(settings: Settings, *, root: Path) -> bytes:
    """The secret in TEXTMINE_KEY, else of the file TEXTMINE_KEY_FILE, else of ``<root>/.key``.

    Raises
    ------
    KeyMissingError
        If there is none.
    ConfigError
        If others may read the file, or the key is no hex or base64 of 32 bytes or more.
    """
    if settings.key:
        return _decoded(settings.key, "TEXTMINE_KEY")
    path = settings.key_file or root / ".key"
    return _decoded(_read_private(path), str(path))


def _read_private(path: Path) -> str:
    try:
        file = path.open("rb")
    except FileNotFoundError:
        raise KeyMissingError(
            "no key, so nothing can be kept or named safely",
            where=str(path),
            todo="`textmine init` makes one, or set TEXTMINE_KEY or TEXTMINE_KEY_FILE",
        ) from None
    except OSError as error:
        raise ConfigError(f"the key file cannot be read ({error.strerror})", where=str(path), todo=f"chmod 400 {path}") from None
    with file:
        about = os.fstat(file.fileno())
        if about.st_mode & 0o077 or about.st_uid not in (os.geteuid(), 0):
            raise ConfigError(
                "the key file must be a file that its owner alone can read",
                where=str(path),
                got=f"mode {stat.S_IMODE(about.st_mode):04o}, owner {about.st_uid}",
                allowed="mode 0400 or 0600",
                todo=f"chmod 400 {path}",
            )
        return file.read(10_000).decode("ascii", "replace")


def _decoded(text: str, where: str) -> bytes:
    text = text.strip()
    try:
        key = bytes.fromhex(text) if HEX.fullmatch(text) else base64.b64decode(text.translate(URL_SAFE), validate=True)
    except (ValueError, binascii.Error):
        key = b""
    if len(key) < KEY_BYTES:
        raise ConfigError("the key is no hex or base64 of 32 bytes or more", where=where, todo="`textmine init` makes a good one")
    return key

"""One bundle's folder: every byte is what the card says, or it is refused."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textmine.errors import BundleError
from textmine.store.durable import write_durably

CARD = "card.json"
SUFFIXES = (".json", ".npz", ".toml", ".txt", ".skops")  # none of them runs code when it is opened


@dataclass(frozen=True)
class BundleFolder:
    """A verified bundle: id, folder, content of card.json and the card's SHA-256."""

    id: str
    path: Path
    card: Mapping[str, Any]
    card_sha256: str


def verify_bundle(folder: Path, *, pinned: str | None = None) -> BundleFolder:
    """The bundle, once every digest was compared and before any file but the card is opened for use.

    ``pinned``: SHA-256 that card.json must have.

    Raises
    ------
    BundleError
        If a file is extra, missing, altered, of a suffix that is not allowed or no plain file; names it.
    """
    names = _names(folder)
    digest = _sha256(folder / CARD)
    if pinned is not None and digest != pinned:
        raise _refused("the card is not the one that was promoted", folder / CARD)
    card = _card(folder)
    files = card.get("files")
    if card.get("id") != folder.name or not isinstance(files, dict):
        raise _refused("the card is of another bundle, or was never sealed", folder / CARD)
    for name in sorted({*files, *names} - {CARD}):
        if name not in names:
            raise _refused("the file is missing", folder / name)
        if name not in files:
            raise _refused("the file is not in the card", folder / name)
        if _sha256(folder / name) != files[name]:
            raise _refused("the file was altered", folder / name)
    return BundleFolder(folder.name, folder, card, digest)


def seal_bundle(folder: Path) -> str:
    """SHA-256 of the folder's card.json, into which ``id`` and the digest of every file (``files``) were just written.

    Raises
    ------
    BundleError
        If a file has a suffix that is not allowed or is no plain file, or the card that is there is no JSON object.
    """
    names = _names(folder)
    card = _card(folder) if CARD in names else {}
    files = {name: _sha256(folder / name) for name in names if name != CARD}
    sealed = json.dumps({**card, "id": folder.name, "files": files}, ensure_ascii=False, indent=1, sort_keys=True)
    write_durably(folder / CARD, sealed.encode() + b"\n")
    return _sha256(folder / CARD)


def _names(folder: Path) -> list[str]:
    if not folder.is_dir():
        raise _refused("no such folder", folder)
    for path in sorted(folder.iterdir()):
        if path.is_symlink() or not path.is_file():
            raise _refused("a bundle holds plain files only", path)
        if path.suffix not in SUFFIXES:
            raise BundleError("a file of this kind is never opened", where=str(path), got=path.suffix, allowed=SUFFIXES)
    return sorted(path.name for path in folder.iterdir())


def _card(folder: Path) -> dict[str, Any]:
    try:
        card = json.loads((folder / CARD).read_bytes())
    except ValueError:
        card = None
    if not isinstance(card, dict):
        raise _refused("the card is no JSON object", folder / CARD)
    return card


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refused(problem: str, path: Path) -> BundleError:
    return BundleError(problem, where=str(path), todo="restore it from a backup, or `textmine bundles rollback`")

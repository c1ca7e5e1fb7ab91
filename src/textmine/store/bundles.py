"""The bundles of a deployment: opened only when verified, promoted and rolled back at one instant."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from textmine.errors import BundleError, nearest
from textmine.store.bundlefolder import CARD, BundleFolder, seal_bundle, verify_bundle
from textmine.store.champion import Champion, champion, write_champion

__all__ = ["BundleFolder", "Champion", "bundle_ids", "champion", "open_bundle", "promote", "rollback", "seal_bundle"]


def open_bundle(models: Sequence[Path], bundle_id: str | None = None) -> BundleFolder:
    """The verified bundle ``bundle_id``, or the champion. Folders are searched in order, the deployment's own first.

    The champion and the one before must have the card they were promoted with.

    Raises
    ------
    BundleError
        If there is no such bundle or champion, or ``verify_bundle`` refuses it; there is no silent way back.
    """
    wanted = champion(models).current[0] if bundle_id is None else bundle_id
    return verify_bundle(_folder(models, wanted), pinned=_pins(models).get(wanted))


def bundle_ids(models: Sequence[Path]) -> list[str]:
    """Ids of the bundles along ``models``, sorted; not verified."""
    return sorted({card.parent.name for folder in models for card in folder.glob(f"*/{CARD}")})


def promote(models: Sequence[Path], bundle_id: str) -> BundleFolder:
    """The bundle, verified and now champion (in ``models[0]``); the one before is kept for ``rollback``.

    Promoting the champion again keeps the way back. Raises BundleError like ``open_bundle``.
    """
    bundle = verify_bundle(_folder(models, bundle_id))
    before = _named(models)
    replaced = None if before is None else before.previous if before.current[0] == bundle.id else before.current
    write_champion(models[0], Champion((bundle.id, bundle.card_sha256), replaced))
    return bundle


def rollback(models: Sequence[Path]) -> BundleFolder:
    """The bundle that was champion before, verified and champion again; rolling back twice comes back.

    Raises
    ------
    BundleError
        If there was none before, or it is refused; the champion then stays.
    """
    named = champion(models)
    if named.previous is None:
        raise BundleError("no bundle was champion before", where=named.current[0], todo="textmine bundles promote ID")
    bundle = open_bundle(models, named.previous[0])
    write_champion(models[0], Champion(named.previous, named.current))
    return bundle


def _folder(models: Sequence[Path], bundle_id: str) -> Path:
    known = bundle_ids(models)
    if bundle_id not in known:
        close = nearest(bundle_id, known)
        raise BundleError("no such bundle", got=bundle_id, allowed=known, todo=f"did you mean {close!r}?" if close else "")
    return next(folder / bundle_id for folder in models if (folder / bundle_id / CARD).is_file())


def _named(models: Sequence[Path]) -> Champion | None:
    """What CHAMPION names; None if there is none that can be read (promoting mends it)."""
    try:
        return champion(models)
    except BundleError:
        return None


def _pins(models: Sequence[Path]) -> dict[str, str]:
    named = _named(models)
    return dict(entry for entry in (named.previous, named.current) if entry) if named else {}

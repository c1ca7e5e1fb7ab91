"""What the package brings along: the starter bundle and the vocabulary it was made of."""

from __future__ import annotations

from pathlib import Path

from textmine.errors import ConfigError

PACKAGE = Path(__file__).resolve().parent.parent
SHIPPED_VOCABULARY = PACKAGE / "vocabulary"


def bundle_folders(own: Path | None) -> list[Path]:
    """Folders that hold bundles, the deployment's own first, the shipped one last.

    Raises
    ------
    ConfigError
        If the deployment's own is not there: a slip in its path must not bring the shipped bundle back.
    """
    if own is not None and not own.is_dir():
        raise ConfigError(
            "no such folder of bundles", where=str(own), todo="mend TEXTMINE_MODELS or lake.models, or make the folder"
        )
    shipped = next(folder for folder in (PACKAGE / "models", PACKAGE.parent.parent / "models") if folder.is_dir())
    return [shipped] if own is None else [own, shipped]

"""The sample data shipped with the project: its config, and a key of its own for the first try."""

from __future__ import annotations

from pathlib import Path

from textmine.errors import ConfigError
from textmine.settings import Settings, read_config, read_settings
from textmine.store.keyfile import make_key_file

PACKAGE = Path(__file__).resolve().parent.parent


def sample_config(settings: Settings | None = None) -> Path:
    """Path of the sample's config; makes a key beside its lake where the deployment has none.

    Raises
    ------
    ConfigError
        If the sample was not shipped with this installation.
    """
    path = PACKAGE.parent.parent / "data" / "sample" / "textmine.toml"
    if path.is_file():
        _ensure_key(read_config(path).root / ".key", settings or read_settings())
        return path
    raise ConfigError("the sample data is not here", where=str(PACKAGE), todo="run from a clone of the project")


def _ensure_key(path: Path, settings: Settings) -> None:
    if not (settings.key or settings.key_file or path.exists()):
        path.parent.mkdir(parents=True, exist_ok=True)
        make_key_file(path)

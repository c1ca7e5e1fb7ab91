"""A lake as those see it who label its texts: tables, key, and the codes of the bundle in use."""

from __future__ import annotations

from dataclasses import dataclass

from textmine.settings import Config, Settings
from textmine.store.bundles import BundleFolder, open_bundle
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.shipped import bundle_folders
from textmine.taxonomy import Taxonomy, read_taxonomy


@dataclass(frozen=True)
class Desk:
    """Lake, key, bundle in use and its taxonomy."""

    lake: Lake
    keyring: Keyring
    bundle: BundleFolder
    taxonomy: Taxonomy

    @classmethod
    def open(cls, config: Config, settings: Settings) -> Desk:
        """The desk of a config.

        Raises
        ------
        KeyMissingError, BundleError
            If there is no key, or no bundle can be trusted.
        """
        keyring = Keyring.from_settings(settings, root=config.root)
        bundle = open_bundle(bundle_folders(settings.models or config.models))
        return cls(Lake(config.root), keyring, bundle, read_taxonomy(bundle.path / "taxonomy.toml"))

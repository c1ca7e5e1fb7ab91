"""What a night needs, opened once before any data is touched: lake, key, bundle, ledger, and the name of the run."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from importlib.metadata import version
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from textmine.channels.decoding import ENCODINGS, codec_of
from textmine.errors import ConfigError, nearest
from textmine.settings import Config, Settings, Source
from textmine.store.bundles import BundleFolder, open_bundle
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.manifest import published_nights, read_manifest
from textmine.store.shipped import bundle_folders

RELABEL = "-relabel"  # ends the id of a run that labels a published night again


@dataclass(frozen=True)
class Plan:
    """One night of one lake by one run."""

    config: Config
    night: date
    run_id: str
    started_at: datetime
    lake: Lake
    keyring: Keyring
    bundle: BundleFolder
    version: str

    @property
    def sources(self) -> dict[str, Source]:
        """Sources of the config by name."""
        return {source.name: source for source in self.config.sources}

    @property
    def scratch(self) -> Path:
        """Folder of this run's scratch files."""
        return self.lake.work / self.run_id


def make_plan(config: Config, *, settings: Settings, night: date, bundle_id: str | None = None, relabel: bool = False) -> Plan:
    """The plan of a night, with the champion or the bundle named. ``relabel``: the run labels what is published already.

    Raises
    ------
    KeyMissingError, ConfigError
        If there is no usable key, or a source cannot be meant as it stands.
    BundleError
        If no bundle can be trusted.
    """
    check_sources(config.sources)
    now = datetime.now(UTC)
    lake, keyring = Lake(config.root), Keyring.from_settings(settings, root=config.root)
    check_lake(lake, keyring)
    return Plan(
        config=config,
        night=night,
        run_id=f"{night:%Y%m%d}-{now:%y%m%d%H%M%S}-{os.getpid()}-{secrets.token_hex(2)}{RELABEL if relabel else ''}",
        started_at=now,
        lake=lake,
        keyring=keyring,
        bundle=open_bundle(bundle_folders(settings.models or config.models), bundle_id),
        version=version("textmine"),
    )


def check_lake(lake: Lake, keyring: Keyring) -> None:
    """Nothing, where the root can be a lake and its published nights were made with this key.

    Raises
    ------
    ConfigError
        If the root is a file, or the key is another one: every id and pseudonym would change.
    """
    if lake.root.exists() and not lake.root.is_dir():
        raise ConfigError("the root of the lake is no folder", where=str(lake.root), todo="mend [lake] root")
    nights = published_nights(lake) if lake.published.is_dir() else []
    known = read_manifest(nights[-1], lake=lake).key_id if nights else keyring.key_id
    if known != keyring.key_id:
        raise ConfigError(
            "another key made this lake",
            where=str(lake.root),
            got=keyring.key_id,
            allowed=known,
            todo="bring back the key of the lake",
        )


def check_sources(sources: Sequence[Source]) -> None:
    """Nothing, where every source's name, time zone and encoding can be used.

    Raises
    ------
    ConfigError
        If one cannot; names the nearest that can.
    """
    for source in sources:
        if source.name == "all":
            raise ConfigError("the name stands for all sources together", where="sources", got="all", todo="rename it")
        if source.encoding != "auto" and not codec_of(source.encoding):
            raise _unknown("encoding", source.encoding, ["auto", *ENCODINGS], source)
        try:
            ZoneInfo(source.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise _unknown("timezone", source.timezone, sorted(available_timezones()), source) from None


def _unknown(key: str, value: str, known: Sequence[str], source: Source) -> ConfigError:
    close = nearest(value, known)
    return ConfigError(
        f"unknown {key}",
        where=f"source {source.name}",
        got=value,
        allowed=[*known[:12], "..."],
        todo=f"did you mean {close!r}?" if close else f"mend {key}",
    )

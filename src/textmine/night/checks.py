"""What the doctor looks at: each check says whether something is wrong, and one line about it. Nothing is changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping

from textmine.errors import LakeBusyError, TextmineError
from textmine.label import Labeller
from textmine.night.landing import source_files
from textmine.night.plan import check_sources
from textmine.settings import Config, Settings
from textmine.store.bundles import open_bundle
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger
from textmine.store.lock import lake_lock
from textmine.store.manifest import published_nights
from textmine.store.records import unfinished_nights
from textmine.store.shipped import bundle_folders
from textmine.upkeep import missing_nights, waiting_nights

Check = Callable[[Config, Settings], tuple[bool, str]]
LANDED_TIMES = 4  # a night needs about four times its input: landing, scratch, tables, the old night beside the new


def _told(check: Check) -> Check:
    """The check, with a textmine error told as a fault instead of raised."""

    def safe(config: Config, settings: Settings) -> tuple[bool, str]:
        try:
            return check(config, settings)
        except TextmineError as error:
            return True, str(error)

    return safe


def _key(config: Config, settings: Settings) -> tuple[bool, str]:
    return False, f"key {Keyring.from_settings(settings, root=config.root).key_id}"


def _bundle(config: Config, settings: Settings) -> tuple[bool, str]:
    folder = open_bundle(bundle_folders(settings.models or config.models))
    labeller = Labeller.open(folder.path, bundle_id=folder.id)
    row = labeller.label(["快递太慢了，客服态度也差。"]).iloc[0]
    return row[
        "sentiment"
    ] != "neg", f"{folder.id}: a trial text is {row['sentiment']}, {row['primary_category']}, {row['priority']}"


def _sources(config: Config, settings: Settings) -> tuple[bool, str]:
    check_sources(config.sources)
    found = {source.name: len(source_files(source, folder=config.folder)) for source in config.sources}
    empty = [name for name, files in found.items() if not files]
    said = ", ".join(f"{name} {files} files" for name, files in found.items()) or "no source in the config"
    return bool(empty) or not found, said


def _lock(config: Config, settings: Settings) -> tuple[bool, str]:
    lake = Lake(config.root)
    if not lake.ledger.is_dir():
        return False, "no run yet"
    try:
        with lake_lock(lake):
            return False, "free"
    except LakeBusyError as error:
        return False, str(error)


def _nights(config: Config, settings: Settings) -> tuple[bool, str]:
    lake = Lake(config.root)
    if not lake.ledger.is_dir():
        return False, "none published yet"
    with Ledger(lake) as ledger:
        stale = [row.night for row in ledger.nights(state="stale")]
        waiting = waiting_nights(lake, ledger)
    faults = {"missing": missing_nights(lake), "unfinished": unfinished_nights(lake), "stale": stale, "waiting": waiting}
    said = [f"{len(published_nights(lake))} published"] + [
        f"{name}: {', '.join(map(str, days))}" for name, days in faults.items() if days
    ]
    return any(faults.values()), "; ".join(said)


def _disk(config: Config, settings: Settings) -> tuple[bool, str]:
    files = {path for source in config.sources for path in source_files(source, folder=config.folder)}
    need = LANDED_TIMES * sum(path.stat().st_size for path in files)
    place = next(folder for folder in (config.root, *config.root.parents) if folder.is_dir())
    free = shutil.disk_usage(place).free
    return free < need, f"{free / 2**30:.1f} GiB free, the night needs about {need / 2**30:.2f} GiB"


CHECKS: Mapping[str, Check] = {
    "key": _told(_key),
    "bundle": _told(_bundle),
    "sources": _told(_sources),
    "lock": _told(_lock),
    "nights": _told(_nights),
    "disk": _told(_disk),
}

"""Three small nights, published by the shipped bundle, and another bundle that calls more of their texts urgent."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.night.small import KEY, NIGHT, SAID, config_of, deliver, write_one_source
from textmine.backfill import BackfillResult, backfill, rescore
from textmine.settings import Settings
from textmine.store.bundles import champion, promote, seal_bundle
from textmine.store.lake import Lake
from textmine.store.manifest import read_manifest
from textmine.store.shipped import bundle_folders

NIGHTS = [NIGHT + timedelta(days=number) for number in range(3)]
OTHER = "stricter-1"


class History(NamedTuple):
    """A folder with a config, a lake and bundles."""

    folder: Path

    @property
    def root(self) -> Path:
        return self.folder / "lake"

    @property
    def settings(self) -> Settings:
        return Settings(key=KEY, models=self.folder / "models")

    @property
    def shipped(self) -> str:
        return champion(bundle_folders(None)).current[0]

    def backfill(self, first: date = NIGHTS[0], last: date = NIGHTS[-1], **given: bool) -> BackfillResult:
        return backfill(config_of(self.folder), settings=self.settings, first=first, last=last, **given)

    def rescore(self, first: date = NIGHTS[0], last: date = NIGHTS[-1], bundle: str = OTHER, **given: bool) -> BackfillResult:
        return rescore(config_of(self.folder), settings=self.settings, first=first, last=last, bundle_id=bundle, **given)

    def bundles(self) -> list[str]:
        """Bundle of each night's manifest."""
        return [read_manifest(night, lake=Lake(self.root)).bundle_id for night in NIGHTS]


def deliver_nights(folder: Path) -> None:
    """Three files, each received on its own night; ten texts a night, one of them new."""
    for number, night in enumerate(NIGHTS):
        texts = [*SAID[:9], f"{SAID[9]}第{number}次了。"]
        rows = (
            {"编号": f"{number}-{n}", "客户编号": f"C{n % 3}", "内容": text, "接收时间": f"{night} 12:00"}
            for n, text in enumerate(texts)
        )
        deliver(folder, f"{number}.csv", *rows)


def make_bundle(models: Path) -> None:
    """The shipped bundle as champion, and OTHER, whose policy calls more urgent."""
    shipped = bundle_folders(None)
    current = champion(shipped).current[0]
    for name in (current, OTHER):
        shutil.copytree(shipped[0] / current, models / name)
    policy = models / OTHER / "policy.toml"
    stricter, changed = re.subn(r"^P1 = .*$", "P1 = 0.9", policy.read_text("utf-8"), flags=re.MULTILINE)
    assert changed == 1
    policy.write_text(stricter, "utf-8")
    seal_bundle(models / OTHER)
    promote([models], current)


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEXTMINE_KEY", "TEXTMINE_KEY_FILE", "TEXTMINE_CONFIG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> History:
    """The nights, published. Not to be changed."""
    history = History(tmp_path_factory.mktemp("history"))
    write_one_source(history.folder)
    deliver_nights(history.folder)
    make_bundle(history.folder / "models")
    assert history.backfill().exit_code == 0
    return history


@pytest.fixture(scope="session")
def rescored(published: History, tmp_path_factory: pytest.TempPathFactory) -> History:
    """The nights, labelled again with OTHER. Not to be changed."""
    history = History(tmp_path_factory.mktemp("rescored") / "history")
    shutil.copytree(published.folder, history.folder)
    history.rescore()
    return history


@pytest.fixture
def copied(tmp_path: Path) -> Callable[[History], History]:
    """A copy that the test may change."""

    def copy(history: History) -> History:
        shutil.copytree(history.folder, tmp_path / "history")
        return History(tmp_path / "history")

    return copy


@pytest.fixture
def own(published: History, copied: Callable[[History], History]) -> History:
    """A copy of the published nights that the test may change."""
    return copied(published)

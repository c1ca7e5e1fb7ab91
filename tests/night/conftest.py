"""One small night, published once a session; a test that changes it takes a copy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.night.small import Published, publish_small


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEXTMINE_KEY", "TEXTMINE_KEY_FILE", "TEXTMINE_CONFIG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The small night, published. Not to be changed."""
    return publish_small(tmp_path_factory.mktemp("small"))


@pytest.fixture
def own_small(small: Published, tmp_path: Path) -> Published:
    """A copy of the small night that the test may change."""
    shutil.copytree(small.folder, tmp_path / "small")
    return small._replace(folder=tmp_path / "small")

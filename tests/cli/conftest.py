"""The command as a person calls it: arguments in, exit code and what is shown out."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.night.small import KEY, Published, publish_small
from textmine.cli.main import main


class Done(NamedTuple):
    code: int
    out: str
    err: str


Call = Callable[..., Done]


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTMINE_KEY", KEY)
    for name in ("TEXTMINE_KEY_FILE", "TEXTMINE_CONFIG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def textmine(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Call:
    """Calls ``textmine`` with these arguments."""

    def call(*arguments: object) -> Done:
        monkeypatch.setattr(sys, "argv", ["textmine", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        shown = capfd.readouterr()
        return Done(int(ended.value.code or 0), shown.out, shown.err)

    return call


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """The small night, published. Not to be changed."""
    return publish_small(tmp_path_factory.mktemp("small"))


@pytest.fixture
def own_small(small: Published, tmp_path: Path) -> Published:
    """A copy of the small night that the test may change."""
    shutil.copytree(small.folder, tmp_path / "small")
    return small._replace(folder=tmp_path / "small")


@pytest.fixture
def config(small: Published) -> Path:
    """Config of the published small night."""
    return small.folder / "textmine.toml"

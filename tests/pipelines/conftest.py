"""One Prefect server for all these tests, with a database and a home of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import pipelines  # noqa: F401  sets what Prefect reads when it is imported
from tests.night.small import KEY


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("TEXTMINE_KEY_FILE", "TEXTMINE_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TEXTMINE_KEY", KEY)


@pytest.fixture(scope="session")
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Prefect's home folder while its server runs; ``database_file`` tells where the database is."""
    from prefect.settings import PREFECT_HOME, temporary_settings
    from prefect.testing.utilities import prefect_test_harness

    home = tmp_path_factory.mktemp("prefect")
    with temporary_settings(updates={PREFECT_HOME: home}), prefect_test_harness(server_startup_timeout=120):
        yield home


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow each other at once."""
    monkeypatch.setattr("pipelines.nightly.RETRY_DELAYS", (0.0, 0.0, 0.0))

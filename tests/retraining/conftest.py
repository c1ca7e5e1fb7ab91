"""The shipped taxonomy, and files of labels written by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from textmine.store.shipped import SHIPPED_VOCABULARY
from textmine.taxonomy import Taxonomy, read_taxonomy


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    return read_taxonomy(SHIPPED_VOCABULARY / "taxonomy.toml")


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str], Path]:
    """Writes a file beside the others and gives its path."""

    def write(name: str, content: str) -> Path:
        path = tmp_path / name
        path.write_text(content, "utf-8")
        return path

    return write

"""Fixtures every test may use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """Folder of real texts beside the project; the test is skipped, saying so, where it is absent."""
    folder = Path(os.environ.get("SHARED_TEXTS", REPOSITORY.parent / "shared"))
    if not (folder / "data" / "reviews.parquet").is_file():
        pytest.skip(f"no real texts: {folder.name}/data/reviews.parquet is not beside the project (set SHARED_TEXTS)")
    return folder


@pytest.fixture(scope="session")
def vocabulary() -> Path:
    """Folder of the vocabulary the package ships."""
    return REPOSITORY / "src" / "textmine" / "vocabulary"

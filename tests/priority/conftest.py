from __future__ import annotations

from pathlib import Path

import pytest

from textmine.policy import Policy, read_policy


@pytest.fixture(scope="session")
def policy(vocabulary: Path) -> Policy:
    return read_policy(vocabulary / "policy.toml")

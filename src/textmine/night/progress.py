"""How far the night is: the shape a display must have, and the one that shows nothing."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """A display of progress."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage of ``total`` steps (None when not known)."""

    def advance(self, steps: int = 1) -> None:
        """Move the stage on."""


class Silent:
    """Shows nothing."""

    def stage(self, name: str, total: int | None = None) -> None:
        """Nothing."""

    def advance(self, steps: int = 1) -> None:
        """Nothing."""

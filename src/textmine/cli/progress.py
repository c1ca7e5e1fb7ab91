"""Progress on a terminal as a bar, elsewhere as one line per stage."""

from __future__ import annotations

import sys
import time
from types import TracebackType

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn


class TerminalProgress:
    """What the night calls to say how far it is: ``stage`` begins one, ``advance`` moves it on."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bars = (
            Progress(
                SpinnerColumn(),
                TextColumn("{task.description:<10}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeElapsedColumn(),
                console=self._console,
            )
            if sys.stderr.isatty()
            else None
        )
        self._task: TaskID | None = None
        self._name, self._done, self._since = "", 0, 0.0

    def __enter__(self) -> TerminalProgress:
        if self._bars:
            self._bars.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if kind is None:
            self._finish()
        if self._bars:
            self._bars.stop()

    def stage(self, name: str, total: int | None = None) -> None:
        """Begin a stage of ``total`` steps (None when not known)."""
        self._finish()
        self._name, self._done, self._since = name, 0, time.monotonic()
        if self._bars:
            self._task = self._bars.add_task(name, total=total)

    def advance(self, steps: int = 1) -> None:
        """Move the stage on."""
        self._done += steps
        if self._bars and self._task is not None:
            self._bars.update(self._task, advance=steps)

    def _finish(self) -> None:
        if self._bars and self._task is not None:
            self._bars.update(self._task, total=self._done, completed=self._done)
        elif self._name and not self._bars:
            self._console.print(f"{self._name:<10} {self._done:>10,}  {time.monotonic() - self._since:6.1f} s", highlight=False)
        self._name, self._task = "", None

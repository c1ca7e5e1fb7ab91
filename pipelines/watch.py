"""What a run by hand shares with its flow in one process, so that Prefect never sees it: the display, and what came out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from textmine.backfill import BackfillResult
from textmine.night import NightResult
from textmine.night.progress import Progress, Silent


@dataclass
class Watch:
    """Shows progress; holds the night, or the backfill, once it is done, also when Prefect fails after that."""

    progress: Progress = field(default_factory=Silent)
    result: NightResult | BackfillResult | None = None


_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)


@contextmanager
def watching(progress: Progress) -> Iterator[Watch]:
    """The watch over the flows that run inside the block."""
    watch = Watch(progress)
    token = _WATCH.set(watch)
    try:
        yield watch
    finally:
        _WATCH.reset(token)


def current_watch() -> Watch:
    """The watch over this flow; one that nobody looks at where the flow was started by a schedule."""
    return _WATCH.get() or Watch()

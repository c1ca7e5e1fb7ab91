"""A flow run by hand: its progress, what came out, and the exit code of the public contract."""

from __future__ import annotations

import logging
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from prefect.client.schemas.objects import State
from prefect.exceptions import PrefectException
from prefect.logging.handlers import PrefectConsoleHandler

from pipelines.plain import words
from pipelines.watch import watching
from textmine.backfill import backfill_lines
from textmine.cli.progress import TerminalProgress
from textmine.cli.tables import show_frame
from textmine.errors import TextmineError
from textmine.night import NightResult, sample_config, summary_lines
from textmine.retraining.problems import ExamplesRefusedError
from textmine.settings import Settings, read_config


class PrefectError(TextmineError):
    """Prefect itself failed, before, during or after the night."""


def run_by_hand(run: Callable[[], Any], *, verbose: bool = False) -> int:
    """Exit code of the flow run that ``run`` makes and whose state it gives; what came out is printed last."""
    if not verbose:
        _quieten()
    with TerminalProgress() as progress, watching(progress) as watch, _stoppable():
        progress.stage("Prefect")  # until the flow begins: an embedded server takes ten seconds and more to start
        error = _error_of(run)
    code = complain(error) if error else 0
    if watch.result is None:
        return code
    for line in summary_lines(watch.result) if isinstance(watch.result, NightResult) else backfill_lines(watch.result):
        print(line)
    return watch.result.exit_code


@contextmanager
def _stoppable() -> Iterator[None]:
    """Take SIGTERM like Ctrl-C: a process that dies of it leaves its embedded server running."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _error_of(run: Callable[[], Any]) -> TextmineError | OSError | None:
    try:
        state: State[Any] = run()
    except KeyboardInterrupt:
        return TextmineError("stopped")
    except (httpx.HTTPError, PrefectException, RuntimeError) as error:  # the flow's own errors come as states
        return PrefectError(
            f"Prefect failed ({type(error).__name__})",
            todo="run with --verbose, see to the server that "
            "PREFECT_API_URL names, or run `textmine nightly`, which needs no Prefect",
        )
    if state.is_completed():
        return None
    found = state.result(raise_on_failure=False)
    return found if isinstance(found, (TextmineError, OSError)) else PrefectError(f"the run ended as {state.name}")


def complain(error: TextmineError | OSError) -> int:
    """Exit code of an error, told in one line on standard error, below the table of what is wrong with refused labels.

    The table goes to this terminal alone, never through Prefect.
    """
    if isinstance(error, ExamplesRefusedError):
        show_frame(error.table, title="what is wrong", error=True)
    print(f"error {words(error)}", file=sys.stderr)
    return error.exit_code if isinstance(error, TextmineError) else 1


def sample() -> Path:
    """Path of the sample's config; says so where a key is made for it."""
    config = sample_config(Settings(key="-"))  # with a key given, it looks for the config and makes none
    key = read_config(config).root / ".key"
    there = key.exists()
    sample_config()
    if key.exists() and not there:
        print(f"made a key for this lake: {key} (keep it; without it nothing landed can be read again)")
    return config


def _quieten() -> None:
    """Prefect goes on to log every step to its server, but the screen is for the night: what failed is told there anyway."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, PrefectConsoleHandler):
            handler.setLevel(max(handler.level, logging.WARNING))
            handler.addFilter(_is_no_step)


def _is_no_step(record: logging.LogRecord) -> bool:
    return not record.name.startswith(("prefect.flow_runs", "prefect.task_runs"))

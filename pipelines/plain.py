"""How errors pass through Prefect, which logs and stores their words: as states, and none whose words could be a customer's."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from prefect.client.schemas.objects import State
from prefect.states import Failed

from textmine.errors import TextmineError, UnitError

logger = logging.getLogger(__name__)


class UnforeseenError(TextmineError):
    """A step failed in a way nobody foresaw: named by kind and place, because its own words may hold a customer's text."""


def as_state(work: Callable[..., Any], *given: Any) -> Any:
    """What the work gives, or a Failed state that carries its error: Prefect logs a traceback of whatever is raised.

    textmine's own errors and an OSError keep their kind; any other becomes an UnforeseenError.
    """
    try:
        return work(*given)
    except (TextmineError, OSError) as error:
        return failed(error)
    except Exception as error:  # noqa: BLE001  nothing is hidden: it goes on as a state, in words that are safe to store
        return failed(_unforeseen(error))


def _unforeseen(error: Exception) -> UnforeseenError:
    # the lines of code are ours to show, str(error) is not
    logger.error("%s at\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return UnforeseenError(
        type(error).__name__,
        where=f"{Path(frame.filename).name} line {frame.lineno}",
        todo="report this with the lines logged before it",
    )


def failed(error: TextmineError | OSError) -> State[Any]:
    """The Failed state of an error, which itself stays in this process as the state's ``data``."""
    return Failed(message=words(error), data=error)


def words(error: TextmineError | OSError) -> str:
    """The error in one line: textmine's own sentence, or the system's reason and the path."""
    if isinstance(error, TextmineError):
        return str(error)
    reason = error.strerror or type(error).__name__
    return f"{error.filename}: {reason}" if error.filename else reason


def is_io(_task: object, _run: object, state: State[Any]) -> bool:
    """Whether a step failed on I/O, the only failure that another try may mend: an OSError, or a file that cannot be read."""
    error = state.data
    return isinstance(error, OSError) or (isinstance(error, UnitError) and error.reason == "unreadable")

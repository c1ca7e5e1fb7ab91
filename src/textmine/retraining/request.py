"""What a retraining is asked for, checked before anything is done."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from textmine.errors import ConfigError
from textmine.retraining.tasks import TASKS

ALL = "all"
TOPIC_TEXTS = 2_000  # fewer texts make no topics; those of the bundle begun from stay


@dataclass(frozen=True)
class Request:
    """What to learn, and where the bundle goes.

    ``tasks``: names of TASKS, or ``all``: every task that the examples have labels for, and topics where there are texts
    enough. ``base``: begin from the champion (where there is one); False: from the shipped vocabulary. ``vocabulary``: folder
    with own vocabulary files. ``accepted``: words
    people accepted, which join the dictionary. ``settings``: keyword arguments of learners by task.
    """

    models: Path
    name: str
    tasks: tuple[str, ...]
    base: bool = True
    vocabulary: Path | None = None
    accepted: Path | None = None
    note: str = ""
    settings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def check(self) -> None:
        """Raise ConfigError unless the name can be one of a bundle and the tasks are known."""
        if not re.fullmatch(r"\w[\w.-]*", self.name, re.ASCII):
            raise ConfigError("no name of a bundle", got=self.name, allowed="ASCII letters, digits, _ . -")
        if strange := sorted(set(self.tasks) - {ALL, *TASKS}):
            raise ConfigError("unknown task", got=strange, allowed=[ALL, *TASKS])

    def choose(self, examples: pd.DataFrame, *, begun: bool) -> tuple[str, ...]:
        """The tasks in their order; of ``all`` those that these examples can teach. ``begun``: there are topics already."""
        if ALL not in self.tasks:
            return tuple(name for name in TASKS if name in self.tasks)
        trained = examples[examples["role"] == "train"]
        enough = len(examples) >= TOPIC_TEXTS or not begun
        taught = {name: bool(trained[task.label].notna().any()) if task.label else enough for name, task in TASKS.items()}
        return tuple(name for name, task in TASKS.items() if taught[name] and not task.proposes)

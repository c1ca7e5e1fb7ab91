"""What can be learned, in the order in which one builds on the other; each learner is imported when it is called."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from textmine.errors import ConfigError
from textmine.learn.prepared import Learned, Prepared

LEAST_ROWS = 50  # labelled rows; fewer cannot be split, calibrated and measured
PRIORITY_ROWS = 100  # a dozen numbers are fitted to them
SYNONYMS: Mapping[str, str] = {"category": "categories"}


@dataclass(frozen=True)
class Task:
    """A learner as ``module:function``, the label its examples need ('' for none), and the files it writes (patterns).

    ``proposes``: what it writes changes nothing until a person takes it over, so it is learned only when asked for by name.
    ``fewest``: labelled rows to learn from. ``judged``: tasks of the figures that tell how good it is.
    """

    learner: str
    label: str
    files: tuple[str, ...]
    proposes: bool = False
    fewest: int = LEAST_ROWS
    judged: tuple[str, ...] = ()

    def train(self, prepared: Prepared, settings: Mapping[str, Any]) -> Learned:
        """What the learner makes of the examples.

        Raises
        ------
        ConfigError
            If the recipe gives it a setting that it does not know, or the rows do not suffice.
        """
        module, _, function = self.learner.partition(":")
        learner = getattr(importlib.import_module(module), function)
        if strange := sorted(set(settings) - set(learner.__kwdefaults__ or {})):
            allowed = sorted(learner.__kwdefaults__ or {})
            raise ConfigError("unknown setting of a task", where=f"recipe: task of {function}", got=strange, allowed=allowed)
        learned: Learned = learner(prepared, **settings)
        return learned


def _learned(name: str, *more: str) -> tuple[str, ...]:
    return (f"heads-{name}*.npz", f"learned-{name}*", *more)


TASKS: Mapping[str, Task] = {
    "sentiment": Task(
        "textmine.learn.train_sentiment:train_sentiment", "sentiment", _learned("sentiment"), judged=("sentiment",)
    ),
    "categories": Task(
        "textmine.learn.train_categories:train_categories",
        "primary_category",
        _learned("categor", "heads-primary.npz"),
        judged=("categories", "all_categories"),
    ),
    "intent": Task("textmine.learn.train_intent:train_intent", "intent", _learned("intent"), judged=("intent",)),
    "urgency": Task("textmine.learn.train_urgency:train_urgency", "priority", _learned("urgency"), judged=("priority",)),
    "aspects": Task("textmine.learn.train_aspects:train_aspects", "aspect", _learned("aspect"), judged=("aspect", "polarity")),
    "topics": Task("textmine.learn.train_topics:train_topics", "", ("topics.json", "topics.npz")),
    "priority": Task(
        "textmine.retraining.priority:train_priority", "priority", _learned("priority"), proposes=True, fewest=PRIORITY_ROWS
    ),
}
OF_TAXONOMY = ("categories", "intent", "aspects")  # what these have learned fits one taxonomy file only

"""textmine: a night's Chinese customer feedback, labelled, prioritised, published.

``textmine.Labeller.load().label(texts)`` labels texts; ``textmine.read_table(name, nights=...)`` reads published tables.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textmine.label import Labeller
    from textmine.store.reading import read_table

__all__ = ["Labeller", "read_table"]
_HOMES = {"Labeller": "textmine.label", "read_table": "textmine.store.reading"}


def __getattr__(name: str) -> Any:
    # Opened on first use: `textmine --help` needs neither pandas nor a model.
    if name not in _HOMES:
        raise AttributeError(f"module 'textmine' has no attribute {name!r}")
    return getattr(importlib.import_module(_HOMES[name]), name)

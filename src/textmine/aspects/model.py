"""What was learned about aspects, as a bundle folder holds it; no model at all where labels were lacking."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textmine.errors import BundleError
from textmine.taxonomy import Taxonomy
from textmine.tomlfile import only_keys

if TYPE_CHECKING:  # only the type: heads and aspects stay siblings
    from textmine.heads.model import LinearHeads

ASPECTS_FILE, TASK = "learned-aspects.json", "aspect."


@dataclass(frozen=True)
class AspectModel:
    """For each head ``aspect.<code>``: the score from which a clause is of it, and the aspect (category.subcategory) it means."""

    thresholds: Mapping[str, float]
    labels: Mapping[str, str]


def load_aspects(folder: Path, *, taxonomy: Taxonomy, heads: LinearHeads) -> AspectModel | None:
    """The learned aspects of a bundle folder, None where it has none.

    Raises
    ------
    BundleError
        If the file is broken, was learned for another taxonomy, or its heads are missing.
    """
    path = folder / ASPECTS_FILE
    if not path.exists():
        return None
    raw = _read(path)
    only_keys(raw, {"thresholds", "labels"}, str(path))
    try:
        model = AspectModel({str(code): float(value) for code, value in raw["thresholds"].items()}, dict(raw["labels"]))
    except (AttributeError, TypeError, ValueError) as error:
        raise BundleError("no learned aspects", where=str(path), got=type(error).__name__, todo="train the task again") from error
    strange = sorted(set(model.labels.values()) - set(taxonomy.labels))
    missing = sorted(code for code in model.thresholds if f"{TASK}{code}" not in heads.names)
    if strange or missing or set(model.labels) != set(model.thresholds):
        raise BundleError("learned for another taxonomy", where=str(path), got=strange or missing, todo="train it again")
    return model


def _read(path: Path) -> dict[str, Any]:
    try:
        raw = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BundleError("no learned aspects", where=str(path), got=type(error).__name__, todo="train the task again") from error
    if not isinstance(raw, dict):
        raise BundleError("no learned aspects", where=str(path), got=type(raw).__name__, todo="train the task again")
    return raw

"""What was learned about categories and intents, as a bundle folder holds it; no model at all where labels were lacking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textmine.categories.clues import clue_names
from textmine.categories.decision import Decision, read_learned
from textmine.errors import BundleError
from textmine.taxonomy import Taxonomy
from textmine.tomlfile import only_keys

if TYPE_CHECKING:  # only the type: heads and categories stay siblings
    from textmine.heads.model import LinearHeads

CATEGORIES_FILE, INTENT_FILE = "learned-categories.json", "learned-intent.json"
PRIMARY, MENTIONED, INTENT = "primary", "category", "intent"


@dataclass(frozen=True)
class CategoryModel:
    """Learned categories.

    Attributes
    ----------
    primary : Decision
        Which category is the most important one.
    mentioned : Decision or None
        Whether a text speaks of each category; None where every text has one category only.
    thresholds : tuple of float
        Probability from which a category is given, in the order of the taxonomy.
    seconds : mapping of str to str
        Second level of a category where no word tells it: the one its texts have most often.
    """

    primary: Decision
    mentioned: Decision | None
    thresholds: tuple[float, ...]
    seconds: Mapping[str, str]


def load_categories(folder: Path, *, taxonomy: Taxonomy, heads: LinearHeads) -> CategoryModel | None:
    """The learned categories of a bundle folder, None where it has none.

    Raises
    ------
    BundleError
        If they were learned for another taxonomy, their heads are missing, or their numbers do not fit together.
    """
    raw, where = read_learned(folder / CATEGORIES_FILE), str(folder / CATEGORIES_FILE)
    if raw is None:
        return None
    only_keys(raw, {"primary", "mentioned", "thresholds", "seconds"}, where)
    codes = tuple(category.code for category in taxonomy.categories)
    primary = _fitting(Decision.of(raw["primary"], where=where), taxonomy, codes, heads, where)
    mentioned = None
    if raw["mentioned"] is not None:
        mentioned = _fitting(Decision.of(raw["mentioned"], where=where), taxonomy, codes, heads, where)
    model = CategoryModel(primary, mentioned, tuple(map(float, raw["thresholds"])), dict(raw["seconds"]))
    if set(model.seconds) != set(codes) or not set(model.seconds.values()) <= set(taxonomy.labels):
        raise BundleError("learned for another taxonomy", where=where, got=sorted(model.seconds.values()), todo="train it again")
    return model


def load_intent(folder: Path, *, taxonomy: Taxonomy, codes: tuple[str, ...], heads: LinearHeads) -> Decision | None:
    """The learned intent of a bundle folder, None where it has none. Raises as ``load_categories``."""
    raw, where = read_learned(folder / INTENT_FILE), str(folder / INTENT_FILE)
    return None if raw is None else _fitting(Decision.of(raw, where=where), taxonomy, codes, heads, where)


def _fitting(decision: Decision, taxonomy: Taxonomy, codes: tuple[str, ...], heads: LinearHeads, where: str) -> Decision:
    own = tuple(category.code for category in taxonomy.categories)
    if decision.codes != codes or decision.clues != clue_names(own, taxonomy.labels):
        raise BundleError("learned for another taxonomy", where=where, got=decision.codes, allowed=codes, todo="train it again")
    if missing := [code for code in codes if f"{decision.task}.{code}" not in heads.names]:
        raise BundleError("heads are missing", where=where, got=missing, todo="train it again")
    return decision

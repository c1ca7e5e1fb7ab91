"""The taxonomy file: categories, second level, words that speak for them, the team that answers. Data a business user edits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textmine.errors import ConfigError, nearest
from textmine.tomlfile import ascii_code, blocks, text_list, weighted, word_list
from textmine.tomlfile import only_keys as only_keys  # other loaders take these two from here
from textmine.tomlfile import read_toml as read_toml


@dataclass(frozen=True)
class Phrase:
    """Words to look for in a text.

    ``text`` is looked for as it stands; ``A…B`` means B within 12 characters after A in the same sentence.
    ``list`` says which stage reads it (category, intent, flag, red_line ...), ``label`` what it speaks for.
    """

    list: str
    label: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True)
class Subcategory:
    """Second level: code (ASCII), Chinese name, words."""

    code: str
    chinese: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Category:
    """First level: code (ASCII), Chinese name, definition, responsible team, examples, second level."""

    code: str
    chinese: str
    definition: str
    team: str
    examples: tuple[str, ...]
    subcategories: tuple[Subcategory, ...]


@dataclass(frozen=True)
class Taxonomy:
    """Categories in order; ``fallback`` takes what fits no other, with its last second level.

    ``shared`` are the words that speak for several second-level categories on purpose.
    """

    version: str
    chinese: str
    fallback: str
    categories: tuple[Category, ...]
    shared: tuple[str, ...] = ()

    def phrases(self) -> Iterator[Phrase]:
        """Every word of the second level as a phrase of list ``category``, labelled ``category.subcategory``."""
        for category in self.categories:
            for sub in category.subcategories:
                for word in sub.words:
                    yield Phrase("category", f"{category.code}.{sub.code}", *weighted(word))

    @property
    def labels(self) -> tuple[str, ...]:
        """Every ``category.subcategory``, in the order of the file."""
        return tuple(f"{category.code}.{sub.code}" for category in self.categories for sub in category.subcategories)

    @property
    def fallback_label(self) -> str:
        """The ``category.subcategory`` of what fits nowhere: the last second level of the fallback."""
        category = next(category for category in self.categories if category.code == self.fallback)
        return f"{category.code}.{category.subcategories[-1].code}"


def read_taxonomy(path: Path) -> Taxonomy:
    """The taxonomy of a TOML file.

    Raises
    ------
    ConfigError
        If the file is missing or no TOML, a key is unknown, missing or of the wrong kind, a code is no ASCII name or repeats,
        the fallback is no category, a category has no second level, or a weight is no number above 0.
    """
    raw, where = read_toml(path), str(path)
    only_keys(raw, {"version", "chinese", "fallback", "category", "shared"}, where, optional={"shared"})
    categories = tuple(_category(block, where) for block in blocks(raw["category"], where))
    codes = [category.code for category in categories]
    _differ(codes, where)
    if raw["fallback"] not in codes:
        raise ConfigError(
            "the fallback is no category",
            where=where,
            got=str(raw["fallback"]),
            allowed=codes,
            todo=f"did you mean {nearest(str(raw['fallback']), codes)!r}?",
        )
    shared = word_list(raw.get("shared", []), f"{where}: shared")
    return Taxonomy(str(raw["version"]), str(raw["chinese"]), raw["fallback"], categories, shared)


def _category(block: dict[str, Any], where: str) -> Category:
    place = f"{where}: {block.get('code', 'category')}"
    only_keys(block, {"code", "chinese", "definition", "team", "examples", "sub"}, place, optional={"examples"})
    subs = tuple(_subcategory(sub, place) for sub in blocks(block["sub"], place))
    _differ([sub.code for sub in subs], place)
    chinese, definition, team = (str(block[key]) for key in ("chinese", "definition", "team"))
    return Category(ascii_code(block, place), chinese, definition, team, text_list(block.get("examples", []), place), subs)


def _subcategory(block: dict[str, Any], where: str) -> Subcategory:
    place = f"{where}.{block.get('code', 'sub')}"
    only_keys(block, {"code", "chinese", "words"}, place)
    return Subcategory(ascii_code(block, place), str(block["chinese"]), word_list(block["words"], place))


def _differ(codes: list[str], where: str) -> None:
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise ConfigError("codes must differ", where=where, got=twice)

"""The taxonomy file: categories, second level, words that speak for them, the team that answers. Data a business user edits."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textmine.errors import ConfigError, nearest


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
    categories = tuple(_category(block, where) for block in _blocks(raw["category"], where))
    codes = [category.code for category in categories]
    _differ(codes, where)
    if raw["fallback"] not in codes:
        raise ConfigError("the fallback is no category", where=where, got=str(raw["fallback"]), allowed=codes,
                          todo=f"did you mean {nearest(str(raw['fallback']), codes)!r}?")
    shared = tuple(_words(raw.get("shared", []), f"{where}: shared"))
    return Taxonomy(str(raw["version"]), str(raw["chinese"]), raw["fallback"], categories, shared)


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a TOML file.

    Raises
    ------
    ConfigError
        If the file is missing, no UTF-8 or no TOML; says the line.
    """
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError("cannot be read", where=str(path), got=error.strerror or "", todo="check the path") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"not a TOML file ({error})", where=str(path), todo="mend the line named") from error


def only_keys(block: dict[str, Any], allowed: set[str], where: str, *, optional: frozenset[str] | set[str] = frozenset()) -> None:
    """Nothing, where the block has the allowed keys.

    Raises
    ------
    ConfigError
        If a key is not allowed, naming the nearest one, or a key that is not optional is missing.
    """
    for key in block:
        if key not in allowed:
            close = nearest(key, sorted(allowed))
            raise ConfigError("unknown key", where=where, got=key, allowed=sorted(allowed),
                              todo=f"did you mean {close!r}?" if close else "take the key out")
    if missing := sorted(allowed - set(block) - optional):
        raise ConfigError("a key is missing", where=where, got=sorted(block), allowed=missing, todo=f"add {missing[0]}")


def weighted(word: str, where: str = "") -> tuple[str, float]:
    """``word`` or ``word^2.5``: the words and their weight, 1 when none is given.

    Raises
    ------
    ConfigError
        If the weight is no number above 0.
    """
    text, sign, weight = word.partition("^")
    try:
        number = float(weight) if sign else 1.0
    except ValueError:
        number = math.nan
    if not (number > 0 and math.isfinite(number)):
        raise ConfigError("a weight is a number above 0", where=where, got=repr(word), allowed="word or word^2.5")
    return text, number


def ascii_code(block: dict[str, Any], where: str) -> str:
    """The code of a block.

    Raises
    ------
    ConfigError
        If it is no ASCII name.
    """
    code = block.get("code", "")
    if not (isinstance(code, str) and code.isascii() and code.isidentifier()):
        raise ConfigError("a code is an ASCII name", where=where, got=repr(code), allowed="letters, digits, _")
    return code


def _category(block: dict[str, Any], where: str) -> Category:
    place = f"{where}: {block.get('code', 'category')}"
    only_keys(block, {"code", "chinese", "definition", "team", "examples", "sub"}, place, optional={"examples"})
    subs = tuple(_subcategory(sub, place) for sub in _blocks(block["sub"], place))
    _differ([sub.code for sub in subs], place)
    examples = tuple(_words(block.get("examples", []), place))
    return Category(ascii_code(block, place), str(block["chinese"]), str(block["definition"]), str(block["team"]), examples, subs)


def _subcategory(block: dict[str, Any], where: str) -> Subcategory:
    place = f"{where}.{block.get('code', 'sub')}"
    only_keys(block, {"code", "chinese", "words"}, place)
    words = tuple(_words(block["words"], place))
    for word in words:
        weighted(word, place)
    return Subcategory(ascii_code(block, place), str(block["chinese"]), words)


def _blocks(value: object, where: str) -> list[dict[str, Any]]:
    if not (isinstance(value, list) and value and all(isinstance(block, dict) for block in value)):
        raise ConfigError("at least one [[...]] block is needed here", where=where, got=type(value).__name__)
    return value


def _words(value: object, where: str) -> list[str]:
    if not (isinstance(value, list) and all(isinstance(word, str) for word in value)):
        raise ConfigError("a list of words in quotes is needed here", where=where, got=type(value).__name__)
    return value


def _differ(codes: list[str], where: str) -> None:
    if twice := sorted({code for code in codes if codes.count(code) > 1}):
        raise ConfigError("codes must differ", where=where, got=twice)

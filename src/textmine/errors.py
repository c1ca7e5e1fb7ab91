"""What can go wrong, said so that an operator knows what to do next. Carries names, counts and codes, never a customer's text."""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Iterable

LONGEST_NAME, LONGEST_VALUE = 12, 8  # characters; a longer one may be a customer's text in a wrong column
_SMALL_NUMBER = re.compile(r"-?\d{1,2}")


class TextmineError(Exception):
    """Base of every error textmine raises on purpose.

    Parameters
    ----------
    problem : str
        What is wrong, in one clause.
    where : str
        Source, unit, table, column or file.
    got, allowed : str or iterable of str
        What was found and what would have been right.
    rows : int
        How many rows are touched.
    todo : str
        What to do next.
    """

    exit_code = 1

    def __init__(
        self,
        problem: str,
        *,
        where: str = "",
        got: str | Iterable[str] = "",
        allowed: str | Iterable[str] = "",
        rows: int | None = None,
        todo: str = "",
    ) -> None:
        self.problem, self.where, self.rows, self.todo = problem, where, rows, todo
        self.got, self.allowed = _listed(got), _listed(allowed)
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        parts = [f"{self.where}: {self.problem}" if self.where else self.problem]
        if self.rows is not None:
            parts.append(f"rows: {self.rows:,}")
        if self.got:
            parts.append(f"found: {self.got}")
        if self.allowed:
            parts.append(f"allowed: {self.allowed}")
        if self.todo:
            parts.append(f"to do: {self.todo}")
        return " | ".join(parts)


class ConfigError(TextmineError):
    """The call or the config is wrong; nothing was touched."""

    exit_code = 2


class KeyMissingError(ConfigError):
    """No deployment key, so neither landing nor pseudonyms are possible."""


class UnitError(TextmineError):
    """A whole unit (file, mail, page) cannot be read; it goes to quarantine under ``reason``."""

    def __init__(
        self,
        problem: str,
        *,
        reason: str,
        where: str = "",
        got: str | Iterable[str] = "",
        allowed: str | Iterable[str] = "",
        rows: int | None = None,
        todo: str = "",
    ) -> None:
        self.reason = reason
        super().__init__(problem, where=where, got=got, allowed=allowed, rows=rows, todo=todo)


class ContractError(TextmineError):
    """A table is not what tables.py declares."""


class BundleError(TextmineError):
    """A bundle is missing, altered or made for another version; it is not opened."""


class NightChangingError(TextmineError):
    """The night was being replaced while it was read; read again."""


class NightMissingError(TextmineError):
    """The night asked for is not published."""


class LostUnitError(TextmineError):
    """A published night cannot be made again, because a file of it is gone; it stays as it is."""


class LakeBusyError(TextmineError):
    """Another run holds the lake."""

    exit_code = 4


class AuditError(TextmineError):
    """The night was made but looks wrong, so it stays hidden and the old one current."""

    exit_code = 5


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name most like ``name``, or '' when none is near (ratio below 0.5)."""
    found = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    return found[0] if found else ""


def shown_names(names: Iterable[object], *, known: Collection[str] = ()) -> list[str]:
    """Column names fit for a message: a CSV without a header has a customer's words where the names should be.

    Known names are shown. One other name that is longer than 12 characters, or has a digit or a mark but ``_``, hides all the
    others, of which place and length are told: beside a customer's words they may be his name or his city.
    """
    told = [str(name) for name in names]
    hidden = any(name not in known and not _like_name(name) for name in told)
    return [
        name if name in known or not hidden else f"column {place} ({len(name)} characters)" for place, name in enumerate(told, 1)
    ]


def shown_value(value: str) -> str:
    """A cell fit for a message: at most 8 characters, its digits as # (but for a number of one or two); else its length."""
    if len(value) > LONGEST_VALUE:
        return f"({len(value)} characters)"
    return value if _SMALL_NUMBER.fullmatch(value) else re.sub(r"\d", "#", value)


def _like_name(name: str) -> bool:
    letters = name.replace("_", "").replace(" ", "")
    return len(name) <= LONGEST_NAME and (letters.isalpha() or not letters)


def _listed(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else ", ".join(map(str, value))

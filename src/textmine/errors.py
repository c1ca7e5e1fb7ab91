"""What can go wrong, said so that an operator knows what to do next. Carries names, counts and codes, never a customer's text."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


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


def _listed(value: str | Iterable[str]) -> str:
    return value if isinstance(value, str) else ", ".join(map(str, value))

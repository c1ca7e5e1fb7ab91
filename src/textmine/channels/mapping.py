"""Which column of a raw frame holds which field: what the config names, else a well-known name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import opencc
import pandas as pd

from textmine.channels.decoding import clean_surrogates
from textmine.channels.names import COLUMN_NAMES
from textmine.errors import UnitError, nearest
from textmine.settings import Columns

_LISTS = ("dimension_scores", "attributes")
_BRACKET_END = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]$")
_LIKE_CONTENT = re.compile(r"^.{25}|[，。！；,!;]|\d{5}", re.DOTALL)
_SIMPLIFIED = opencc.OpenCC("t2s")  # a file in Big5 calls its columns 內容 and 編號
_JOINTS = re.compile(r"[\s_\-]+")


@dataclass(frozen=True)
class Mapped:
    """Columns found in a raw frame.

    Parameters
    ----------
    texts : tuple of str
        Columns that hold the customer's words, in the config's order; empty when there is none.
    one : mapping of str to str
        Field to column.
    dimension_scores, attributes : tuple of str
        Further columns the config names.
    listed : bool
        The config gave ``text`` as a list, so that each column is a question of its own.
    named : frozenset of str
        Fields the config named, so that a channel's own habits do not override them.
    """

    texts: tuple[str, ...]
    one: Mapping[str, str]
    dimension_scores: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    listed: bool = False
    named: frozenset[str] = frozenset()

    def get(self, field: str) -> str | None:
        """Column of a field, None where the frame has none."""
        return self.one.get(field)


def find_columns(frame: pd.DataFrame, columns: Columns, *, where: str, text_fields: Sequence[str] = ("text",)) -> Mapped:
    """Columns of ``frame`` that hold the fields of the feedback frame and of the channels' shapes.

    A field the config names is taken from there; every other one from the first of ``names.COLUMN_NAMES`` that the frame has,
    where no other field took that column by the config. ``text_fields`` are the fields that may hold the words, best first.

    Raises
    ------
    UnitError
        ``missing_column`` if a column the config names is not there, or nothing holds the words; ``duplicate_column`` if a
        column that is needed occurs twice.
    """
    present = [str(name) for name in frame.columns if name != "_row"]
    wanted = _wanted(columns)
    for name in (name for names in wanted.values() for name in names):
        _require(name, present, where)
    taken = {name for names in wanted.values() for name in names}
    one = _by_known_name([name for name in present if name not in taken])
    one.update({field: names[0] for field, names in wanted.items() if field not in (*_LISTS, "text")})
    texts = wanted.get("text") or _first_text(one, text_fields)
    if not texts:
        raise _no_text(present, text_fields, where)
    _once({*one.values(), *texts}, present, where)
    return Mapped(
        tuple(texts),
        MappingProxyType(one),
        tuple(columns.dimension_scores),
        tuple(columns.attributes),
        isinstance(columns.text, list),
        frozenset(wanted),
    )


def require_column(frame: pd.DataFrame, name: str, *, where: str) -> None:
    """Nothing, if the frame has the column once.

    Raises
    ------
    UnitError
        ``missing_column`` with the nearest name, or ``duplicate_column``.
    """
    present = [str(column) for column in frame.columns if column != "_row"]
    _require(name, present, where)
    _once({name}, present, where)


def folded(name: str) -> str:
    """A column name as it is compared: NFKC, simplified, lower case, without spaces, ``_``, ``-`` and a bracket at the end."""
    plain = _JOINTS.sub("", _SIMPLIFIED.convert(unicodedata.normalize("NFKC", clean_surrogates(name))).casefold())
    return _BRACKET_END.sub("", plain) or plain


def field_of(name: str) -> str:
    """The field a well-known name stands for, '' for any other name."""
    return _FIELDS.get(folded(name), "")


def _wanted(columns: Columns) -> dict[str, list[str]]:
    named = columns.model_dump(exclude_none=True)
    return {field: [value] if isinstance(value, str) else value for field, value in named.items() if value}


def _by_known_name(present: Sequence[str]) -> dict[str, str]:
    by_folded: dict[str, str] = {}
    for name in present:
        by_folded.setdefault(folded(name), name)
    found = {}
    for field, names in COLUMN_NAMES.items():
        column = next((by_folded[key] for key in map(folded, names) if key in by_folded), None)
        if column is not None:
            found[field] = column
    return found


def _first_text(one: Mapping[str, str], text_fields: Sequence[str]) -> list[str]:
    return next(([one[field]] for field in text_fields if field in one), [])


def _require(name: str, present: Sequence[str], where: str) -> None:
    if name in present:
        return
    close = nearest(name, _shown(present))
    todo = f"did you mean {close!r}?" if close else "name a column that is there in the source's [columns]"
    problem = "a column the config names is not there"
    raise UnitError(problem, reason="missing_column", where=where, got=_shown(present), allowed=name, todo=todo)


def _no_text(present: Sequence[str], text_fields: Sequence[str], where: str) -> UnitError:
    known = [name for field in text_fields for name in COLUMN_NAMES[field]]
    column = next((name for name in _shown(present) if nearest(name, known)), "")
    todo = 'name the text column: columns.text = "..."' + (f" (is it {column!r}?)" if column else "")
    problem = "no column holds the customer's words"
    return UnitError(problem, reason="missing_column", where=where, got=_shown(present), allowed=[*known[:12], "..."], todo=todo)


def _shown(names: Sequence[str]) -> list[str]:
    """Column names fit for a message: a CSV without a header has a customer's words where the names should be.

    One name that looks like content hides them all, because then the others may be a customer's name or a city.
    """
    if any(_LIKE_CONTENT.search(name) for name in names):
        return [f"column {place} ({len(name)} characters)" for place, name in enumerate(names, 1)]
    return list(names)


def _once(needed: set[str], present: Sequence[str], where: str) -> None:
    if twice := sorted(name for name in needed if present.count(name) > 1):
        raise UnitError("a column occurs twice", reason="duplicate_column", where=where, got=_shown(twice), todo="rename one")


_FIELDS: dict[str, str] = {folded(name): field for field, names in tuple(COLUMN_NAMES.items())[::-1] for name in names}

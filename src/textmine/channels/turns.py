"""Cells that hold a whole dialogue, as text or as a list of messages, parted into the customer's words and the staff's."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from textmine.channels.names import MESSAGE_KEYS
from textmine.channels.speakers import HAS_TURNS, Turn, side_of, split_turns, words_of
from textmine.channels.values import as_text, cell_text, found_in, mended

_DIALOGUE = rf"{HAS_TURNS}|^\s*\[\s*\{{"
_Row = tuple[str | None, str | None, bool, Any, Any]


def part_dialogues(
    cells: pd.Series[Any], *, customers: pd.Series[str] | None = None, agents: pd.Series[str] | None = None
) -> pd.DataFrame:
    """Words by side of each cell, by position.

    Columns ``text`` (the customer's words, a line a turn; the cell as it stands where it is no dialogue), ``staff_text`` (words
    of staff and machines), ``had_turns``, ``first_time`` (time of the first message that has one), ``first_staff_time`` (the same
    of a person of the staff), both as the source has them. ``customers`` and ``agents`` say who a speaker is that is called by
    name.
    """
    texts = as_text(cells).reset_index(drop=True)
    spoken = found_in(texts, _DIALOGUE)
    if cells.dtype == object:
        spoken |= np.fromiter((isinstance(cell, (list, tuple, np.ndarray)) for cell in cells.array), bool, len(cells))
    rows: list[_Row] = [(text, None, False, None, None) for text in texts] if spoken.any() else []
    places = np.flatnonzero(spoken)
    who = zip(_names(customers, places), _names(agents, places), strict=True)
    for place, cell, (customer, agent) in zip(places, cells.take(places), who, strict=True):
        rows[place] = _row(cell, customer, agent)
    return _frame(rows, texts)


def message_turns(messages: Sequence[Any], *, customer: str = "", agent: str = "") -> list[Turn]:
    """Turns of a list of messages: dicts with a role, words and a time under any name of ``names.MESSAGE_KEYS``, or strings.

    A speaker who is neither known by role nor called like the agent counts as the customer: words too many do less harm than
    words lost.
    """
    return [turn for message in messages for turn in _message(message, customer, agent)]


def speaker_side(role: str | None, *, customer: str = "", agent: str = "") -> str:
    """customer, staff or machine of a message's speaker; who is neither known nor called like the agent is the customer."""
    if not role:
        return "customer"
    if role.strip() in (customer, agent):
        return "staff" if role.strip() == agent and agent != customer else "customer"
    return side_of(role) or "customer"


def _message(message: Any, customer: str, agent: str) -> list[Turn]:
    if not isinstance(message, Mapping):
        words = cell_text(message) or ""
        return split_turns(words) or ([Turn("customer", "", words.strip())] if words.strip() else [])
    role = _get(message, "role")
    if isinstance(role, Mapping):
        role = _get(role, "person")
    speaker, words = cell_text(role) or "", cell_text(_get(message, "words")) or ""
    return [Turn(speaker_side(speaker, customer=customer, agent=agent), speaker, words.strip(), _get(message, "time"))]


def _get(message: Mapping[Any, Any], field: str) -> Any:
    return next((message[key] for key in MESSAGE_KEYS[field] if message.get(key) not in (None, "")), None)


def _row(cell: Any, customer: str, agent: str) -> _Row:
    messages = cell if isinstance(cell, (list, tuple, np.ndarray)) else _parsed(cell)
    if messages is None:
        turns = split_turns(cell_text(cell) or "")
    else:
        turns = message_turns(list(messages), customer=customer, agent=agent)
    if not turns:
        return (cell_text(cell) if messages is None else None), None, False, None, None
    first = next((turn.time for turn in turns if turn.time is not None), None)
    answer = next((turn.time for turn in turns if turn.side == "staff" and turn.time is not None), None)
    return words_of(turns, "customer"), words_of(turns, "staff", "machine"), True, first, answer


def _parsed(cell: Any) -> list[Any] | None:
    """The list a JSON string holds, None where it is something else."""
    try:
        found = json.loads(cell)
    except (TypeError, ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


def _names(series: pd.Series[str] | None, places: np.ndarray[Any, Any]) -> list[str]:
    return [""] * len(places) if series is None else series.take(places).fillna("").tolist()


def _frame(rows: Sequence[_Row], texts: pd.Series[str]) -> pd.DataFrame:
    """Columns of ``part_dialogues``; ``rows`` is empty where no cell is a dialogue."""
    text, staff, had, first, answer = zip(*rows, strict=True) if rows else (None, None, False, None, None)
    return pd.DataFrame(
        {
            "text": texts if text is None else mended(text, texts.index),
            "staff_text": mended(staff or [None] * len(texts), texts.index),
            "had_turns": np.asarray(had, dtype=bool) if rows else False,
            "first_time": pd.Series(first, index=texts.index, dtype=object),
            "first_staff_time": pd.Series(answer, index=texts.index, dtype=object),
        },
        index=texts.index,
    )

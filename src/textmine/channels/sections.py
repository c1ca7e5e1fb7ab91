"""A text file of several calls, sessions or interviews, cut at their headers (``通话编号：…``, ``访谈主题：…``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pandas as pd

from textmine.channels.feedback import STRING
from textmine.channels.mapping import field_of
from textmine.channels.speakers import HAS_TURNS, side_of
from textmine.channels.values import as_text, found_in

LINE = "line"
"""Name of the column that the plain-text reader gives."""

NUMBERS = ("session", "source_ref")
HEADER_FIELDS = frozenset(
    (
        "source_ref",
        "session",
        "subject",
        "created_at",
        "received_at",
        "customer",
        "segment",
        "customer_value",
        "agent",
        "team",
        "product",
        "region",
        "rating",
        "nps",
        "ces",
        "status",
        "first_response_at",
        "resolved_at",
        "informed_at",
    )
)
_PAIR = re.compile(r"\s*(?P<key>[^\s:：][^:：]{0,11}?)\s*[:：]\s*(?P<value>.{0,200}?)\s*")
_NEXT_PAIR = re.compile(r"[ \t\u3000]+(?=[^\s:：]{1,8}(?:：|:(?!\d)))")
_ID = re.compile(r"[\u4e00-\u9fff]{0,4}[A-Za-z0-9_.#/-]{1,40}")
_STAFF_NUMBER = re.compile(r".{0,10}?[（(]?\s*工号\s*[:：]?\s*(?P<number>\w{1,20})\s*[)）]?")
_NUMBER = re.compile(r"[A-Za-z]{0,4}-?\d{3,20}")
_LIKE_SPEECH = re.compile(r"[，。！？,!?；;]|.{13}")


@dataclass
class Section:
    """One call, session or interview of a file.

    Parameters
    ----------
    row : int
        Line number of its first line.
    header : dict of str to str
        Field to value.
    lines : list of (int, str)
        The other lines with their numbers.
    """

    row: int
    header: dict[str, str] = field(default_factory=dict)
    lines: list[tuple[int, str]] = field(default_factory=list)


def sections_of(rows: pd.DataFrame, *, starts: Sequence[str] = NUMBERS) -> list[Section]:
    """Sections of a file's lines, in order.

    A line whose key is one of the fields ``starts`` begins a section, if the section before has one already or has begun to
    speak. Known keys (those of ``names.COLUMN_NAMES``) up to the first other line are the header; a speaker's label is a key
    there only when a number stands after it (坐席：小王（工号 1024）) or further keys follow (主持人：李老师).
    """
    pairs = list(zip(rows["_row"].tolist(), as_text(rows[LINE]).fillna("").tolist(), strict=True))
    sections: list[Section] = []
    in_header = True
    for place, (row, line) in enumerate(pairs):
        found = _pairs(line)
        begins = bool(found) and found[0][0] in starts
        if not sections or (begins and (sections[-1].lines or found[0][0] in sections[-1].header)):
            sections.append(Section(row))
            in_header = True
        in_header = begins or (in_header and _is_header(pairs, place, starts))
        if in_header:
            sections[-1].header.update({name: value for name, value in found if name and value})
        elif line.strip():
            sections[-1].lines.append((row, line))
    return sections


def is_lines(rows: pd.DataFrame) -> bool:
    """Whether the rows are the lines of a text file and not of a table."""
    return set(rows.columns) == {LINE, "_row"}


def dialogues_of_lines(rows: pd.DataFrame) -> pd.DataFrame | None:
    """One row a dialogue of a text file: its header's fields and ``transcript``; None for what is not lines of dialogues."""
    if not is_lines(rows) or not _has_dialogues(as_text(rows[LINE])):
        return None
    found = [{**part.header, "_row": part.row, "transcript": _body(part)} for part in sections_of(rows)]
    calls = pd.DataFrame(found)
    return calls.astype({name: STRING for name in calls.columns if name != "_row"})


def _body(section: Section) -> str | None:
    return "\n".join(line for _, line in section.lines) or None


def _has_dialogues(lines: pd.Series[str]) -> bool:
    if found_in(lines, HAS_TURNS).any():
        return True
    return any(name in NUMBERS for line in lines.dropna() for name, _ in _pairs(line)[:1])


def _pairs(line: str) -> list[tuple[str, str]]:
    """Fields and values of a line ``键：值 键：值``, empty if its first key is not known; a field is '' where it is not."""
    if not _field(_key(line)):
        return []
    found = [pair for part in _NEXT_PAIR.split(line) if (pair := _PAIR.fullmatch(part))]
    return [_pair(pair["key"], pair["value"]) for pair in found]


def _key(line: str) -> str:
    found = _PAIR.fullmatch(line) if len(line) <= 300 else None
    return found["key"] if found else ""


def _field(key: str) -> str:
    name = field_of(key) if key else ""
    return name if name in HEADER_FIELDS else ""


def _pair(key: str, value: str) -> tuple[str, str]:
    name = _field(key)
    if name in NUMBERS and not _ID.fullmatch(value):
        return "", ""
    if not side_of(key):
        return name, value
    if name == "agent" and (staff := _STAFF_NUMBER.fullmatch(value)):
        return name, staff["number"]
    return (name, value) if _NUMBER.fullmatch(value) else ("", "")


def _is_header(pairs: Sequence[tuple[int, str]], place: int, starts: Sequence[str]) -> bool:
    """Whether a line at the head of a section is a key with its value; 主持人：李老师 is, if a key that is no speaker follows."""
    line = pairs[place][1]
    if any(name for name, _ in _pairs(line)[:1]):
        return True
    key = _key(line)
    if not key or side_of(key) == "customer" or _LIKE_SPEECH.search(line.partition(key)[2].lstrip(" :：")):
        return False
    following = _key(pairs[place + 1][1]) if place + 1 < len(pairs) else ""
    return _field(following) not in ("", *starts) and not side_of(following)

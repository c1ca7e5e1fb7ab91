"""A dialogue written as text, cut into turns: whose words, in which order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textmine.channels.names import ROLES, SPEAKERS

_HAN = "\u4e00-\u9fff"
_BLANK = "[ \t\u3000]"  # the character itself: RE2 knows no \\u
_CLOCK = r"(?:[\[【(（]?(?:\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[ \t]*)?\d{1,2}:\d\d(?::\d\d)?[\]】)）]?[ \t]*)?"
_NAME = (
    rf"(?:[A-Za-z]?\d{{1,8}}|[ \t]\d{{3,8}}|[A-Za-z]|[一二三四五六七八九十甲乙丙丁]|[小老阿][{_HAN}]"
    rf"|[{_HAN}]{{1,2}}(?:先生|女士|小姐|师傅|老师|经理))?"
)
_ABOUT = r"(?:[ \t]?[（(\[【][^（(\[【）)\]】\n]{0,40}[）)\]】])?"
_COLON = r"[ \t]?[:：]"


def _label() -> str:
    sides = []
    for side, names in SPEAKERS.items():
        longest_first = sorted(names, key=lambda name: (-len(name), name))
        sides.append(f"(?P<{side}>{'|'.join(map(re.escape, longest_first))})")
    return f"(?:{'|'.join(sides)}){_NAME}"


_LABEL = _label()
_MARK = rf"{_CLOCK}(?P<label>{_LABEL}){_ABOUT}{_COLON}"
_BRACKETED = rf"{_CLOCK}[\[【](?P<label>{_LABEL})[\]】](?:{_COLON})?"

HAS_TURNS = rf"(?im)^{_BLANK}*(?:{re.sub(r'[?]P<[a-z]+>', '?:', f'{_MARK}|{_BRACKETED}')})"
"""Found in a text that is a dialogue: a line that begins with a speaker's mark. Runs in RE2 over a whole column."""

_KINDS = (_MARK, _BRACKETED)
_AT_LINES = tuple(re.compile(rf"^{_BLANK}*{kind}", re.MULTILINE | re.IGNORECASE) for kind in _KINDS)
_INLINE = tuple(re.compile(rf"(?:^|(?<=[\s。！？!?；;])){kind}", re.IGNORECASE) for kind in _KINDS)
_GUEST = re.compile(
    rf"^{_BLANK}*{_CLOCK}"
    rf"(?P<label>[A-Z]\d{{0,2}}|[{_HAN}]{{1,2}}(?:先生|女士|小姐|阿姨|叔叔|大爷|大妈|同学)|问|答){_ABOUT}{_COLON}"
)
_WHOLE_LABEL = re.compile(rf"{_LABEL}{_ABOUT}", re.IGNORECASE)
_HEADER_LINE = re.compile(rf"[{_HAN}A-Za-z ]{{1,12}}[:：]")
_SIDE_OF = {name: side for table in (ROLES, SPEAKERS) for side, names in table.items() for name in names}


@dataclass(frozen=True)
class Turn:
    """What one speaker said at a stretch.

    Parameters
    ----------
    side : str
        customer, staff or machine.
    speaker : str
        The label before the colon, without time and bracket; '' where there was none.
    words : str
        What was said; a turn may have several lines.
    time : object
        When, as the source has it; None where it says nothing.
    """

    side: str
    speaker: str
    words: str
    time: Any = None


def split_turns(text: str) -> list[Turn]:
    """Turns of a transcript in order; empty for a text that is no dialogue.

    A dialogue has a line that begins with a mark: 客户 用户 来电人 受访者A ..., 坐席 客服小王 工号1024 主持人 ..., a colon of
    either width or ``【客户】``, a time before it or not. Lines without a mark go on with the turn. Where all is in one line, a
    mark also counts after a blank or the end of a sentence. Words before the first mark are the customer's, if they are no header
    (``键：值``).
    """
    marks = _marks(text)
    if not marks:
        return []
    edges = [*(mark.start() for mark in marks[1:]), len(text)]
    turns = [Turn(_side(mark), mark["label"], text[mark.end() : edge].strip()) for mark, edge in zip(marks, edges, strict=True)]
    lines = text[: marks[0].start()].split("\n")
    before = "\n".join(line for line in lines if line.strip() and not _HEADER_LINE.match(line.strip()))
    return [Turn("customer", "", before), *turns] if before else turns


def turn_of_line(line: str) -> Turn | None:
    """The turn that a line of an interview begins, None where it goes on with the one before.

    Beside the marks of ``split_turns`` it knows how transcripts of interviews call people: ``A：``, ``B2：``, 王女士：, 问：,
    答：.
    """
    found = next((mark for pattern in _AT_LINES if (mark := pattern.match(line))), None)
    if found:
        return Turn(_side(found), found["label"], line[found.end() :].strip())
    if guest := _GUEST.match(line):
        asks = guest["label"] in ("问", "Q")
        return Turn("staff" if asks else "customer", guest["label"], line[guest.end() :].strip())
    return None


def side_of(role: str) -> str:
    """customer, staff or machine for a role or label as sources write it (user, 客服小王, bot, 受访者A), '' if not known."""
    plain = role.strip().casefold()
    if plain in _SIDE_OF:
        return _SIDE_OF[plain]
    found = _WHOLE_LABEL.fullmatch(plain)
    return _side(found) if found else ""


def words_of(turns: Sequence[Turn], *sides: str) -> str | None:
    """The words of some sides, a line a turn; None where they said nothing."""
    return "\n".join(turn.words for turn in turns if turn.side in sides and turn.words) or None


def _marks(text: str) -> list[re.Match[str]]:
    single = "\n" not in text.strip()
    for at_lines, inline in zip(_AT_LINES, _INLINE, strict=True):
        if at_lines.search(text):
            return list((inline if single else at_lines).finditer(text))
    return []


def _side(found: re.Match[str]) -> str:
    return next(side for side in SPEAKERS if found[side])

"""The writer's own words of a mail: without quoted mails, signatures and closing formulas.

The marks are those that Outlook, Foxmail, QQ Mail, 163, Gmail and Apple Mail write in Chinese and English; collected for
textmine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

LONGEST_LINE = 300
"""A mark stands in a short line; a longer line is somebody's words and is not searched."""

_RULE = r"(?:-{2,}|—{2,}|_{2,})"
_HISTORY = re.compile(
    rf"\s*{_RULE}\s*(?:原始邮件|原邮件|原始信件|回复的原邮件|original message|replied message)\s*{_RULE}\s*", re.IGNORECASE
)
_FORWARD = re.compile(
    rf"\s*{_RULE}\s*(?:转发邮件|转发邮件信息|转发的邮件|forwarded message)\s*{_RULE}\s*|\s*begin forwarded message:\s*",
    re.IGNORECASE,
)
_WROTE = re.compile(
    r"\s*(?:在|于|on\s).{4,200}(?:写道|写到|wrote)\s*[:：]?\s*|.{1,80}\s于.{4,100}(?:写道|写到)\s*[:：]?\s*", re.IGNORECASE
)
_FROM = re.compile(r"\s*\*{0,2}(?:发件人|寄件人|from)\*{0,2}\s*[:：]", re.IGNORECASE)
_FIELD = re.compile(
    r"\s*\*{0,2}(?:发件人|寄件人|发送时间|发送日期|日期|时间|收件人|抄送|主题|from|sent|date|to|cc|subject)\*{0,2}\s*[:：]",
    re.IGNORECASE,
)
_DEVICE = re.compile(
    r"\s*(?:(?:发自|发送自|来自)\s?(?:我的|[\w ]{0,20}邮箱|.{0,10}(?:iphone|ipad|手机|outlook)).{0,30}"
    r"|sent from (?:my )?.{1,40}|(?:获取|get)\s?outlook.{0,30})\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"\s*(?:此致\s*[，,！!]?\s*(?:敬礼[！!。]?)?|(?:敬礼|顺?祝商祺|顺颂商祺|祝好)[！!。]?"
    r"|(?:best |kind |warm )?regards[,，]?)\s*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"--\s*")
_LINES_UNDER_CLOSING = 8

HAS_MARKS = (
    r"(?im)^\s*>|写道|写到|wrote|原始邮件|原邮件|原始信件|转发|original message|replied message|forwarded"
    r"|^\s*\*{0,2}(?:发件人|寄件人|from)|发自|发送自|来自|sent from|outlook|此致|敬礼|商祺|祝好|regards|^--\s*$"
)
"""Found in every text that ``own_words`` might shorten. Runs in RE2 over a whole column."""


def own_words(body: str) -> str:
    """The words the writer of a mail added, '' where there are none.

    Lines that begin with ``>`` go, and so do the lines that announce them (在 … 写道：, On … wrote:); where nothing is marked
    with ``>`` after an announcement, all that follows is the quoted mail. A block of 发件人：, 发送时间：, 主题： ends the words;
    under a line that says the mail was forwarded, only the block goes, for what follows is the message. ``--`` begins a
    signature; 此致 敬礼 and the like end the words if no more than eight lines follow.
    """
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept: list[str] = []
    place = 0
    while place < len(lines):
        step = _next(lines, place)
        if step is None:
            break
        if step == place:
            kept.append(lines[place])
            step += 1
        place = step
    return "\n".join(kept).strip()


def _next(lines: Sequence[str], place: int) -> int | None:
    """Where to go on: the same place if the line is kept, a later one if lines are left out, None if the words end here."""
    line = lines[place]
    if line.lstrip().startswith(">"):
        return place + 1
    if len(line) > LONGEST_LINE:
        return place
    if _SIGNATURE.fullmatch(line) or _HISTORY.fullmatch(line):
        return None
    if _FORWARD.fullmatch(line):
        return _after_block(lines, place + 1)
    if _FROM.match(line) and _is_block(lines, place):
        return None
    if _WROTE.fullmatch(line):
        return _after_quote(lines, place + 1)
    if _CLOSING.fullmatch(line) and len(lines) - place <= _LINES_UNDER_CLOSING:
        return None
    return place + 1 if _DEVICE.fullmatch(line) else place


def _is_block(lines: Sequence[str], place: int) -> bool:
    return any(_FIELD.match(line[:LONGEST_LINE]) for line in lines[place + 1 : place + 4])


def _after_block(lines: Sequence[str], place: int) -> int:
    while place < len(lines) and (not lines[place].strip() or _FIELD.match(lines[place][:LONGEST_LINE])):
        place += 1
    return place


def _after_quote(lines: Sequence[str], place: int) -> int | None:
    """The line after an announcement if ``>`` marks the quoted lines, else None: then the whole rest is quoted."""
    following = next((line for line in lines[place : place + 5] if line.strip()), "")
    return place if following.lstrip().startswith(">") else None

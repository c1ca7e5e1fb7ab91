"""Mails as the lines of a text file or a Word document: a block of 发件人, 主题, 时间, then the words."""

from __future__ import annotations

import re

import pandas as pd

from textmine.channels.feedback import STRING
from textmine.channels.mapping import field_of
from textmine.channels.sections import LINE, is_lines
from textmine.channels.values import as_text

_PAIR = re.compile(r"\s*\*{0,2}(?P<key>[^\s:：*][^:：*]{0,11}?)\*{0,2}\s*[:：]\s*(?P<value>.{0,500})")
_RULE = re.compile(r"\s*[-=_*—]{3,}.{0,20}?[-=_*—]*\s*")
_REPLY = re.compile(r"(?:\s*(?:re|fw|fwd|回复|答复|转发)\s*[:：]\s*)+", re.IGNORECASE)
_HEADS = {"sent": "date", "发送日期": "date", "收件人": "to", "to": "to", "抄送": "to", "cc": "to", "附件": "attachments"}
_BLOCK = 6
"""Lines that a block has at the most."""


def mails_of_lines(rows: pd.DataFrame) -> pd.DataFrame | None:
    """One row a mail (``from``, ``subject``, ``date``, ``body``); None for what is not lines with the block of a mail.

    A block begins at the line of the sender. Within a mail one with the same subject, but for ``Re:``, or under a line such as
    -----原始邮件-----, is the block of a quoted mail and stays in the body, where the reader cuts it off.
    """
    if not is_lines(rows):
        return None
    numbered = list(zip(rows["_row"].tolist(), as_text(rows[LINE]).fillna("").tolist(), strict=True))
    mails: list[dict[str, object]] = []
    body: list[str] = []
    heading = False
    for place, (row, line) in enumerate(numbered):
        name, value = _head(line)
        if name == "from" and (
            not mails or not _quoted([text for _, text in numbered], place, str(mails[-1].get("subject", "")))
        ):
            body = []
            mails.append({"_row": row, "from": value, "body": body})
            heading = True
        elif heading and name:
            mails[-1][name] = value
        elif mails:
            heading = False
            body.append(line)
        elif not name and not _is_rule(line):
            return None  # words above the first sender: no file of mails
    return _frame(mails) if mails else None


def _head(line: str) -> tuple[str, str]:
    found = _PAIR.fullmatch(line) if len(line) <= 600 else None
    if not found:
        return "", ""
    key = found["key"].strip().casefold()
    name = {"sender": "from", "subject": "subject", "created_at": "date"}.get(field_of(key), _HEADS.get(key, ""))
    return name, found["value"].strip()


def _quoted(lines: list[str], place: int, subject: str) -> bool:
    """Whether the block at ``place`` belongs to a quoted mail."""
    block = dict(_head(line) for line in lines[place : place + _BLOCK])
    above = lines[place - 1]
    return _plain(str(block.get("subject", ""))) == _plain(subject) or (_is_rule(above) and any(map(str.isalpha, above)))


def _is_rule(line: str) -> bool:
    return len(line) <= 80 and bool(_RULE.fullmatch(line))


def _plain(subject: str) -> str:
    return _REPLY.sub("", subject).strip().casefold()


def _frame(mails: list[dict[str, object]]) -> pd.DataFrame:
    rows = [{**mail, "body": "\n".join(mail["body"]).strip() or None} for mail in mails if isinstance(mail["body"], list)]
    frame = pd.DataFrame(rows)
    return frame.astype({name: STRING for name in frame.columns if name != "_row"})

"""Mails: the writer's own words under their subject."""

from __future__ import annotations

import re
from dataclasses import replace
from email.utils import parseaddr
from typing import Any

import numpy as np
import pandas as pd

from textmine.channels.feedback import Parsed, empty_feedback
from textmine.channels.fields import Fields, numbered, read_fields, settle, words_of_columns
from textmine.channels.maillines import mails_of_lines
from textmine.channels.mapping import find_columns
from textmine.channels.quotes import HAS_MARKS, own_words
from textmine.channels.values import as_cells, as_label, changed, found_in, mended, under_subject
from textmine.settings import Columns, Source

_REPLY_PREFIX = r"(?i)^(?:\s*(?:re|fw|fwd|回复|答复|转发)\s*[:：]\s*){1,10}"


def read_email(frame: pd.DataFrame, *, source: Source) -> Parsed:
    """Records of mails, one a mail.

    Shape: ``message_id, from, to, subject, date, body`` as the mail reader gives it, a table such as 发件人, 主题, 时间, 正文,
    or the lines of a text or Word file with such a block above each mail.
    The text is the subject (without ``Re:``, 回复：), a line break and the body without quoted mails and signatures; where the
    config names the text columns, these without a subject. The customer is the sender's address, where no other column says.

    Raises
    ------
    UnitError
        ``missing_column`` where no column holds the words, or one that the config names is not there.
    """
    if frame.empty:
        return Parsed(empty_feedback(), [], 0)
    rows, columns = numbered(frame), source.columns
    if (mails := mails_of_lines(rows)) is not None:
        rows, columns = mails, Columns()
    mapped = find_columns(rows, columns, where=source.name, text_fields=("body", "text", "subject"))
    fields = read_fields(rows, mapped, source=source)
    if sender := mapped.get("sender"):
        fields = _with_sender(fields, rows[sender])
    subject, subject_only = mapped.get("subject"), mapped.texts == (mapped.get("subject"),)
    words = _own_of_column(words_of_columns(rows, mapped)) if not subject_only else words_of_columns(rows, mapped)
    if subject and "text" not in mapped.named:
        words = under_subject(words, as_label(rows[subject]).str.replace(_REPLY_PREFIX, "", regex=True))
    return settle(fields, {"text": words}, channel="email")


def _own_of_column(bodies: pd.Series[str]) -> pd.Series[str]:
    marked = np.flatnonzero(found_in(bodies, HAS_MARKS))
    if not len(marked):
        return bodies
    words = as_cells(bodies)
    for place in marked:
        words[place] = own_words(words[place]) or None
    return mended(words, bodies.index)


def _with_sender(fields: Fields, senders: pd.Series[Any]) -> Fields:
    """The fields with the sender's address as customer where no customer is given."""
    addresses = changed(as_label(senders), _address)
    known = fields.values.get("customer")
    return replace(fields, values={**fields.values, "customer": addresses if known is None else known.fillna(addresses)})


def _address(sender: Any) -> Any:
    if not isinstance(sender, str):
        return None
    address = parseaddr(re.sub(r"[\r\n]+", " ", sender[:1000]))[1]
    return address.lower() if "@" in address else sender

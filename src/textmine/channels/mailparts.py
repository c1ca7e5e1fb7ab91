"""The headers and the body of one mail, decoded; a mail whose text is not whole is refused."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from contextlib import suppress
from email import errors
from email.header import decode_header
from email.message import Message
from email.utils import parsedate_to_datetime

from textmine.channels.decoding import clean_surrogates, codec_of, to_utf8
from textmine.channels.htmltext import html_text
from textmine.channels.plausible import LONE
from textmine.errors import UnitError

COLUMNS = ("message_id", "from", "to", "subject", "date", "body", "attachments")
RAISED = (errors.MessageError, UnitError, ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)
"""What a mail that is not whole leads to; Python's mail package raises the plain ones on hostile input."""

# What makes part of the text missing or wrong. The others (a stray header line) leave it whole.
_BROKEN = (
    errors.NoBoundaryInMultipartDefect,
    errors.StartBoundaryNotFoundDefect,
    errors.CloseBoundaryNotFoundDefect,
    errors.MultipartInvariantViolationDefect,
    errors.InvalidBase64PaddingDefect,
    errors.InvalidBase64CharactersDefect,
    errors.InvalidBase64LengthDefect,
)
_HEADERS = {"message_id": "message-id", "from": "from", "to": "to", "subject": "subject"}
_WESTERN = ("iso-8859-1", "iso-8859-15", "cp1252", "ascii")
_FOLD = re.compile(r"\r?\n[ \t]*")


def message_cells(content: bytes, *, encoding: str) -> dict[str, str | None]:
    """The cells of one mail, as ``read_mbox`` names them.

    Raises
    ------
    Exception
        One of ``RAISED`` if the mail has no known header, a part is missing, or its characters are not clear.
    """
    mail = email.message_from_bytes(content)
    headers: dict[str, str] = {}
    for title, value in mail.raw_items():
        headers.setdefault(title.lower(), str(value))
    if not headers.keys() & {"date", "received", *_HEADERS.values()}:
        raise errors.HeaderParseError("no header of a mail")
    parts = list(_parts(mail))
    texts = [(part.get_content_subtype(), _text(part, encoding)) for part in parts if _is_text(part)]
    if any(isinstance(defect, _BROKEN) for part in (mail, *parts) for defect in part.defects):
        raise errors.MultipartConversionError("a part is missing")
    hint = next((charset for part in parts if _is_text(part) and (charset := part.get_content_charset())), "")
    cells = {name: _header(headers.get(title), hint) for name, title in _HEADERS.items()}
    names = [_header(part.get_filename(), hint) or "unnamed" for part in parts if not _is_text(part)]
    date = _date(_header(headers.get("date"), hint))
    return {**cells, "date": date, "body": _body(texts), "attachments": "; ".join(names) or None}


def _parts(mail: Message) -> Iterator[Message]:
    """The leaves of a mail; a mail attached to it is one leaf. Boxes are yielded too, for their defects."""
    waiting = [mail]
    while waiting:
        part = waiting.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(reversed([item for item in inner if isinstance(item, Message)]))
        else:
            yield part
        if any(isinstance(defect, _BROKEN) for defect in part.defects):
            raise errors.MultipartConversionError("a part is missing")


def _is_text(part: Message) -> bool:
    plain = part.get_content_maintype() == "text" and part.get_content_subtype() in ("plain", "html")
    return plain and part.get_content_disposition() != "attachment" and not part.get_filename()


def _body(texts: list[tuple[str, str]]) -> str | None:
    plain = "\n".join(text for subtype, text in texts if subtype == "plain").strip()
    return plain or "\n".join(html_text(text) for subtype, text in texts if subtype == "html").strip() or None


def _text(part: Message, encoding: str) -> str:
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    text = _decoded(data, part.get_content_charset() or "", encoding)
    return clean_surrogates(text).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, charset: str, encoding: str) -> str:
    """Text in the charset named. A Western one is the default of old mailers: it holds only if the bytes are no Chinese."""
    codec = codec_of(charset)
    if codec and codec not in _WESTERN:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            codec = ""
    try:
        return to_utf8(data, name="mail", encoding=encoding).content.decode()
    except (UnitError, UnicodeDecodeError):
        if codec:
            return data.decode(codec)
        raise


def _header(value: str | None, charset: str) -> str | None:
    """A header's text: encoded words (RFC 2047) decoded, raw bytes in the body's charset or as they show themselves."""
    if value is None:
        return None
    text = _FOLD.sub(" ", value)
    if LONE.search(text):
        raw = text.encode("utf-8", "surrogateescape")
        text = _shown(raw, "utf-8" if raw.decode("utf-8", "ignore").encode() == raw else charset)
    if "=?" in text:
        with suppress(errors.HeaderParseError, ValueError):  # a damaged word stays as it stands
            text = "".join(_word(piece, label) for piece, label in decode_header(text))
    return clean_surrogates(text).strip() or None


def _word(piece: bytes | str, label: str | None) -> str:
    if isinstance(piece, str):
        return piece
    # decode_header hands plain text between encoded words back in this codec.
    return _shown(piece, label) if label else piece.decode("raw-unicode-escape", "replace")


def _shown(data: bytes, charset: str) -> str:
    """Short text that must show somehow: what cannot be decoded becomes U+FFFD, so that the mail itself survives."""
    try:
        return _decoded(data, charset, "auto")
    except (UnicodeError, UnitError):
        return data.decode("ascii", "replace")


def _date(value: str | None) -> str | None:
    try:
        moment = parsedate_to_datetime(value) if value else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return value
    if moment is None:
        return value
    return moment.isoformat() + ("" if moment.tzinfo else "+00:00")  # -0000: UTC, the sender's zone unknown

"""The format of a file: what its first bytes say, else its name, else its first lines."""

from __future__ import annotations

import re

from textmine.channels.csvfields import sniff_delimiter
from textmine.channels.filekinds import content_kind, unsupported
from textmine.errors import UnitError

EXTENSIONS = {
    "csv": "csv",
    "tsv": "tsv",
    "tab": "tsv",
    "xlsx": "excel",
    "xlsm": "excel",
    "xls": "excel",
    "ods": "excel",
    "et": "excel",
    "json": "json",
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "parquet": "parquet",
    "pq": "parquet",
    "txt": "txt",
    "text": "txt",
    "md": "txt",
    "mbox": "mbox",
    "mbx": "mbox",
    "eml": "eml",
    "docx": "docx",
}
_BINARY = ("excel", "parquet", "docx")
_HEAD = 65_536
_HTML = re.compile(rb"\s*<(?:!doctype html|html|head|body|table|meta)\b", re.IGNORECASE)
_MARKUP = re.compile(rb"\s*<(?:\?xml|[a-z]+[ >])", re.IGNORECASE)
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]*:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){2,}")
_MAIL_HEADER = re.compile(rb"^(?:from|received|subject|date|message-id|mime-version|return-path):", re.IGNORECASE | re.MULTILINE)
_JSON_LINES = re.compile(rb"\{[^\n]*\}\s*\n\s*\{")


def detect_format(data: bytes, *, name: str, format: str = "auto") -> str:
    """The name in ``FORMATS`` of a file that is no archive.

    A given format is kept, but not for bytes that cannot be it (a workbook read as CSV, a web page as Excel).

    Raises
    ------
    UnitError
        ``empty_file`` without a byte; ``unsupported_format:<kind>`` for what is not read, kind being what was found
        (pdf, doc, html, encrypted ...) or the extension of a file that shows nothing.
    """
    if not data.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe\0"):
        raise UnitError(
            "no records",
            reason="empty_file",
            where=name,
            got="nothing",
            allowed="at least one record",
            todo="ask the source whether nothing came in",
        )
    kind, told = content_kind(data), _by_name(name) if format == "auto" else format
    if kind in _BINARY:
        if format not in ("auto", kind):
            raise unsupported(name, kind)
        return kind
    if kind and not (kind in _PRINTABLE and told in ("csv", "tsv", "txt", "json", "jsonl", "mbox", "eml")):
        raise unsupported(name, kind)
    if told in _BINARY or told in ("csv", "tsv", "json", "jsonl"):
        _refuse_pages(data, name, told)
    if told == "json" and format == "auto" and _JSON_LINES.match(_head(data)):
        return "jsonl"
    return told or _by_content(data, name)


_PRINTABLE = ("bz2", "mp3", "rtf", "gif", "pdf")  # a text may begin with these letters


def _by_name(name: str) -> str:
    parts = name.lower().rsplit("/", 1)[-1].removesuffix(".gz").rsplit(".", 1)
    return EXTENSIONS.get(parts[1], "") if len(parts) == 2 else ""


def _refuse_pages(data: bytes, name: str, told: str) -> None:
    head = _head(data)
    if _HTML.match(head):
        raise unsupported(name, "html")
    if told in _BINARY:
        raise unsupported(name, "xml" if _MARKUP.match(head) else "text" if b"\0" not in head else "unknown")


def _by_content(data: bytes, name: str) -> str:
    """The format the first lines show, for a name that says nothing."""
    head = _head(data)
    if _HTML.match(head):
        raise unsupported(name, "html")
    if head.startswith(b"From ") and _MAIL.match(head, head.find(b"\n") + 1):
        return "mbox"
    if head.startswith((b"{", b"[")):
        return "jsonl" if _JSON_LINES.match(head) else "json"
    if (mail := _MAIL.match(head)) and len(_MAIL_HEADER.findall(mail.group())) >= 2:
        return "eml"
    delimiter = sniff_delimiter(head)
    if delimiter and b"\n" in head.strip() and not _MARKUP.match(head):
        return "tsv" if delimiter == b"\t" else "csv"
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else "unknown"
    raise unsupported(name, extension if re.fullmatch(r"\w{1,10}", extension) else "unknown")


def _head(data: bytes) -> bytes:
    """The first lines, without byte order mark; UTF-16 as the ASCII in it shows."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or head.count(0) > len(head) // 10:
        head = head.replace(b"\0", b"")
    return head.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff").lstrip()

"""What a unit's first bytes say it is, whatever its name."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib

from textmine.errors import UnitError

_MAGIC = (
    (b"PAR1", "parquet"),
    (b"\x1f\x8b", "gz"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PK\x07\x08", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF", "pdf"),
    (b"Rar!\x1a", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\xfd7zXZ\0", "xz"),
    (b"BZh", "bz2"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x89PNG", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF8", "gif"),
    (b"SQLite format 3\0", "sqlite"),
    (b"{\\rtf", "rtf"),
    (b"ID3", "mp3"),
    (b"\x7fELF", "program"),
)
_ZIPPED = (
    ("xl/workbook.xml", "excel"),
    ("xl/workbook.bin", "xlsb"),
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
)
# What a damaged archive makes the standard library raise.
DAMAGE = (
    EOFError,
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
)


def content_kind(data: bytes) -> str:
    """What the first bytes say: gz, zip, excel, parquet, or the name of a kind that is not read; '' for text.

    Excel is xlsx, xls or ods; an encrypted workbook is ``encrypted``.
    """
    kind = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "tar" if data[257:262] == b"ustar" else "")
    if kind == "zip":
        return _zip_kind(data)
    return _ole_kind(data) if kind == "ole" else kind


def unsupported(name: str, kind: str) -> UnitError:
    """The error for a kind of file that is not read, saying what to do instead."""
    return UnitError(
        "this kind of file is not read",
        reason=f"unsupported_format:{kind}",
        where=name,
        got=kind,
        allowed="csv, tsv, xlsx, xls, ods, json, jsonl, parquet, txt, docx, mbox, eml; plain, gz or zip",
        todo=_TODO.get(kind, "export it as one of these"),
    )


_TODO = {
    "encrypted": "save it without a password",
    "xlsb": "save it as .xlsx",
    "html": "it is a web page, often one that asks to log in: open it in Excel and save it as .xlsx, or export it as CSV",
    "xml": "it is an XML sheet: open it in Excel and save it as .xlsx",
    "text": "it is text under another name: rename it to .csv or set `format` of the source to csv",
    "doc": "open it in Word and save it as .docx",
}


def _zip_kind(data: bytes) -> str:
    """A zip file by the names in it; a workbook or a document is a zip file too."""
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (*DAMAGE, NotImplementedError):
        return "zip"
    for member, kind in _ZIPPED:
        if member in names:
            return kind
    if "content.xml" in names and b"opendocument.spreadsheet" in data[:200]:
        return "excel"
    return "odt" if "content.xml" in names and b"opendocument" in data[:200] else "zip"


def _ole_kind(data: bytes) -> str:
    """An OLE file by the names of the streams in its directory."""
    streams = (
        ("EncryptedPackage", "encrypted"),
        ("Workbook", "excel"),
        ("WordDocument", "doc"),
        ("__substg1.0", "msg"),
        ("PowerPoint Document", "ppt"),
        ("Book", "excel"),
    )
    return next((kind for stream, kind in streams if stream.encode("utf-16-le") in data), "ole")

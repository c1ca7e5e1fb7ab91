"""What the first bytes of a file say."""

from __future__ import annotations

import io
import zipfile

import pytest

from textmine.channels.filekinds import content_kind, unsupported

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def zipped(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member, content in members.items():
            archive.writestr(member.replace("__", "/").replace("_", "."), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"a,b\n1,2\n", ""),
        (b"\x1f\x8b\x08", "gz"),
        (b"PAR1....PAR1", "parquet"),
        (b"%PDF-1.7", "pdf"),
        (b"Rar!\x1a", "rar"),
        (zipped(a_csv=b"x"), "zip"),
        (zipped(xl__workbook_xml=b"x"), "excel"),
        (zipped(xl__workbook_bin=b"x"), "xlsb"),
        (zipped(word__document_xml=b"x"), "docx"),
        (b"PK\x03\x04 cut", "zip"),
        (b"\0" * 257 + b"ustar", "tar"),
        (OLE + "Workbook".encode("utf-16-le"), "excel"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE, "ole"),
    ],
)
def test_kinds_are_told_by_content(data: bytes, kind: str) -> None:
    assert content_kind(data) == kind


def test_the_error_says_what_was_found_what_is_read_and_what_to_do() -> None:
    error = unsupported("a.xlsx", "encrypted")
    assert error.reason == "unsupported_format:encrypted"
    assert all(part in str(error) for part in ("a.xlsx", "xlsx, xls, ods", "save it without a password"))

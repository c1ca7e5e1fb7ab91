"""Bytes of a unit into UTF-8: right text, or an error that says which encodings it might be. Never wrong text.

GB2312 and GBK are read as GB18030, their superset: Python's ``gb2312`` lacks characters that such files hold (镕).
Big5 bytes are valid GB18030 too, so both are tried and the share of common characters decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from textmine.channels import plausible
from textmine.channels.plausible import LONE
from textmine.errors import ConfigError, UnitError, nearest

ENCODINGS = {
    **dict.fromkeys(("utf-8", "utf8", "utf-8-sig"), "utf-8"),
    **dict.fromkeys(("gb18030", "gbk", "gb2312", "cp936", "gb-2312"), "gb18030"),
    **dict.fromkeys(("big5", "cp950", "big-5"), "cp950"),
    **dict.fromkeys(("big5hkscs", "big5-hkscs"), "big5hkscs"),
    **{name: name for name in ("utf-16", "utf-16-le", "utf-16-be", "ascii", "iso-8859-1", "iso-8859-15", "hz")},
    **dict.fromkeys(("cp1252", "windows-1252"), "cp1252"),
    **dict.fromkeys(("latin1", "latin-1"), "iso-8859-1"),
    **{name: name for name in ("shift_jis", "euc-jp", "iso-2022-jp", "euc-kr")},
}
"""Name in a config or a mail -> Python codec. Only these: other codecs of Python are no text encodings, or slow."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_SAMPLE = 1 << 20
_THREE_BYTES = re.compile(rb"[\xe0-\xff]")
_FAR_LETTERS = re.compile(rb"[\xc6-\xdf]")


@dataclass(frozen=True)
class Decoded:
    """A unit as UTF-8: ``content`` without byte order mark, the ``encoding`` it came in, and whether all is ``intact``.

    Bytes that are no text (a line cut within a character) stay as they came, so ``content`` is valid UTF-8 only
    when ``intact``; the reader rejects the records they stand in as ``encoding_invalid``.
    """

    content: bytes
    encoding: str
    intact: bool


def to_utf8(data: bytes, *, name: str, encoding: str = "auto") -> Decoded:
    """The unit as UTF-8, from the encoding given, or the one its bytes speak for.

    Auto: byte order mark; UTF-8; else GB18030, Big5 or UTF-16 by the share of common characters. Up to 1 % of bytes
    that are no text are let through for the reader to reject by record; a given encoding must fit every byte.

    Raises
    ------
    UnitError
        ``encoding_ambiguous`` if no encoding is clear, ``encoding_invalid`` if the bytes are not in the one given.
    ConfigError
        If the encoding is not known.
    """
    if encoding != "auto":
        return _as_given(data, name=name, encoding=encoding)
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _in(data[len(mark) :], codec, name=name)
    if _is_utf8(data):
        return Decoded(data, "utf-8", True)
    return _in(data, _guess(data, name=name), name=name)


def codec_of(label: str) -> str:
    """Python's codec for the label of a config or a mail, '' if it is not in ``ENCODINGS``."""
    return ENCODINGS.get(label.strip().lower().replace("_", "-")) or ENCODINGS.get(label.strip().lower(), "")


def clean_surrogates(text: str) -> str:
    """The text with lone surrogates, which no file can hold, replaced by U+FFFD."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if LONE.search(text) else text


def _as_given(data: bytes, *, name: str, encoding: str) -> Decoded:
    codec = codec_of(encoding)
    if not codec:
        raise ConfigError(
            "unknown encoding",
            where=name,
            got=encoding,
            allowed=["auto", *ENCODINGS],
            todo=f"did you mean {nearest(encoding, ENCODINGS) or 'auto'!r}?",
        )
    marked = next((other for mark, other in _MARKS if data.startswith(mark)), codec)
    if marked != codec and not (codec == "utf-16" and marked.startswith("utf-16")):
        raise _invalid(name, f"a byte order mark of {marked}", allowed=encoding)
    mark = next((mark for mark, other in _MARKS if other == codec and data.startswith(mark)), b"")
    decoded = _in(data[len(mark) :], codec, name=name)
    if not decoded.intact:
        raise _invalid(name, f"bytes that are not {encoding}", allowed=encoding)
    return decoded


def _in(data: bytes, codec: str, *, name: str) -> Decoded:
    """Decode by a known codec; what is no text survives byte by byte where the codec lets it."""
    wide = codec.startswith(("utf-16", "utf-32"))
    try:
        text = data.decode(codec, "surrogatepass" if wide else "surrogateescape")
    except UnicodeError as error:
        raise _invalid(name, f"bytes that are not {codec}", allowed=codec) from error
    if wide:
        return Decoded(clean_surrogates(text).encode(), codec, True)
    bad = len(LONE.findall(text))
    if bad > 3 and bad > 0.01 * len(text):
        raise _invalid(name, f"{bad:,} bytes that are not {codec}", allowed=codec)
    return Decoded(data if codec == "utf-8" else text.encode("utf-8", "surrogateescape"), codec, not bad)


def _is_utf8(data: bytes) -> bool:
    """Whether every byte is UTF-8, and it is no other encoding that fits by chance."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    if data.isascii():  # UTF-16 without mark: more zero bytes than any text has
        sample = data[:_SAMPLE]
        return len(sample) > 10 * sample.count(0) or not plausible.likely(sample, ("utf-16-le", "utf-16-be"))
    # GBK 预装 is UTF-8 for two letters of far scripts; of three-byte characters there is no such chance.
    return bool(_THREE_BYTES.search(data)) or not (_FAR_LETTERS.search(data) or plausible.likely(_from_first_foreign(data)))


def _guess(data: bytes, *, name: str) -> str:
    """The codec of bytes without a mark that are not all UTF-8."""
    sample = _from_first_foreign(data)
    if plausible.mostly_utf8(sample):
        return "utf-8"
    codec, found = plausible.clearest(sample)
    if not codec:
        raise UnitError(
            "the encoding is not clear",
            reason="encoding_ambiguous",
            where=name,
            got=found or "no known encoding",
            allowed="UTF-8, GB18030 (GBK), Big5, UTF-16",
            todo="set `encoding` of the source",
        )
    return codec


def _from_first_foreign(data: bytes) -> bytes:
    """A sample from the first byte on that is not ASCII, kept even for UTF-16."""
    first = re.search(rb"[\x80-\xff]", data)
    start = first.start() // 2 * 2 if first else 0
    return data[start : start + _SAMPLE]


def _invalid(name: str, got: str, *, allowed: str) -> UnitError:
    return UnitError(
        "the bytes are not in the encoding",
        reason="encoding_invalid",
        where=name,
        got=got,
        allowed=allowed,
        todo="set `encoding` of the source to what the system exports, or to auto",
    )

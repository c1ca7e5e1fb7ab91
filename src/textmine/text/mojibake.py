"""Text that was decoded with the wrong encoding: repaired where that can be undone, noted where it cannot."""

from __future__ import annotations

import re
import unicodedata

import ftfy

REPAIRED, BROKEN = "mojibake_repaired", "mojibake"

# UTF-8 shown as Latin-1 or Windows-1252 begins with one of these letters, GBK shown so consists of them.
LATIN = re.compile("[\u00c2-\u00f4][\u0080-\u00ff\u0152-\u0178\u0192-\u02dc\u2013-\u2122]|[\u00a1-\u00ff]{4}")
# UTF-8 shown as GBK: first two bytes of a three-byte character read as one rare character.
PAIRS = "".join(bytes((lead, trail)).decode("gbk") for lead in range(0xE4, 0xEA) for trail in range(0x80, 0xC0))
RARE = re.compile(f"[{PAIRS}]")
# What � � in UTF-8 becomes when it is read as GBK; nobody writes these words.
LOST = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯")
STRANGE = re.compile(f"[\u00a1-\u00ff\ufffd锟烫屯{PAIRS}]")
CHINESE = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef‘’“”…—·\\s\x20-\x7e]+")


def repair(text: str) -> tuple[str, str | None]:
    """The text as it was meant, and ``mojibake_repaired``, ``mojibake`` (cannot be undone) or None (nothing was wrong).

    UTF-8 read as Latin-1 or Windows-1252 is left to ftfy (its repair of widths and quotes is not used); GBK read as
    Latin-1 and UTF-8 read as GBK are undone only if every byte fits and what comes out is Chinese.
    """
    repaired = text
    if LATIN.search(text):
        repaired = _from_latin(text)
    elif len(RARE.findall(text)) * 5 >= len(text):
        repaired = _undone(text, "gb18030", "utf-8")
    if LOST.search(repaired):
        return repaired, BROKEN
    return repaired, REPAIRED if repaired != text else None


def suspect(text: str) -> bool:
    """Whether ``repair`` could say anything about the text (cheap)."""
    return bool(STRANGE.search(text)) and bool(RARE.search(text) or LATIN.search(text) or LOST.search(text))


def _from_latin(text: str) -> str:
    fixed = ftfy.fix_encoding(text)
    if fixed != text:
        return fixed
    return _undone(text, "latin-1", "gb18030")


def _undone(text: str, wrong: str, right: str) -> str:
    """The text's bytes in ``wrong`` read as ``right``; the text itself where they do not fit or no Chinese comes out."""
    try:
        meant = text.encode(wrong).decode(right)
    except UnicodeError:
        return text
    gained = sum(unicodedata.category(char) == "Lo" for char in meant)
    return meant if CHINESE.fullmatch(meant) and gained >= max(2, len(meant) / 4) else text

"""What a recogniser is, and the pieces its patterns are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

# ``\b`` does not fire between 汉字 and digits, so every edge is a look-around of its own.
ALONE, END = "(?<![0-9])", "(?![0-9])"
ALONE_WORD, END_WORD = "(?<![0-9A-Za-z])", "(?![0-9A-Za-z])"
HAN = "\u4e00-\u9fff"
# What stands for a mask while a text is worked on: noncharacters, which no text may hold.
SIGN = "\ufdd0-\ufdef"
# Digits as they are said: 幺 is one, 两 two, 拐 seven, 洞 nought on the telephone.
SPOKEN = "零〇○一二三四五六七八九幺壹贰叁肆伍陆柒捌玖两洞拐"
SAID = f"[0-9{SPOKEN}]"
READ_OUT = "[零〇○一二三四五六七八九幺]"
# What people put between digits: spaces, hyphens, dots, slashes, stars.
GAP = r"[\s\-‐-―_.·•・*/\\|~+,，、]"
GAPS = f"(?:{GAP}{{0,3}}|杠|横|空格)"
TIGHT = r"[\s\-‐-―.·_]{0,2}"
# Cheap tests: twelve and seven digits with little between them, below which nothing can match.
TWELVE_DIGITS = "[0-9](?:.{0,3}[0-9]){11}"
SEVEN_SAID = f"(?:{SAID}.{{0,3}}){{6}}{SAID}"


@dataclass(frozen=True)
class Recogniser:
    """One shape of personal data.

    ``mask`` is the word put in its place, ``pattern`` finds it. Where the pattern has groups named ``secret...``, only they
    are masked, and a match without one is left as it is (a known harmless number, taken so that nothing else takes it).
    ``needs`` is a cheap test that every text must pass before the pattern is tried; RE2 must understand it too.
    """

    mask: str
    pattern: re.Pattern[str]
    needs: str


def compiled(*parts: str) -> re.Pattern[str]:
    """The parts as one pattern."""
    return re.compile("".join(parts))


def any_of(words: str) -> str:
    """Alternation of the words between white space."""
    return "|".join(words.split())


def all_han_but(chars: str) -> str:
    """Inside of a character class: the 汉字 from U+4E00 to U+9FFF without ``chars``, as ranges (a list is slow to compile)."""
    edges = sorted({0x4DFF, 0xA000, *(ord(char) for char in chars if "\u4e00" <= char <= "\u9fff")})
    return "".join(f"{chr(left + 1)}-{chr(right - 1)}" for left, right in zip(edges, edges[1:], strict=False) if right - left > 1)

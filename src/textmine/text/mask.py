"""Personal data out: what a recogniser finds is replaced by a bare word (PHONE, NAME ...) that jieba keeps whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.text.emojis import LOOKS
from textmine.text.normal import FOLDED, INVISIBLE, KEPT, MARKS
from textmine.text.recognisers import MASKS, RECOGNISERS, Recogniser

# One sign for each mask while a text is worked on (shape.SIGN).
SIGNS = {mask: chr(0xFDD0 + place) for place, mask in enumerate(MASKS)}
WORDS = {sign: mask for mask, sign in SIGNS.items()}
SIGN = re.compile(f"[{''.join(WORDS)}]")
# Words that stand for a mask set before; QQ, WECHAT and PASSPORT may be the customer's, with the number behind them.
SET_BEFORE = [mask for mask in MASKS if mask not in {"QQ", "WECHAT", "PASSPORT"}]
ALREADY = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join(SET_BEFORE)})(?![A-Za-z0-9])")
# Characters that are read as others (full-width, circled, foreign digits) or not seen at all.
DISGUISED = f"[^\x20-\x7e\u3000-\u303f\u3041-\u30fe\u4e00-\u9fff\u2010-\u2027\u2030-\u203b·¥°×{KEPT}]"
DISGUISE = re.compile(DISGUISED)
UNSEEN = re.compile(f"{INVISIBLE.pattern}|{LOOKS.pattern}|{MARKS.pattern}")


def mask_text(text: str) -> str:
    """Text with personal data replaced by a mask: PHONE, IDCARD, CARD, EMAIL, PLATE, PASSPORT, WECHAT, QQ, NAME, ADDRESS ...

    CREDITCODE is a firm's code, NUM any other long number. A mask is set off by a space from an ASCII letter or digit
    beside it; all else stays as it is. Masking twice is masking once. The text need not be in normal form: full-width,
    circled and zero-width characters hide nothing.
    """
    return mask_texts([text])[0][0]


def mask_column(column: pd.Series) -> pd.Series:
    """``column`` with every text masked as by ``mask_text``; missing stays missing. Fast where values repeat."""
    codes, values = pd.factorize(column)
    masked = pd.array(mask_texts([str(value) for value in values])[0], dtype="str")
    taken = masked.take(np.asarray(codes), allow_fill=True)
    return pd.Series(taken, index=column.index, name=column.name)


def mask_texts(texts: Sequence[str]) -> tuple[list[str], list[list[str]]]:
    """Each text masked, and the masks newly set in it, sorted.

    The recognisers' ``needs`` are matched over the whole column by RE2, so that most texts meet no pattern at all.
    """
    masked = list(texts)
    kinds: list[list[str]] = [[] for _ in texts]
    for place, tried in _suspects(masked).items():
        masked[place], kinds[place] = _masked(masked[place], tried)
    return masked, kinds


def _suspects(texts: list[str]) -> dict[int, list[Recogniser]]:
    """Position of each text that some pattern could match, with the recognisers to try on it, in their order."""
    column = _arrow(texts)
    disguised = _matches(column, DISGUISED)
    found: dict[int, list[Recogniser]] = {}
    tested: dict[str, np.ndarray] = {}
    for recogniser in RECOGNISERS.values():
        if recogniser.needs not in tested:
            tested[recogniser.needs] = _matches(column, recogniser.needs) | disguised
        for place in np.flatnonzero(tested[recogniser.needs]).tolist():
            found.setdefault(place, []).append(recogniser)
    return found


def _matches(column: pa.Array, pattern: str) -> np.ndarray:
    found: np.ndarray = pc.match_substring_regex(column, pattern).to_numpy(zero_copy_only=False)
    return found


def _arrow(texts: list[str]) -> pa.Array:
    try:
        return pa.array(texts, pa.string())
    except UnicodeEncodeError:  # a lone surrogate, which a raw text may hold
        return pa.array([text.encode("utf-8", "replace").decode() for text in texts], pa.string())


def _masked(text: str, recognisers: list[Recogniser]) -> tuple[str, list[str]]:
    """Masked until nothing more is found: a mask may set free what stood beside it."""
    kinds: set[str] = set()
    while True:
        masked, new = _masked_once(text, recognisers)
        kinds |= new
        if masked == text:
            return text, sorted(kinds)
        text = masked


def _masked_once(text: str, recognisers: list[Recogniser]) -> tuple[str, set[str]]:
    if not DISGUISE.search(text) and not any(recogniser.pattern.search(text) for recogniser in recognisers):
        return text, set()
    seen, starts = _folded(text)
    seen, starts = _signed(seen, starts, ALREADY, "")
    kinds: set[str] = set()
    for recogniser in recognisers:
        before = seen
        seen, starts = _signed(seen, starts, recogniser.pattern, SIGNS[recogniser.mask])
        if seen is not before:
            kinds.add(recogniser.mask)
    return _spelled(text, seen, starts), kinds


def _folded(text: str) -> tuple[str, list[int]]:
    """The text as it is read, and where each of its characters stands in the text as it is written (with the end)."""
    if not DISGUISE.search(text):
        return text, list(range(len(text) + 1))
    letters: list[str] = []
    starts: list[int] = []
    for place, char in enumerate(text):
        if UNSEEN.match(char):
            continue
        read = char if char in KEPT else unicodedata.normalize("NFKC", char).translate(FOLDED)
        letters += (str(unicodedata.digit(c, c)) if c.isdecimal() else c for c in read)
        starts += [place] * len(read)
    return "".join(letters), [*starts, len(text)]


def _signed(seen: str, starts: list[int], pattern: re.Pattern[str], sign: str) -> tuple[str, list[int]]:
    """``seen`` with one sign in place of each match; where the pattern has ``secret`` groups, in place of those."""
    pieces: list[str] = []
    kept: list[int] = []
    last = 0
    names = [name for name in pattern.groupindex if name.startswith("secret")]
    for match in pattern.finditer(seen):
        start, end = next((match.span(name) for name in names if match[name] is not None), (0, 0)) if names else match.span()
        if start == end:
            continue
        pieces += (seen[last:start], sign or SIGNS[match[0]])
        kept += starts[last : start + 1]
        last = end
    if not pieces:
        return seen, starts
    return "".join((*pieces, seen[last:])), kept + starts[last:]


def _spelled(text: str, seen: str, starts: list[int]) -> str:
    """The written text with each sign's word in its place."""
    out: list[str] = []
    last = 0
    for found in SIGN.finditer(seen):
        place = found.start()
        before, after = seen[place - 1 : place], seen[place + 1 : place + 2]
        out += (
            text[last : starts[place]],
            " " if before.isascii() and before.isalnum() else "",
            WORDS[found[0]],
            " " if after in WORDS or (after.isascii() and after.isalnum()) else "",
        )
        last = starts[place + 1]
    return "".join((*out, text[last:]))

"""The normal form of a text: one spelling for what means the same, so that every later stage sees one spelling only."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence

from textmine.text import mojibake
from textmine.text.emojis import spell_emoji
from textmine.text.markup import strip_markup

LONGEST = 20_000  # characters of a text that are analysed
LONGEST_RAW = 5 * LONGEST  # markup may take most of a page
TRUNCATED = "truncated"

# Chinese punctuation that NFKC would turn into ASCII; clauses and dictionaries know it by its Chinese form.
KEPT = "，！？；：（）…"
NOT_KEPT = re.compile(f"[^{KEPT}]+")
# A text of these characters alone needs no work but that on whitespace and traditional characters.
ODD = re.compile("[^ !-%'-.0-;=-Z\\\\\\]-~\u4e00-\u9fff、。“”‘’《》【】—·「」『』" + KEPT + "]")
INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0"
    "\ufff0-\ufffc\ufffe\uffff\U0001bca0-\U0001bca3\U000e0000-\U0010ffff]"
)
# Marks drawn over or around a character (strike-through digits, "zalgo"): what NFKC could not compose.
MARKS = re.compile("[\u0300-\u036f\u0f35\u0f37\u0f39\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
CIRCLED = {chr(first + place): str(place + 1) for first in (0x2776, 0x2780, 0x278A) for place in range(10)}
# CJK radicals that NFKC leaves alone, as PDF text has them (Unicode EquivalentUnifiedIdeograph.txt).
RADICALS = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "民虎西见角贝车长长门雨青韦页风飞食首马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
FOLDED = str.maketrans({"⋯": "…", "\u24ff": "0", **CIRCLED, **RADICALS})
FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
URL = re.compile(
    r"(?:(?:https?|ftp)://|(?<![A-Za-z0-9.@-])www\.)[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%\[\]]*[A-Za-z0-9/]"
    r"|(?<![A-Za-z0-9.@-])(?:[A-Za-z0-9-]{1,63}\.){1,4}(?:com|cn|net|org|top|xyz|cc|vip|me|io|info|shop|site|club|ly|tv|link)"
    r"/[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]*",
    re.IGNORECASE,
)


def normal_text(text: str, *, simplify: Callable[[str], str]) -> str:
    """The normal form of one text; see ``normal_forms``."""
    return normal_forms([text], simplify=simplify)[0][0]


def normal_forms(texts: Sequence[str | None], *, simplify: Callable[[str], str]) -> tuple[list[str], list[list[str]]]:
    """Normal form of each text, and notes on each.

    Wrong decoding undone where it can be, NFKC (but Chinese ，！？；：（）… stay), what cannot be seen removed, HTML gone,
    links as the word URL, emoji as ``[words]``, traditional as simplified characters, whitespace as one space, at most
    20,000 characters. ``normal_forms`` of a normal form changes nothing.

    Parameters
    ----------
    texts : sequence of str or None
        Raw texts; None counts as "".
    simplify : callable
        Traditional to simplified, str to str (OpenCC t2s).

    Returns
    -------
    tuple of list of str and list of list of str
        Notes are ``mojibake_repaired``, ``mojibake`` (cannot be undone) and ``truncated``.
    """
    notes: list[list[str]] = [[] for _ in texts]
    settled = [_settled(text, note) for text, note in zip(texts, notes, strict=True)]
    forms = _simplified(settled, simplify)
    for place, form in enumerate(forms):
        if len(form) > LONGEST:
            forms[place] = form[:LONGEST].rstrip()
            notes[place] = [*(note for note in notes[place] if note != TRUNCATED), TRUNCATED]
    return forms, notes


def _settled(text: str | None, note: list[str]) -> str:
    """Everything but the characters' simplification; what a step uncovers for an earlier one gets another round."""
    if not text:
        return ""
    if len(text) > LONGEST_RAW:
        text = text[:LONGEST_RAW]
        note.append(TRUNCATED)
    text = " ".join(text.split())
    if not _needs_work(text):
        return text
    for _ in range(6):
        before, text = text, _one_round(text, note)
        if text == before:
            return text
    return _one_round(re.sub("[<>&]", " ", text), note)


def _needs_work(text: str) -> bool:
    return bool(ODD.search(text)) or "www." in text or "WWW." in text or mojibake.suspect(text)


def _one_round(text: str, note: list[str]) -> str:
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    if mojibake.suspect(text):
        text, found = mojibake.repair(text)
        if found and found not in note:
            note.append(found)
    text = spell_emoji(INVISIBLE.sub("", text))
    text = MARKS.sub("", NOT_KEPT.sub(lambda part: unicodedata.normalize("NFKC", part[0]), text))
    text = FOREIGN_DIGIT.sub(lambda digit: str(unicodedata.digit(digit[0])), text.translate(FOLDED))
    if "<" in text or "&" in text:
        text = strip_markup(text)
    text = URL.sub(" URL ", text) if "." in text else text
    return " ".join(text.split())


def _simplified(texts: list[str], simplify: Callable[[str], str]) -> list[str]:
    """All texts simplified in one call; a few characters (薴) take two steps, so what changed is simplified again."""
    forms = simplify("\n".join(texts)).split("\n") if texts else []
    for place, (before, form) in enumerate(zip(texts, forms, strict=True)):
        again = form if form == before else simplify(form)
        while again != form:
            form, again = again, simplify(again)
        forms[place] = form
    return forms

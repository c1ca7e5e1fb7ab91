"""Whether a text can be scored, and if not, why; and the language it is written in."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from textmine.text.cleaner import Cleaner, bare
from textmine.text.recognisers import MASKS

MASKED = re.compile(rf"(?<![A-Za-z0-9])(?:{'|'.join((*MASKS, 'URL'))})(?![A-Za-z0-9])")
HAN, LATIN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]"), re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
# Without シ ツ ノ ヾ, which faces are made of.
KANA_LETTERS = "\u3041-\u3096\u30a1-\u30b6\u30b8-\u30c3\u30c5-\u30cd\u30cf-\u30fa"
KANA = re.compile(f"[{KANA_LETTERS}]")
FOREIGN = (
    f"[\u0370-\u052f\u0531-\u058f\u0590-\u08ff\u0900-\u109f\u1100-\u11ff\u1200-\u139f\u1780-\u17ff{KANA_LETTERS}\uac00-\ud7af]"
)
ELSEWHERE = re.compile(FOREIGN)
LETTERS = re.compile(f"(?:{LATIN.pattern}|{FOREIGN})+")
LONGEST_ADVERT = 200
# The commonest words of English: a text of five and more words without one of them is another language in Latin letters.
ENGLISH = frozenset(
    re.split(
        r"\s+",
        """
    the a an and or but not is are was were be been it this that i you we they my your our he she of to in on for with at from
    as so very good bad ok nice great no yes have has had do does did will would can could all too
""".strip(),
    )
)
KEYS = "qwertyuiop asdfghjkl zxcvbnm 1234567890 qazwsxedcrfvtgbyhnujmikolp"
KEYS += " " + KEYS[::-1]
HOME_ROW = re.compile("[asdfghjkl]{7,}")
CONSONANTS = re.compile("[bcdfghjklmnpqrstvwxz]{5,}")
REPEATED = re.compile(r"(.{1,12}?)\1{2,}(.{0,11})")
SHORT = 40  # longer texts are no stock answer and no single word repeated by whim, unless they begin with the repetition


def judge(texts: Sequence[str], had_turns: Sequence[bool], *, cleaner: Cleaner) -> tuple[list[str], list[str | None]]:
    """Validity and language of each masked normal form.

    Validity is one of ``tables.VALIDITIES``: ``empty``; ``no_customer_text`` (empty, but staff spoke); ``no_content``
    (无, N/A, nothing but a masked number); ``template`` (此用户没有填写评价); ``noise`` (keys struck at random, punctuation,
    a character or word again and again that says nothing; 好好好好 and 666 and faces alone are praise and ``ok``);
    ``advert``; ``other_language`` (hardly any 汉字, and two words or four letters of another script); else ``ok``.
    Language is ``zh``, ``en``, ``other`` or None (no letters).
    """
    column = pa.array(list(texts), pa.string())
    length = pc.utf8_length(column).to_numpy(zero_copy_only=False)
    beyond_ascii = (pc.binary_length(column).to_numpy(zero_copy_only=False) - length) // 2
    chinese = (beyond_ascii * 2 > length) & _matches(column, "[\u4e00-\u9fff]{2}") & ~_matches(column, FOREIGN)
    easy = chinese & (length > SHORT)
    offered = _matches(column, "|".join(map(re.escape, (*cleaner.certain, *cleaner.offer))))
    languages = ["zh" if surely else language(text) for text, surely in zip(texts, chinese.tolist(), strict=True)]
    validities = [
        "advert"
        if selling and _is_advert(text, cleaner)
        else "ok"
        if long and not REPEATED.match(text)
        else _validity(text, turns, said, cleaner)
        for text, turns, long, selling, said in zip(texts, had_turns, easy.tolist(), offered.tolist(), languages, strict=True)
    ]
    return validities, languages


def _matches(column: pa.Array, pattern: str) -> np.ndarray:
    found: np.ndarray = pc.match_substring_regex(column, pattern, ignore_case=True).to_numpy(zero_copy_only=False)
    return found


def language(text: str) -> str | None:
    """``zh`` (汉字, at least one to twenty Latin letters), ``en``, ``other``, or None where there are no letters."""
    words = MASKED.sub(" ", text)
    han, latin, kana, foreign = (len(script.findall(words)) for script in (HAN, LATIN, KANA, ELSEWHERE))
    if not han + latin + foreign:
        return None
    if foreign > max(2, han / 2, latin) or (foreign and not han + latin):
        return "other"
    if han and han * 20 >= latin + kana:
        return "zh"
    spoken = [word.lower() for word in LETTERS.findall(words)]
    return "en" if words.isascii() and (len(spoken) < 5 or ENGLISH.intersection(spoken)) else "other"


def _validity(text: str, had_turns: bool, said: str | None, cleaner: Cleaner) -> str:
    if not text:
        return "no_customer_text" if had_turns else "empty"
    rest = MASKED.sub("", text)
    core = bare(rest)
    if not core:
        return _without_words(text, rest)
    if core in cleaner.no_content:
        return "no_content"
    if core in cleaner.template:
        return "template"
    if _is_noise(core, cleaner):
        return "noise"
    if said in {"en", "other"}:
        words = LETTERS.findall(rest)
        return "other_language" if len(words) > 1 or sum(map(len, words)) >= 4 else "ok"
    return "ok"


def _without_words(text: str, rest: str) -> str:
    """A customer who left a telephone number wanted something; / and - are the written 无; all other signs are noise."""
    masks = set(MASKED.findall(text)) - {"NUM", "URL"}
    return "no_content" if masks or (not rest.strip("/-—\\_ ") and len(rest) <= 3 and text == rest) else "noise"


def _is_noise(core: str, cleaner: Cleaner) -> bool:
    if core.isdigit():
        return set(core) != {"6"} or len(core) < 2  # 666 is applause
    if core.isascii():
        return _is_keyboard(core)
    if len(core) == 1:
        return core in cleaner.filler
    found = REPEATED.fullmatch(core)
    if not found or not found[1].startswith(found[2]):
        return set(core) <= cleaner.filler and len(set(core)) < 3 and len(core) > 2
    unit = found[1]
    if unit.isascii():
        return _is_keyboard(unit) or len(unit) < 3
    return set(unit) <= cleaner.filler or (len(unit) == 1 and len(core) > 3 and unit not in cleaner.opinion)


def _is_keyboard(core: str) -> bool:
    """asdfgh, 1qaz, jkjkjkjk, sdkfjhsd: neighbours on the keyboard, one piece again and again, no vowel, one row only."""
    if len(core) < 4:
        return len(set(core)) == 1 and (len(core) > 2 or not core.isalpha()) or len(core) == 1
    found = REPEATED.fullmatch(core)
    again = bool(found and found[1].startswith(found[2]) and len(found[1]) < 4)
    halves = len(core) > 5 and core[: len(core) // 2] * 2 == core and len(set(core)) < 4
    return again or halves or core in KEYS or bool(HOME_ROW.fullmatch(core) or CONSONANTS.fullmatch(core))


def _is_advert(text: str, cleaner: Cleaner) -> bool:
    low = text.lower()
    reached = bool(MASKED.search(text)) or any(word in low for word in cleaner.contact)
    if not reached or len(text) > LONGEST_ADVERT or any(word in low for word in cleaner.complaint):
        return False
    return any(word in low for word in cleaner.certain) or sum(word in low for word in cleaner.offer) > 1

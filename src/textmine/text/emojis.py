"""Emoji as Chinese words in brackets, the way Weibo and WeChat export their own faces: 👍 becomes [拇指向上]."""

from __future__ import annotations

import re

import emoji

KEYCAP = re.compile("([0-9#*])\ufe0f?\u20e3")
# Gender sign behind a joiner, joiners, variation selectors, skin tones: the same face with another look.
LOOKS = re.compile("\u200d[\u2640\u2642]|[\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
# Ranges that hold every emoji's first character; a list of all of them is searched a thousand times slower.
FIRST = re.compile("[\u00a9\u00ae\u203c-\u21ff\u2300-\u2bff\u3030-\u303d\u3297-\u3299\U0001f000-\U0001faff]")
REPEATED = re.compile(r"(\[[^\[\]]{1,20}\])\1{3,}")


def spell_emoji(text: str) -> str:
    """Text with each emoji as its Chinese name in brackets; more than three of the same in a row are three.

    Names are those of the ``emoji`` library (Unicode CLDR, zh). Skin tone and sex are left out, a family is its members,
    a key cap (1️⃣) is its digit, so that a phone number written in key caps is a number.
    """
    text = LOOKS.sub("", KEYCAP.sub(r"\1", text))
    if FIRST.search(text):
        text = emoji.demojize(text, language="zh", delimiters=("[", "]"))
    return REPEATED.sub(r"\1\1\1", text) if "[" in text else text

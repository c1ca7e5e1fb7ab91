"""When two spellings of an id, phone number or name mean one person."""

from __future__ import annotations

import re
import unicodedata

# MIIT numbering plan: 11 digits, 1[3-9]...; before it +86, 0086 or a trunk 0; after it .0 when a spreadsheet made it a float
MOBILE = re.compile(r"(?:\+?86|0086|0)?(1[3-9][0-9]{9})(?:\.0+)?")


def person(value: str) -> str:
    """One spelling of the value; '' for nobody.

    NFKC, casefold, no invisible characters, no outer spaces; a mobile number becomes its 11 digits.
    """
    visible = "".join(character for character in value if unicodedata.category(character) not in ("Cf", "Cc"))
    name = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", visible).casefold()).strip()
    number = MOBILE.fullmatch(re.sub(r"[\s\-()]", "", name))
    return number[1] if number else name

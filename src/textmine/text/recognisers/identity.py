"""Numbers that the state gives to persons, firms and cars."""

from __future__ import annotations

from textmine.text.recognisers.shape import ALONE, ALONE_WORD, END, END_WORD, TIGHT, TWELVE_DIGITS, Recogniser, compiled

# Where GB 11643 has the day of birth (places 7-14, in the old form 7-12). Shape only: the checksum decides nothing.
MONTH_AND_DAY = rf"(?:0{TIGHT}[1-9]|1{TIGHT}[0-2]){TIGHT}(?:[0-2]{TIGHT}[0-9]|3{TIGHT}[01])"
BORN = rf"(?:1{TIGHT}[89]|2{TIGHT}0){TIGHT}[0-9]{TIGHT}[0-9]{TIGHT}{MONTH_AND_DAY}"
# Digits apart: neither begin nor end of the number lies within a longer one (a bank card in groups of four).
BEGIN_APART, END_APART = rf"{ALONE}(?<![0-9][\s\-.·_])(?<![0-9][\s\-.·_]{{2}})", rf"{END}(?![\s\-.·_]{{1,2}}[0-9]{{1,4}}{END})"
ID_CARD = Recogniser(
    "IDCARD",
    compiled(
        ALONE,
        "[1-9][0-9]{5}(?:1[89]|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])[0-9]{3}[0-9Xx]",
        END,
        "|",
        BEGIN_APART,
        rf"[1-9](?:{TIGHT}[0-9]){{5}}{TIGHT}{BORN}(?:{TIGHT}[0-9]){{3}}{TIGHT}[0-9Xx]",
        END_APART,
        "|",
        ALONE,
        rf"[1-9](?:{TIGHT}[0-9]){{16}}{TIGHT}[Xx](?![0-9A-Za-z])",
    ),
    TWELVE_DIGITS,
)
OLD_ID_CARD = Recogniser(
    "IDCARD",
    compiled(
        ALONE,
        "[1-9][0-9]{7}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])[0-9]{3}",
        END,
        "|",
        BEGIN_APART,
        rf"[1-9](?:{TIGHT}[0-9]){{7}}{TIGHT}{MONTH_AND_DAY}(?:{TIGHT}[0-9]){{3}}",
        END_APART,
    ),
    TWELVE_DIGITS,
)
# GB 32100-2015: two for the kind, six digits of the place, nine of the body, one check; I O Z S V do not occur.
# All digits: it is taken for a card.
CODE = "[0-9A-HJ-NP-RTUW-Ya-hj-np-rtuw-y]"
CREDIT_CODE = Recogniser(
    "CREDITCODE",
    compiled(
        ALONE_WORD,
        r"(?=[0-9\s-]{2,16}[A-Za-z]|[A-Za-z])",
        rf"{CODE}[\s-]?{CODE}(?:[\s-]?[0-9]){{6}}(?:[\s-]?{CODE}){{10}}",
        END_WORD,
    ),
    "[0-9](?:[ -]?[0-9]){5}",
)
PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# GA 36: letter, then five places (six for new energy) with at least three digits; 新mate20 is a telephone.
PLATE = Recogniser(
    "PLATE",
    compiled(
        rf"[{PROVINCE}]\s?[A-HJ-NP-Za-hj-np-z]\s?[·•.-]?\s?(?=(?:[A-Za-z]{{0,2}}[0-9]){{3}})",
        "[0-9A-HJ-NP-Za-hj-np-z]{4,5}[0-9A-HJ-NP-Za-hj-np-z挂学警港澳]",
        END_WORD,
    ),
    f"[{PROVINCE}] ?[A-Za-z]",
)
PASSPORT = Recogniser(
    "PASSPORT",
    compiled(
        r"(?:护照|通行证|回乡证|台胞证|(?i:passport))[^0-9A-Za-z]{0,10}(?:(?i:no)[.:：\s]{0,2})?",
        f"(?P<secret>[A-Za-z]{TIGHT}[A-Za-z0-9](?:{TIGHT}[0-9]){{7,9}})",
        END_WORD,
        "|",
        ALONE_WORD,
        f"(?P<secret_before>[EGDSPegdsp][A-Za-z0-9]{TIGHT}[0-9]{{7}})",
        "(?=[^0-9A-Za-z]{0,6}(?:护照|(?i:passport)))",
    ),
    "(?i)护照|通行证|回乡证|台胞证|passport",
)
IDENTITY = {"id_card": ID_CARD, "old_id_card": OLD_ID_CARD, "credit_code": CREDIT_CODE, "passport": PASSPORT, "plate": PLATE}

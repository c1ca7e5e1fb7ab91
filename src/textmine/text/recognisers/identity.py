"""Numbers that the state gives to persons, firms and cars."""

from __future__ import annotations

from textmine.text.recognisers.shape import ALONE, ALONE_WORD, END, END_WORD, TIGHT, Recogniser, compiled

MANY_DIGITS = f"[0-9](?:.{{0,3}}[0-9]){{11}}"
# Month and day as GB 11643 has them in places 11-14 (7-12 of the old form, with the year): the shape, not the checksum.
BORN = rf"(?:1{TIGHT}[89]|2{TIGHT}0){TIGHT}[0-9]{TIGHT}[0-9]{TIGHT}(?:0{TIGHT}[1-9]|1{TIGHT}[0-2]){TIGHT}(?:[0-2]{TIGHT}[0-9]|3{TIGHT}[01])"
ID_CARD = Recogniser(
    "IDCARD",
    compiled(ALONE, rf"[1-9](?:{TIGHT}[0-9]){{5}}{TIGHT}{BORN}(?:{TIGHT}[0-9]){{3}}{TIGHT}[0-9Xx]", END,
             "|", ALONE, rf"[1-9](?:{TIGHT}[0-9]){{16}}{TIGHT}[Xx](?![0-9A-Za-z])"),
    MANY_DIGITS)
OLD_ID_CARD = Recogniser(
    "IDCARD",
    compiled(ALONE, rf"[1-9](?:{TIGHT}[0-9]){{7}}{TIGHT}(?:0{TIGHT}[1-9]|1{TIGHT}[0-2]){TIGHT}(?:[0-2]{TIGHT}[0-9]|3{TIGHT}[01])(?:{TIGHT}[0-9]){{3}}", END),
    MANY_DIGITS)
# GB 32100-2015: kind, kind, six digits of the place, nine of the body, check; I O Z S V are not used. All digits: a card.
CODE = "[0-9A-HJ-NP-RTUW-Ya-hj-np-rtuw-y]"
CREDIT_CODE = Recogniser(
    "CREDITCODE",
    compiled(ALONE_WORD, rf"(?=[0-9\s-]{{2,16}}[A-Za-z]|[A-Za-z]){CODE}[\s-]?{CODE}(?:[\s-]?[0-9]){{6}}(?:[\s-]?{CODE}){{10}}", END_WORD),
    "[0-9](?:[ -]?[0-9]){5}")
PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
# GA 36: letter, then five places (six for new energy) with at least three digits; 新mate20 is a telephone.
PLATE = Recogniser(
    "PLATE",
    compiled(rf"[{PROVINCE}]\s?[A-HJ-NP-Za-hj-np-z]\s?[·•.-]?\s?(?=(?:[A-Za-z]{{0,2}}[0-9]){{3}})"
             "[0-9A-HJ-NP-Za-hj-np-z]{4,5}[0-9A-HJ-NP-Za-hj-np-z挂学警港澳]", END_WORD),
    f"[{PROVINCE}] ?[A-Za-z]")
PASSPORT = Recogniser(
    "PASSPORT",
    compiled(r"(?:护照|通行证|回乡证|台胞证|passport|Passport|PASSPORT)[^0-9A-Za-z]{0,10}(?:(?:No|NO|no)[.:：\s]{0,2})?"
             rf"(?P<secret>[A-Za-z]{TIGHT}[A-Za-z0-9](?:{TIGHT}[0-9]){{7,9}})", END_WORD,
             "|", ALONE_WORD, rf"[EGDSPegdsp][A-Za-z0-9]{TIGHT}[0-9]{{7}}", r"(?=[^0-9A-Za-z]{0,6}(?:护照|passport))"),
    "(?i)护照|通行证|回乡证|台胞证|passport")
IDENTITY = {"id_card": ID_CARD, "old_id_card": OLD_ID_CARD, "credit_code": CREDIT_CODE, "passport": PASSPORT, "plate": PLATE}

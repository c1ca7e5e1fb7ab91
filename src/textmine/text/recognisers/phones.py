"""Telephone numbers of mainland China, written or spoken, in one piece or in many."""

from __future__ import annotations

from textmine.text.recognisers.shape import ALONE, END, GAP, GAPS, HAN, SAID, SEVEN_SAID, SPOKEN, Recogniser, compiled

COUNTRY = r"(?:(?:\+|00)?86[\s\-)）]{0,2})?"
ONE, THREE_TO_NINE = "[1一幺壹]", "[3-9三四五六七八九叁肆伍陆柒捌玖拐]"
# A list of numbers (35 36 37 38 39 40 41) is taken whole or not at all, so neither begin nor end lies within it. Were only
# its end taken, the next round of masking would take the next end.
ALONE_SPACED = f"(?<![0-9])(?<![0-9]{GAP})(?<![0-9]{GAP}{GAP})(?<![0-9]{GAP}{GAP}{GAP})"
END_SPACED = f"(?!{GAP}{{0,3}}[0-9])"
EXTENSION = r"(?:\s?(?:转|分机|ext\.?|-|–|—)\s?[0-9]{1,6}(?![0-9]))?"

MOBILE = Recogniser(
    "PHONE",
    compiled(ALONE, COUNTRY, r"1[3-9][0-9][\s\-.·_()（）]{0,3}[0-9]{4}[\s\-.·_()（）]{0,3}[0-9]{4}", END),
    "1[3-9][0-9].{0,3}[0-9]{4}.{0,3}[0-9]{4}",
)
# The same thing between the digits each time: 1 3 8 ..., 138哈0013哈8000; but no unit (13年14年15年).
UNITS = "年月日号元块毛角个件次天时分秒岁寸米克斤度点折万千百层楼章页集分"
BETWEEN = rf"(?P<gap>{GAP}{{0,3}}|空格|[{HAN}a-zA-Z](?<![{UNITS}])(?<![{SPOKEN}]))"
MOBILE_APART = Recogniser(
    "PHONE",
    compiled(
        rf"(?P<secret>{ALONE_SPACED}(?<![{SPOKEN}]{{2}})",
        COUNTRY,
        f"(?={SAID}{{1,7}}{BETWEEN}{SAID})",
        f"{ONE}(?P=gap)?{THREE_TO_NINE}(?:(?P=gap)?{SAID}){{9}}",
        f"(?:{END_SPACED}|(?<=[{SPOKEN}])(?![{SPOKEN}]{{2}})))",
    ),
    SEVEN_SAID,
)
# 138ooo38000: the letter for the digit, at least seven true digits.
MOBILE_LETTERED = Recogniser(
    "PHONE",
    compiled(r"(?<![0-9.])(?=[0-9oOlI]{11}(?![0-9A-Za-z]))(?=(?:[oOlI]{0,4}[0-9]){7})1[3-9][0-9oOlI]{9}"),
    "1[3-9][0-9oOlI]{9}",
)
# Area codes 010, 02x, 03xx-09xx, then seven or eight digits that begin with 2-8; the second form is digits apart or spoken.
ZERO, SECOND = "[0零〇洞]", "[0-57-9零一二三四五七八九洞幺]"
AREA = (
    rf"(?:[\(（]\s?)?{ZERO}(?:{GAPS}[1一幺]{GAPS}{ZERO}|{GAPS}[2二两]{GAPS}{SECOND}"
    f"|{GAPS}[3-9三四五六七八九]{GAPS}{SAID}{GAPS}{SAID})"
)
LANDLINE = Recogniser(
    "PHONE",
    compiled(
        ALONE,
        r"[\(（]?0(?:10|2[0-57-9]|[3-9][0-9]{2})[)）]?[\s\-–—]{0,3}[2-8][0-9]{2,3}[\s\-]?[0-9]{4}",
        EXTENSION,
        END,
        "|",
        ALONE_SPACED,
        AREA,
        rf"{GAPS}[)）]?{GAPS}[2-8二三四五六七八](?:{GAPS}{SAID}){{6,7}}",
        EXTENSION,
        END_SPACED,
    ),
    SEVEN_SAID,
)
LANDLINE_ABROAD = Recogniser(
    "PHONE",
    compiled(
        ALONE,
        r"(?:\+|00)86[\s\-]{0,2}[\(（]?0?[\)）]?(?:10|2[0-57-9]|[3-9][0-9]{2})[\s\-)）]{0,2}",
        r"[2-8][0-9]{2,3}[\s\-]?[0-9]{4}",
        EXTENSION,
        END,
    ),
    "86[ )-]?",
)
LOCAL = Recogniser(
    "PHONE",
    compiled(r"(?:电话|座机|热线|传真|固话|(?i:tel))[^0-9]{0,6}(?P<secret>[2-8][0-9]{2,3}[\s\-]?[0-9]{4}", EXTENSION, ")", END),
    "(?i)电话|座机|热线|传真|固话|tel",
)
SERVICE = Recogniser(
    "PHONE",
    compiled(
        ALONE,
        r"[48]00[\s\-]{0,3}(?:[0-9]{3}[\s\-]{0,3}[0-9]{4}|[0-9]{4}[\s\-]{0,3}[0-9]{3})",
        EXTENSION,
        END,
        "|",
        ALONE_SPACED,
        rf"[48四八]{GAPS}{ZERO}{GAPS}{ZERO}(?:{GAPS}{SAID}){{7}}",
        EXTENSION,
        END_SPACED,
    ),
    SEVEN_SAID,
)
PHONES = {
    "mobile": MOBILE,
    "mobile_apart": MOBILE_APART,
    "mobile_lettered": MOBILE_LETTERED,
    "landline_abroad": LANDLINE_ABROAD,
    "landline": LANDLINE,
    "service_number": SERVICE,
    "landline_local": LOCAL,
}

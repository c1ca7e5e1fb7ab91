"""Telephone numbers of mainland China, written or spoken, in one piece or in many."""

from __future__ import annotations

from textmine.text.recognisers.shape import ALONE, END, GAP, GAPS, HAN, SAID, SPOKEN, Recogniser, compiled

# Seven digits with little between them: below that nothing here can match.
SEVEN = f"(?:{SAID}.{{0,3}}){{6}}{SAID}"
COUNTRY = r"(?:(?:\+|00)?86[\s\-)）]{0,2})?"
ONE, UPPER = "[1一幺壹]", "[3-9三四五六七八九叁肆伍陆柒捌玖拐]"
# A list of numbers (35 36 37 38 39 40 41) is taken whole or not at all, so neither begin nor end lies within it. Were only
# its end taken, the next round of masking would take the next end.
ALONE_SPACED = f"(?<![0-9])(?<![0-9]{GAP})(?<![0-9]{GAP}{GAP})(?<![0-9]{GAP}{GAP}{GAP})"
END_SPACED = f"(?!{GAP}{{0,3}}[0-9])"

MOBILE = Recogniser("PHONE", compiled(ALONE, COUNTRY, r"1[3-9][0-9][\s\-.·_()（）]{0,3}[0-9]{4}[\s\-.·_()（）]{0,3}[0-9]{4}", END), "1[3-9][0-9].{0,3}[0-9]{4}.{0,3}[0-9]{4}")
# The same thing between the digits each time: 138-0013-8000, 1 3 8 ..., 138哈0013哈8000; no unit (13年14年15年).
UNITS = "年月日号元块毛角个件次天时分秒岁寸米克斤度点折万千百层楼章页集分"
BETWEEN = rf"(?P<gap>{GAP}{{0,3}}|空格|[{HAN}a-zA-Z](?<![{UNITS}])(?<![{SPOKEN}]))"
MOBILE_APART = Recogniser(
    "PHONE",
    compiled(rf"(?P<secret>{ALONE_SPACED}(?<![{SPOKEN}]{{2}})", COUNTRY, rf"(?={SAID}{{1,7}}{BETWEEN}{SAID})",
             rf"{ONE}(?P=gap)?{UPPER}(?:(?P=gap)?{SAID}){{9}}(?:{END_SPACED}|(?<=[{SPOKEN}])(?![{SPOKEN}]{{2}})))"),
    SEVEN)
# 138ooo38000: the letter for the digit, at least seven true digits.
LETTERED = Recogniser(
    "PHONE",
    compiled(r"(?<![0-9.])(?=[0-9oOlI]{11}(?![0-9A-Za-z]))(?=(?:[oOlI]{0,4}[0-9]){7})1[3-9][0-9oOlI]{9}"),
    "1[3-9][0-9oOlI]{9}")
# Area codes: 010, 02x, 03xx-09xx; then seven or eight digits that begin with 2-8; then an extension.
AREA = rf"(?:[\(（]\s?)?[0零〇洞](?:{GAPS}[1一幺]{GAPS}[0零〇洞]|{GAPS}[2二两]{GAPS}[0-57-9零一二三四五七八九洞幺]|{GAPS}[3-9三四五六七八九]{GAPS}{SAID}{GAPS}{SAID})"
EXTENSION = r"(?:\s?(?:转|分机|ext\.?|-|–|—)\s?[0-9]{1,6}(?![0-9]))?"
LANDLINE = Recogniser(
    "PHONE",
    compiled(ALONE, r"[\(（]?0(?:10|2[0-57-9]|[3-9][0-9]{2})[)）]?[\s\-–—]{0,3}[2-8][0-9]{2,3}[\s\-]?[0-9]{4}", EXTENSION, END,
             "|", ALONE_SPACED, AREA, rf"{GAPS}[)）]?{GAPS}[2-8二三四五六七八](?:{GAPS}{SAID}){{6,7}}", EXTENSION, END_SPACED),
    SEVEN)
LANDLINE_ABROAD = Recogniser(
    "PHONE",
    compiled(ALONE, r"(?:\+|00)86[\s\-]{0,2}(?:[\(（]?0?[\)）]?)(?:10|2[0-57-9]|[3-9][0-9]{2})[\s\-)）]{0,2}[2-8][0-9]{2,3}[\s\-]?[0-9]{4}", EXTENSION, END),
    "86[ )-]?")
LOCAL = Recogniser(
    "PHONE",
    compiled(r"(?:电话|座机|热线|传真|固话|[Tt][Ee][Ll])[^0-9]{0,6}(?P<secret>[2-8][0-9]{2,3}[\s\-]?[0-9]{4})", EXTENSION, END),
    "(?i)电话|座机|热线|传真|固话|tel")
SERVICE = Recogniser(
    "PHONE",
    compiled(ALONE, r"[48]00[\s\-]{0,3}(?:[0-9]{3}[\s\-]{0,3}[0-9]{4}|[0-9]{4}[\s\-]{0,3}[0-9]{3})", EXTENSION, END,
             "|", ALONE_SPACED, rf"[48四八]{GAPS}[0零〇洞]{GAPS}[0零〇洞](?:{GAPS}{SAID}){{7}}", EXTENSION, END_SPACED),
    SEVEN)
PHONES = {"mobile": MOBILE, "mobile_apart": MOBILE_APART, "mobile_lettered": LETTERED,
          "landline_abroad": LANDLINE_ABROAD, "landline": LANDLINE, "service_number": SERVICE, "landline_local": LOCAL}

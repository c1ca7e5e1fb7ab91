"""Bank cards, and any other long number that is no price, date or order number."""

from __future__ import annotations

from textmine.text.recognisers.shape import ALONE, END, READ_OUT, SPOKEN, TIGHT, TWELVE_DIGITS, Recogniser, any_of, compiled

# A number beside one of these is the shop's, not the customer's: people must be able to act on it. Matched without a secret.
ORDER_CUE = any_of(r"单号 [订定]单 单编号 流水号 工单 运单 书号 I\s?S\s?B\s?N isbn 型号 货号 款号 批号 条码 批次 编码")
ORDER = (
    rf"(?:{ORDER_CUE})[^0-9]{{0,5}}[0-9][0-9\-]{{5,40}}(?![0-9])"
    r"|(?<![0-9])[0-9]{7,40}(?![0-9])(?=\s?[是为]?(?:我的?)?(?:订单|单号))"
    r"|(?<![0-9])97[89][\s\-]?[0-9]{10}(?![0-9])|"
)
DAY = "(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
NO_DATE = (
    rf"(?!{DAY}(?:[01][0-9]|2[0-3])?(?:[0-5][0-9]){{0,2}}(?![0-9]))"
    r"(?!(?:19|20)[0-9]{2}\s?[-./]\s?(?:0?[1-9]|1[0-2])\s?[-./])"
)
# 8888888, 1000000 and 2333333 name nobody.
NO_REPEAT = "(?!(?P<same>[0-9])(?P=same)*(?![0-9]))(?![0-9]0{5,}(?![0-9]))(?!23{5,}(?![0-9]))"
UNIT = any_of("元 块 圆 万 亿 千 rmb RMB 人民币 美元 港币 日元 个 件 人 次 步 公里 米 K k ma mA 毫安 像素 转")
NO_PRICE = rf"(?!\.[0-9])(?!\s?(?:{UNIT}))"
BEFORE_PRICE = r"(?<![¥￥$])(?<![¥￥$]\s)(?<![0-9]\.)(?<![0-9],)(?<!价格)(?<!金额)(?<!总价)(?<!积分)(?<![款费付])"

CARD = Recogniser(
    "CARD",
    compiled(
        ORDER,
        "(?P<secret>",
        ALONE,
        NO_DATE,
        NO_REPEAT,
        r"(?:[0-9]{13,19}|[0-9]{4}(?P<by>[\s\-])[0-9]{4}(?P=by)[0-9]{4}(?P=by)[0-9]{4}(?:(?P=by)[0-9]{1,3})?)",
        END,
        ")",
    ),
    TWELVE_DIGITS,
)
# In groups of three to eight with one separator, or digit by digit; sizes and prices in a row (35 36 37 38) are no card.
CARD_APART = Recogniser(
    "CARD",
    compiled(
        ORDER,
        r"(?P<secret>(?<![0-9])(?<![0-9][\s\-.·])(?<![0-9][\s\-.·]{2})",
        NO_DATE,
        rf"(?=(?:[0-9]{TIGHT}){{12,18}}[0-9](?!{TIGHT}[0-9]))",
        r"(?:[0-9]{3,8}(?P<gap>[\s\-.·]{1,2})[0-9]{3,8}(?:(?P=gap)[0-9]{2,8}){1,5}|[0-9](?:[\s\-.·]{1,2}[0-9]){12,18})",
        END,
        ")",
    ),
    TWELVE_DIGITS,
)
CARD_READ_OUT = Recogniser("CARD", compiled(READ_OUT, "{13,}"), READ_OUT + "{13}")
READ_OUT_NUMBER = Recogniser(
    "NUM",
    compiled(
        ALONE,
        r"[0-9](?:\s[0-9]){6,}(?!\s?[0-9])",
        "|",
        f"(?<![{SPOKEN}百千万十第])(?!一二三四五六七|(?P<same>.)(?P=same){{6}})",
        READ_OUT,
        "{7,}(?![百千万十])",
    ),
    f"[0-9](?: [0-9]){{6}}|{READ_OUT}{{7}}",
)
NUMBER = Recogniser(
    "NUM",
    compiled(ORDER, "(?P<secret>", ALONE, BEFORE_PRICE, NO_DATE, NO_REPEAT, "[0-9]{7,}", END, NO_PRICE, ")"),
    "[0-9]{7}",
)
LONG_CARDS = {"card_read_out": CARD_READ_OUT}
CARDS = {"card": CARD, "card_apart": CARD_APART}
OTHER_NUMBERS = {"number_read_out": READ_OUT_NUMBER, "number": NUMBER}

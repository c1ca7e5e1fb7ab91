"""Bank cards, mail and chat accounts, and any other long number."""

from __future__ import annotations

from textmine.text.recognisers.identity import MANY_DIGITS
from textmine.text.recognisers.shape import ALONE, END, SAID, SPOKEN, TIGHT, Recogniser, compiled

# A number beside one of these is the shop's, not the customer's: people must be able to act on it. Matched without a secret.
ORDER = (r"(?:单号|[订定]单|单编号|流水号|工单|运单|书号|I\s?S\s?B\s?N|isbn|型号|货号|款号|批号|条码|批次|编码)[^0-9]{0,5}[0-9][0-9\-]{5,40}(?![0-9])"
         r"|(?<![0-9])[0-9]{7,40}(?![0-9])(?=\s?[是为]?(?:我的?)?(?:订单|单号))|(?<![0-9])97[89][\s\-]?[0-9]{10}(?![0-9])|")
DAY = r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
NO_DATE = rf"(?!{DAY}(?:[01][0-9]|2[0-3])?(?:[0-5][0-9]){{0,2}}(?![0-9]))(?!(?:19|20)[0-9]{{2}}\s?[-./]\s?(?:0?[1-9]|1[0-2])\s?[-./])"
NO_REPEAT = r"(?!(?P<same>[0-9])(?P=same)*(?![0-9]))(?![0-9]0{5,}(?![0-9]))(?!23{5,}(?![0-9]))"
NO_PRICE = (r"(?!\.[0-9])(?!\s?(?:元|块|圆|万|亿|千|rmb|RMB|人民币|美元|港币|日元|个|件|人|次|步|公里|米|K|k|ma|mA|毫安|像素|转))")

BEFORE_PRICE = r"(?<![¥￥$])(?<![¥￥$]\s)(?<![0-9]\.)(?<![0-9],)(?<!价格)(?<!金额)(?<!总价)(?<!积分)"

CARD = Recogniser(
    "CARD",
    compiled(ORDER, "(?P<secret>", ALONE, NO_DATE, NO_REPEAT, r"(?:[0-9]{13,19}|[0-9]{4}(?P<by>[\s\-])[0-9]{4}(?P=by)[0-9]{4}(?P=by)[0-9]{4}(?:(?P=by)[0-9]{1,3})?)", END, ")"),
    MANY_DIGITS)
# In groups of three to eight with one separator, or digit by digit; sizes and prices in a row (35 36 37 38) are no card.
CARD_APART = Recogniser(
    "CARD",
    compiled(ORDER, r"(?P<secret>(?<![0-9])(?<![0-9][\s\-.·])(?<![0-9][\s\-.·]{2})", NO_DATE, rf"(?=(?:[0-9]{TIGHT}){{12,18}}[0-9](?!{TIGHT}[0-9]))",
             r"(?:[0-9]{3,8}(?P<gap>[\s\-.·]{1,2})[0-9]{3,8}(?:(?P=gap)[0-9]{2,8}){1,5}|[0-9](?:[\s\-.·]{1,2}[0-9]){12,18})", END, ")"),
    MANY_DIGITS)
PROVIDERS = "(?:qq|foxmail|163|126|139|189|yeah|sina|sohu|gmail|hotmail|outlook|icloud|yahoo|aliyun|msn|live)"
LABEL = r"[A-Za-z0-9][A-Za-z0-9\-]{0,62}"
DOT = r"(?:\s?\.\s?|点|\s?dot\s?)"
MAIL = Recogniser(
    "EMAIL",
    compiled(r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9_][A-Za-z0-9._%+\-]{0,63}\s?",
             rf"(?:(?:@|[\(\[（【{{](?:at|AT|@|艾特)[\)\]）】}}]|艾特|圈a)\s?(?:{LABEL}{DOT}){{1,5}}[A-Za-z]{{2,24}}"
             rf"|@\s?(?i:{PROVIDERS})(?![A-Za-z0-9])|(?<=[A-Za-z0-9._%+\-]{{3}})(?:#|\sat\s)\s?(?:{LABEL}{DOT}){{1,3}}(?i:com|cn|net|org)(?![A-Za-z0-9]))"),
    "(?i)@|#|at[)\\]）】 }]|艾特|圈a")
WORDS_BETWEEN = r"(?:同?号码?|账号|帐号|群|是|为|叫|加|我的?|[Ii][Dd]|[:：=\s,，(（\"“'【\[]){0,5}"
NO_PRODUCT = r"(?!(?i:iphone|ipad|android|windows|win[0-9]|redmi|mate|galaxy|app|ios|wechat|weixin|v[0-9.]+(?![A-Za-z0-9_]))[0-9.]*(?![A-Za-z_\-]))"
WECHAT_CUE = r"(?:微\s?信|薇\s?信|威\s?信|维\s?信|徽信|微❤|卫星号|绿泡泡|[Vv]信|[Ww]e[Cc]hat|WECHAT|[Ww]ei[Xx]in|WEIXIN|(?<![A-Za-z])(?:[Vv][Xx]|[Ww][Xx])|[加\+]\s?(?:[Vv薇微徽]|卫星))"
WECHAT = Recogniser(
    "WECHAT",
    compiled(WECHAT_CUE, WORDS_BETWEEN, NO_PRODUCT,
             r"(?P<secret>(?:(?=[A-Za-z_\-]{0,19}[0-9_\-])[A-Za-z_][A-Za-z0-9_\-]{4,19}|(?<=[:：号是])\s?[A-Za-z][A-Za-z_\-]{5,19}|[0-9]{6,12}(?![元块])|[0-9]{1,4}[A-Za-z_][A-Za-z0-9_\-]{4,18}))",
             r"(?![A-Za-z0-9_\-])"),
    "(?i)微 ?信|[薇威维] ?信|徽信|微❤|卫星|绿泡泡|v信|wechat|weixin|vx|wx|加 ?[v薇微徽]|\\+ ?v")
QQ_CUE = r"(?:(?<![A-Za-z])[Qq]\s?[Qq]|扣扣|企鹅|秋秋|球球|叩叩|(?<![A-Za-z])[Qq](?=号|[:：])|加\s?[Qq](?![A-Za-z]))"
QQ = Recogniser(
    "QQ",
    compiled(QQ_CUE, WORDS_BETWEEN, rf"(?P<secret>[1-9{SPOKEN}](?:{TIGHT}{SAID}){{4,11}})(?![0-9元块])"),
    "(?i)q ?q|扣扣|企鹅|秋秋|球球|叩叩|q[号:：]|加 ?q")
NUMBER = Recogniser(
    "NUM",
    compiled(ORDER, "(?P<secret>", ALONE, BEFORE_PRICE, NO_DATE, NO_REPEAT, "[0-9]{7,}", END, NO_PRICE, ")"),
    "[0-9]{7}")
SPELLED = Recogniser(
    "NUM",
    compiled(ALONE, r"[0-9](?:\s[0-9]){6,}(?!\s?[0-9])", "|", f"(?<![{SPOKEN}百千万十第])(?!一二三四五六七|(?P<same>.)(?P=same){{6}})[零〇○一二三四五六七八九幺]{{7,}}(?![百千万十])"),
    "[0-9](?: [0-9]){6}|[零〇○一二三四五六七八九幺]{7}")
CARD_SPELLED = Recogniser("CARD", compiled("[零〇○一二三四五六七八九幺]{13,}"), "[零〇○一二三四五六七八九幺]{13}")
SPELLED_OUT = {"card_spelled": CARD_SPELLED}
CARDS = {"card": CARD, "card_apart": CARD_APART}
ACCOUNTS = {"email": MAIL, "wechat": WECHAT, "qq": QQ}
NUMBERS = {"spelled": SPELLED, "number": NUMBER}

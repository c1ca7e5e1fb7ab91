"""Mail addresses and chat accounts."""

from __future__ import annotations

from textmine.text.recognisers.shape import SAID, SPOKEN, TIGHT, Recogniser, any_of, compiled

PROVIDERS = f"(?i:{any_of('qq foxmail 163 126 139 189 yeah sina sohu gmail hotmail outlook icloud yahoo aliyun msn live')})"
LABEL = r"[A-Za-z0-9][A-Za-z0-9\-]{0,62}"
DOT = r"(?:\s?\.\s?|点|\s?dot\s?)"
LOCAL = r"[A-Za-z0-9._%+\-]"
# ASCII classes: \w would swallow the 汉字 before the address. Lengths bounded, and a start only where a word starts.
MAIL = Recogniser(
    "EMAIL",
    compiled(
        rf"(?<!{LOCAL})[A-Za-z0-9_]{LOCAL}{{0,63}}\s?",
        rf"(?:(?:@|[\(\[（【{{](?:at|AT|@|艾特)[\)\]）】}}]|艾特|圈a)\s?(?:{LABEL}{DOT}){{1,5}}[A-Za-z]{{2,24}}",
        rf"|@\s?{PROVIDERS}(?![A-Za-z0-9])",
        rf"|(?:(?<={LOCAL}{{3}})|(?<={LOCAL}{{3}}\s))(?:#|\s(?i:at)\s)\s?(?:{LABEL}{DOT}){{1,3}}(?i:com|cn|net|org)(?![A-Za-z0-9]))",
    ),
    r"(?i)@|#|at[)\]）】 }]|艾特|圈a",
)
BETWEEN = r"(?:同?号码?|账号|帐号|群|是|为|叫|加|我的?|(?i:id)|[:：=\s,，(（\"“'【\[]){0,5}"
# 微信 iPhone12, 微信 v8.0: not an account.
NO_PRODUCT = (
    r"(?!(?i:iphone|ipad|android|windows|win[0-9]|redmi|mate|galaxy|app|ios|wechat|weixin"
    r"|v[0-9.]+(?![A-Za-z0-9_]))[0-9.]*(?![A-Za-z_\-]))"
)
WECHAT_CUE = (
    r"(?:微\s?信|薇\s?信|威\s?信|维\s?信|徽信|卫星号|绿泡泡|[Vv]信|(?i:wechat|weixin)"
    r"|(?<![A-Za-z])(?i:vx|wx)|(?:加我?|\+|\[加\]|➕)\s?(?:[Vv薇微徽]|卫星)|(?<![A-Za-z])[Vv薇微](?:\[红心\]|❤))"
)
# Six to twenty of letters, digits, _ and -; letters alone only right behind 号, 是 or a colon.
WECHAT = Recogniser(
    "WECHAT",
    compiled(
        WECHAT_CUE,
        BETWEEN,
        NO_PRODUCT,
        r"(?P<secret>(?=[A-Za-z_\-]{0,19}[0-9_\-])[A-Za-z_][A-Za-z0-9_\-]{4,19}|(?<=[:：号是])\s?[A-Za-z][A-Za-z_\-]{5,19}"
        r"|[0-9]{6,12}(?![元块])|[0-9]{1,4}[A-Za-z_][A-Za-z0-9_\-]{4,18})",
        r"(?![A-Za-z0-9_\-])",
    ),
    r"(?i)微 ?信|[薇威维] ?信|徽信|卫星|绿泡泡|v信|wechat|weixin|vx|wx|加我? ?[v薇微徽]|\+ ?v|\[加\]|➕|\[红心\]|❤",
)
QQ_CUE = r"(?:(?<![A-Za-z])[Qq]\s?[Qq]|扣扣|企鹅|秋秋|球球|叩叩|(?<![A-Za-z])[Qq](?=号|[:：])|加\s?[Qq](?![A-Za-z]))"
QQ = Recogniser(
    "QQ",
    compiled(QQ_CUE, BETWEEN, f"(?P<secret>[1-9{SPOKEN}](?:{TIGHT}{SAID}){{4,11}})(?![0-9元块])"),
    "(?i)q ?q|扣扣|企鹅|秋秋|球球|叩叩|q[号:：]|加 ?q",
)
MAILS = {"email": MAIL}
CHATS = {"qq": QQ, "wechat": WECHAT}

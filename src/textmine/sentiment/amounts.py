"""Amounts that are good or bad by what they are of: prices, promises against what came, shares, ranks, marks, life spans."""

from __future__ import annotations

import re

import numpy as np

DIGITS = {character: float(value) for value, character in enumerate("零一二三四五六七八九")} | {"两": 2.0, "俩": 2.0, "仨": 3.0}
DIGITS |= {"半": 0.5, "几": 3.0, "○": 0.0}
TENS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
NUMBER = r"([0-9]+(?:\.[0-9]+)?万?|[零一二两俩仨三四五六七八九十百千万半几]+)"

# What more of is worse, what more of is better; where a text names neither, more is better (a promise was not kept).
LESS = re.compile(
    r"价|费|租|油耗|收[了你我走]|要[收价交了]|结账|账单|利率|利息|首付|等|排队|慢|延|晚|用时|耗时|误差|噪|"
    r"耗电|公里外|花了|罚|扣|体重|血[压糖]"
    r"|车程|工期|工作日|配送|送达|到站|堵|误|[块元]的?票|票[价要]|报价|装完|安装|一口价|起送|押金|定金"
)
MORE = re.compile(
    r"续航|评分|得分|重量|净重|[斤克升]|容量|流量|网速|宽带|速率|亮|分数|份量|分量|返|赚|里程|兆|保修|"
    r"质保|待机|工资|余额|到账|赔|退|充值|存|送|额度"
    r"|准点|准时|好评|座位|面积|平米?|班次|窗口|人手|页|集|课时|节课|片|颗|只[虾蟹]|件|瓶|抽|支"
)
TIME = re.compile(r"分钟|小时|天|周|个月|工作日|[点秒]")

_MOVE = re.compile(
    NUMBER + r"[^，。；0-9%]{0,8}[%％]?[^，。；0-9]{0,3}(?:变成?|涨到|涨成|升到|升至|降到|降成|降至|减到|跌到|跌成|"
    r"掉到|加到|改成|调到|调成|提到|缩到|缩成|成了|长到|延到|拖到|砍到|考到|跑到|[^，。到]{0,2}到)了?" + NUMBER
)
_STEP = re.compile(
    r"(涨|降|多|少|贵|便宜|加|减|省|长|短|快|慢|返|赔|升|退|补)(?:到|价到?|了|出|收|扣|付|交|花)*"
    + NUMBER
    + r"(?![次遍趟回些点])"
)
_PROMISE = re.compile(
    r"(?:标称?|说好?的?|写明?的?|宣传|号称|承诺|保证|预约|预计|约好|约定?的?|原价|网上|本来|页面|显示|"
    r"定的?|报价|订了?|买了?|点了?|下单|拍了?"
    r"|办的?|开的?|装的?|签的?|评分|额定|充值?|一口价|合同|当初|原定|规定|菜单|预估|存了?|交了?|要求|押金)[^，。0-9]{0,8}?"
    + NUMBER
    + r"([^，。0-9]{0,6}[，,]?[^，。0-9]{0,3}?)(?:实际|实测|测速|测|实付|到手|结账|结果|过?[称秤]|"
    r"我[吃用开等]|才|只|就|却|开了|轮到|到账|收到|来了?|要跑|跑|要收|收|给|变成?|成了|装完|最后|账单|"
    r"一[量数看查]|等了|拖了?|花了|第|退了?|赔了?)[^，。0-9]{0,6}?" + NUMBER
)
_SHARE = re.compile(
    r"(?:百分之" + NUMBER + r"|([0-9]+(?:\.[0-9]+)?)[%％]|(?<![给现])" + NUMBER + r"成(?!新|功|了|为|人|本|套|长))"
)
_GOOD_SHARE = re.compile(r"准[点时确]|好评|正确|成功|通过|到位|合格|满意|命中|就业|录取|及格|出勤|接通|新鲜|听懂|还原|电量|准")
_BAD_SHARE = re.compile(r"破损|坏|丢包|故障|返修|失败|差评|烂|误差|错|投诉|退货|损耗|误|涨")
_OF = re.compile(NUMBER + r"[一-龥](?!就|才|没)[^，。0-9]{0,6}?[，,]?[^，。0-9]{0,5}?" + NUMBER + r"[一-龥]([^，。]{0,6})")
_ILL = re.compile(r"坏|烂|碎|破|裂|瘪|漏|散|死|错|霉|臭|空|掉|断|没|不|丢|投诉|退|吐|伤|故障|停|堵|晚|迟|瞎|假|酸")
_WELL = re.compile(r"好|满意|夸|新鲜|甜|活|听懂|完好|过|准|成|推荐|赞|鲜|喜欢|回头|回购|续|夸|在|中|对|会|红|熟|甜|开")
_RANK = re.compile(r"(?:排在?|前面还?有|前头还?有|前面|叫到|轮到|名列|位列|等位|排队)第?" + NUMBER + r"(?:位|号|个人?|人|桌|名)")
_MARK = re.compile(r"(?:满分|总分)" + NUMBER + r"分?.{0,8}?(?:给|打|值|得|评)了?" + NUMBER)
_STARS = re.compile(
    r"(?:给|打|评|只值|值|得|扣到|评分|分数|打分)[了个你们：: 是]*"
    + NUMBER
    + r"(?:/([0-9]+))?(?:星|颗星|分(?!钟|之)|[，,。！]|$)|"
    + NUMBER
    + r"/(5|10|100)(?![0-9])"
)
_OFTEN = re.compile(r"第" + NUMBER + r"[次回][^，。]{0,6}")
_FAULT = re.compile(r"坏|修|错|催|投诉|退|卡|漏|停|断|崩|换货|返|找|晚|迟")
_BACK = re.compile(r"[买来回购住点下单光顾入续用]")
_LIFE = re.compile(
    r"(?:续航|充一次|充满|满电|待机|一次充电|一[袋瓶盒桶管卷支箱]|一块)[^，。0-9]{0,8}?"
    + NUMBER
    + r"(?:多|来)?个?(?:多)?(分钟|小时|天|周|星期|月|年)(?!就到|送)"
)
_HOURS = {"分钟": 1 / 60, "小时": 1.0, "天": 24.0, "周": 168.0, "星期": 168.0, "月": 720.0, "年": 8760.0}
_DATES = re.compile(r"(?:只剩|就剩|还剩|剩下?|还有)" + NUMBER + r"天|差" + NUMBER + r"天(?:就)?(?:过期|到期)")
_FRESH = re.compile(r"(?:才|刚|上周|昨天|前天)[^，。]{0,3}生产|生产[^，。]{0,4}(?:才|刚|不到)")
_TIMES = re.compile(
    r"(?:贵|涨|多花|多收|高出?)[^，。]{0,4}"
    + NUMBER
    + r"倍|(?:价|费|收|账单|油耗|噪)[^，。]{0,12}"
    + NUMBER
    + r"倍|是(?:标称|宣传|别家|人家|报价|原价|承诺)的?[^，。]{0,4}"
    + NUMBER
    + r"倍"
)
_CHARGED = re.compile(
    r"充[^，。0-9]{0,3}?"
    + NUMBER
    + r"个?(分钟|小时)[^0-9]{1,8}?(?:用|通话|撑|跑|听|看|续航|玩|走)[^，。0-9]{0,3}?"
    + NUMBER
    + r"个?(分钟|小时|天)"
)
_LITTLE = re.compile(
    r"(?:只有|只剩|只给|只来|只见|就给|就剩|仅|不到|不足|没到|区区|"
    r"才(?=[0-9一二两三四五六七八九十]))了?[^，。0-9]{0,2}?" + NUMBER
)
_MUCH = re.compile(r"(?:足足|整整|多达|高达|长达|满满|竟要|居然要|一收就|收(?=[0-9]))了?[^，。0-9]{0,2}?" + NUMBER)
_FUEL = re.compile(r"(?:油耗|百公里)[^，。0-9]{0,4}" + NUMBER)
_SPENT = re.compile(r"只用|才用|只花|才花|只收|只要|才要")


def number_of(written: str) -> float:
    """Value of a number in digits or in Chinese (三百五 is 305: exact enough to be compared)."""
    if written[0] in "0123456789":
        return float(written.rstrip("万")) * (10000 if written.endswith("万") else 1)
    total = digit = 0.0
    for character in written:
        if character in TENS:
            total += (digit or 1) * TENS[character]
            digit = 0.0
        else:
            digit = DIGITS.get(character, 0.0)
    return total + digit


def moves(text: str) -> float:
    """从39变成59, 涨到199, 少了70: by whether more or less of it is better."""
    if found := _MOVE.search(text):
        return judge(
            text[max(found.start() - 10, 0) : found.start()], text[: found.end() + 3], number_of(found[2]) - number_of(found[1])
        )
    step = _STEP.search(text)
    if not step:
        return 0.0
    if step[1] in "多少" and re.search(r"[出收扣付交花]", step[0]):
        return -1.0 if step[1] == "多" else 1.0
    if step[1] in ("便宜", "省", "返", "赔", "退", "补"):
        return 0.0 if number_of(step[2]) == 0 else 1.0
    if step[1] in ("贵", "慢") and LESS.search(text) is not None or step[1] == "贵":
        return -1.0
    about = text[max(step.start() - 10, 0) : step.start()]
    change = -1.0 if step[1] in "降少减短" else 1.0
    if step[1] in "降" or LESS.search(about):
        return judge(about or "价", text, change) if LESS.search(about) or MORE.search(about) else -change
    if step[1] == "涨" and not MORE.search(about):
        return -1.0
    return change if step[1] in "多少" and not TIME.match(text[step.end() :]) else 0.0


def promises(text: str) -> float:
    """标5斤, 到手3斤: blame; 标价80, 结账50: praise; 写明500克, 称了530: praise."""
    found = _PROMISE.search(text)
    if not found or re.search(r"[0-9]", found[2]):
        return 0.0
    change = number_of(found[3]) - number_of(found[1])
    if change == 0:
        return 0.5
    timed = bool(TIME.match(found[2])) and bool(TIME.match(text[found.end() :]))
    return judge("等" if timed and not re.search("续航|待机|用|保", text) else "", text, change)


def shares(text: str) -> float:
    """准点率不到两成: blame; 破损率30%: blame; 好评率百分之百: praise; 10个里烂了6个: blame."""
    if found := _SHARE.search(text):
        share = number_of(found[1] or found[2] or found[3]) * (10 if found[3] else 1)
        before = text[max(found.start() - 12, 0) : found.start()]
        if _BAD_SHARE.search(before):
            return 1.0 if share <= 2 else -1.0
        if _GOOD_SHARE.search(before):
            return 1.0 if share >= 85 else -1.0 if share <= 65 else 0.0
        return 0.0
    found = _OF.search(text)
    if not found:
        return 0.0
    whole, part = number_of(found[1]), number_of(found[2])
    around = text[max(found.start(2) - 4, 0) : found.start(2)] + found[3]
    if part > whole or whole < 2:
        return 0.0
    if _ILL.search(around):
        return 1.0 if part == 0 else -1.0 if part / whole >= 0.1 else 0.0
    return (1.0 if part / whole >= 0.8 else -1.0 if part / whole <= 0.4 else 0.0) if _WELL.search(around) else 0.0


def marks(text: str) -> float:
    """满分10分给9分, 给5星, 4.9/5: praise; 给2分: blame."""
    if found := _MARK.search(text):
        return 1.0 if number_of(found[2]) >= 0.7 * number_of(found[1]) else -1.0
    if not (found := _STARS.search(text)):
        return 0.0
    got = number_of(found[1] or found[3])
    top = number_of(
        found[2] or found[4] or ("5" if "星" in found[0] or (got <= 5 and "." in found[0]) else "10" if got <= 10 else "100")
    )
    return 1.0 if got >= 0.78 * top else -1.0 if got <= 0.5 * top else 0.0


def spans(text: str) -> float:
    """续航20小时, 一瓶用3个月: praise; 满电撑40分钟: blame; 保质期只剩3天: blame; 第5次回购: praise; 第4次返修: blame."""
    verdict = 0.0
    if found := _LIFE.search(text):
        hours = number_of(found[1]) * _HOURS[found[2]]
        pack = bool(re.match("一[袋瓶盒桶管卷支箱块]", found[0]))
        long, brief = (720, 120) if pack else (24, 5)
        verdict += 1.0 if hours >= long else -1.0 if hours <= brief else 0.0
    if re.search("期|生产|过期|鲜", text):
        left = _DATES.search(text)
        verdict -= 1.0 if left and number_of(left[1] or left[2]) <= 30 else 0.0
        verdict += 1.0 if _FRESH.search(text) else 0.0
    if (found := _OFTEN.search(text)) and number_of(found[1]) > 1:
        verdict += _again(found[0])
    if found := _RANK.search(text):
        place = number_of(found[1])
        verdict += -1.0 if place >= 15 else 1.0 if place <= 3 else 0.0
    return float(np.clip(verdict - bool(_TIMES.search(text)), -1, 1))


def levels(text: str) -> float:
    """只有20兆, 只剩5%: blame; 只花了50块, 才5个油: praise; 足足三斤: praise; 充10分钟用6小时: praise."""
    if found := _CHARGED.search(text):
        used, filled = number_of(found[3]) * _HOURS[found[4]], number_of(found[1]) * _HOURS[found[2]]
        return 1.0 if used > filled else -1.0
    if found := _FUEL.search(text):
        return 1.0 if number_of(found[1]) <= 7.5 else -1.0 if number_of(found[1]) >= 11 else 0.0
    if _SPENT.search(text):
        return 1.0
    for pattern, change in ((_LITTLE, -1.0), (_MUCH, 1.0)):
        if found := pattern.search(text):
            timed = TIME.match(text[found.end() :].lstrip("个多来"))
            return 0.0 if timed else judge(text[max(found.start() - 6, 0) : found.start()], text[: found.end() + 2], change)
    return 0.0


def _again(what: str) -> float:
    """第4次返修: blame; 第5次回购: praise."""
    if _FAULT.search(what):
        return -1.0
    return 1.0 if _BACK.search(what) else 0.0


def judge(near: str, whole: str, change: float) -> float:
    """Praise or blame of a ``change`` of what the text is about: by the words near the number, else by those of the text."""
    sign = float(np.sign(change))
    for words in (near, whole):
        more, less = len(MORE.findall(words)), len(LESS.findall(words))
        if more != less:
            return sign if more > less else -sign
    return -sign if re.search(r"[块元]", whole) else sign

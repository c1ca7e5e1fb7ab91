"""What bare numbers say: waits, defects, prices that moved, promises against what came. Small grammars, no lists of praise."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from textmine.sentiment.amounts import NUMBER, levels, marks, moves, number_of, promises, shares, spans

Reals = npt.NDArray[np.float64]
GATE = (
    r"一[^，。点些]{1,2}就|[0-9]|[零一二两俩三四五六七八九十百千半几](?:分|秒|小|个|天|周|年|次|趟|块|元|点|"
    r"公里|倍|件|折|星|成|斤|人|回)"
)
MINUTES = {"秒": 1 / 60, "分": 1, "小时": 60, "钟头": 60, "天": 1440, "周": 10080, "星期": 10080, "月": 43200, "年": 525600}
DAY, YEAR, SHORT_WAIT = 1440.0, 525600.0, 15.0  # minutes; nobody complains of a wait as short as the last

_N = NUMBER
_SPAN = re.compile(_N + r"(?:多|来)?个?(?:多)?(秒|分|小时|钟头|天|周|星期|月|年)钟?(.{0,12})")
_LASTS = re.compile(
    r"[^，。]{0,3}[，,]?[^，。]{0,5}(?:没|从没|未|不)(?:进|出|有)?[过]?(?:坏|掉|漏|修|断|换|卡|出|起|变|"
    r"褪|生锈|裂|松|塌|松动|黑|响|一[次个点])"
    r"|[^，。]{0,3}[，,]?[^，。]{0,4}(?:还|都|依然|依旧|照样|仍)(?:是|跟|像|和|能|在|有|很|好|那|这|走|凉|"
    r"热|烫|灵|水灵|新|亮|稳)"
    r"|[^，。]{0,3}[，,]?(?:只|就|总共|一共|才)[^，。]{0,2}(?:修|坏|换|进)[^，。]{0,2}[一1]次|"
    r"[^，。]{0,2}[，,]?才(?:坏|换|修|没电|充|断|掉|磨|旧|裂|续|用完|吃完|见底|需要)"
)
_BREAKS = re.compile(
    r"[^，。]{0,3}[，,]?[^，。]{0,5}(?:就|便|已经|开始|又|全)[^，。]{0,4}(?:坏|断|掉|破|漏|散|罢|没电|卡|"
    r"裂|疼|黑|死|烂|起|褪|涨|瘪|松|塌|脱|开|锈|歪|臭|馊|蔫|枯|变|没了|不[^，。]|报废|见底|返|发|磨|崩|"
    r"完蛋|用完|没)"
    r"|[^，。]{0,2}[坏断漏裂崩死停堵卡][^，。]{0,1}[0-9一二两三四五六七八九十几]+[次回]|[^，。]{0,2}(?:穿|"
    r"坏|断|烂|磨|散|崩)了?[^，。]{0,2}(?:洞|$)"
)
_LATE = re.compile(
    r"[^，。]{0,2}才|[^，。]{0,2}[，,]?(?:还|都|也|仍|依然|愣是|硬是|一直)?(?:没|不|未)(?!用|坏|到就|催)|"
    r"[^，。]{0,2}(?:迟到|晚点|没)|(?:后|过去了)[，,]?[^，。]{0,4}(?:才|还|没)"
)
_WAITED = re.compile(
    r"[等拖晒耗堵排耽晚困憋僵闷卡饿冻干][^，。0-9]{0,5}$|花了$|[等拖]了?[^，。]{0,3}$|超时|"
    r"迟到[^，。]{0,3}$|白等|耽误|(?:送|走|修|查|审|办|拖|堵|转|找|弄|配|批|退款等)了$"
)
_ONLY = re.compile(r"(?:只|就|才|不到|没到|不用|前后|总共|不过)[^，。]{0,4}$")
_DONE = re.compile(
    r"[^，。没不未才还]{0,3}[，,]?(?:就|便|内|即|准|准时)?[^，。没不未才还]{0,4}(?:搞定|送到|"
    r"到[了货账手家]?$|到了|接通|来人|办完|办好|办妥|解决|出[了结来]|处理|退款|退[了回]|发货|轮到|叫到|"
    r"上齐|上菜|到账|好了|修好|送来|送上|回复|拿到|赔|批|下来|装好|改好|有人|到位|做完|弄好|响应|通了|"
    r"开张|补|换[了新]|洗完|搬完|完成|来了|进站|接单|充满|熟|学会|上手|见效|消|散)"
    r"|就[^，。没不]{0,3}$"
)
_TOLD = re.compile(
    r"^([^，。]{0,14}(?:说|讲|写着?|标着?|称|承诺|保证|宣传|吹|广告|答应|预计|告诉|提醒)[^，。]*)[，,](.+)$"
)  # whose words, and what came of them
_USED = re.compile(r"(?:用|撑|续航|保鲜|放|寿命|开|穿|待机|耐)[^，。]{0,3}$")
_CLOCK = re.compile(r"[0-9二两三四五六七八九十]点(?:[0-9]+|半)?分?(才|就)(?!关|收|停|没|下)")
_AGAIN = re.compile(
    r"(跑|修|换|催|断|打|返工|投诉|问|绷|崩|退|寄|改|重启|卡|错|转|找|坏|死机|闪退|停|堵|漏|迟到|掉|爽约|"
    r"挂|拒|排|推|拉|装|洗|喊|等|量|约|填|交|去|刷|试|报修|返修|说|提|验证|反映)"
    r"(?:了|过|电话|客服|完)?[^，。0-9一二两三四五六七八九十几]{0,2}"
    + _N
    + r"(?:多|来|几)?(?:趟|次|遍|回|家|个人|个窗口|个部门|轮|个电话|通)(?:电话)?(.{0,8})"
)
_ONCE = re.compile(
    r"一[^，。点些]{1,2}就(?:通|好了?|到|会|成|开|着|灵|懂|亮|过|修好|有人)|响了?[1-3一两三]声就|"
    r"[1一][次趟遍]就[^，。坏断掉破漏]{1,2}|"
    r"一[次趟遍打回按修扫看教试问说][^，。]{0,2}就[^，。坏断掉破漏碎裂塌]{1,3}|一次(?:性|过|搞定|办|"
    r"通过|修好|成)|(?:只|就)[^，。]{0,2}[跑打问说修][^，。]{0,2}[一1][次趟遍回]"
)
_LACKS = re.compile(r"(?:坏|烂|碎|少发|漏发|少|断|漏|掉|破|裂|瘪|亏|多扣|多收|扣|罚|丢|少给|缺|错|散|死|瘪|弄坏|摔)了?我?" + _N)
_NONE = re.compile(
    r"(?:[0零]|一[个只颗件片次张粒块页滴分处根]都?[没不])[^，。]{0,4}(?:坏|烂|碎|死|差错|破|投诉|丢|漏|掉|"
    r"故障|碎|裂|断|错|瘪|少)"
)
_GIFTS = re.compile(
    r"(?:多送|多给|送了|省了|赚了|补了|立减|优惠了|退了|送|多装|赔了|返现?|满减|减免?|抵了?|免了?|加送)我?你?"
    + _N
    + r"(?![0-9十百千多个来]*(?:小时|天|分钟|周|年|月|趟|次|遍))"
)
_WORTH = re.compile(_N + r"(?:块|元)钱?的[^，。]{1,8}[，,]?.{0,3}(?:收|要|卖|花|只要|才)[^，。0-9]{0,2}" + _N + r"(?:块|元)")
_SCANT = re.compile(r"(?:就|只有|才|里面就)" + _N + r"(?:片|块肉|颗|根|只|粒|口|个虾)")
_TOO_LATE = re.compile(r"涨到?[0-9]+.{0,3}打|(?:第二天|刚买|买完|买了|转头|后脚)[^，。]{0,6}就(?:打|降|便宜)")
_EARLY = re.compile(r"(?:提前|早)了?(?:到)?" + _N + r"(?:多|来)?个?(?:分|小时|天|周)")
_WALK = re.compile(r"(?:步行|走路|走|下楼|离[^，。]{1,5})(?:过去)?(?:就|要|得|只要)?" + _N + r"(分钟|小时|公里)")


def quantity_verdicts(texts: pa.LargeStringArray) -> Reals:
    """Attitude that numbers alone give each text: the sum of what each grammar of ``GRAMMARS`` says, -2 to 2."""
    held = np.flatnonzero(pc.match_substring_regex(texts, GATE).to_numpy(zero_copy_only=False))
    verdicts = np.zeros(len(texts))
    for place, text in zip(held, texts.take(pa.array(held)).to_pylist(), strict=True):
        verdicts[place] = _verdict(text)
    return verdicts


def _verdict(text: str) -> float:
    """The sum of the grammars; where somebody's words come first, their numbers are no verdict but what came is held to them."""
    told = _TOLD.match(text)
    kept = _kept(told[1], told[2]) if told else 0.0
    if told and kept == 0:
        kept = promises(text) or sum(grammar(told[2]) for grammar in GRAMMARS)
    return min(max(kept if told else sum(grammar(text) for grammar in GRAMMARS), -2.0), 2.0)


def _kept(claim: str, outcome: str) -> float:
    """说要等一周，第二天就到: praise; 说十分钟，我等了一小时: blame; 说用三天，用了半个月: praise."""
    said, came = _SPAN.search(claim), _SPAN.search(outcome)
    if not said or not came:
        return 0.0
    longer = number_of(came[1]) * MINUTES[came[2]] - number_of(said[1]) * MINUTES[said[2]]
    lasting = bool(_USED.search(claim[: said.start()]) or _USED.search(outcome[: came.start()]))
    return float(np.sign(longer)) * (1.0 if lasting else -1.0)


def _waits(text: str) -> float:
    """等了2小时, 2小时才: blame; 2分钟就办完: praise; 用了3年没坏: praise; 用3天就坏: blame."""
    clock = _CLOCK.search(text)
    verdict = 0.0 if not clock else -1.0 if clock[1] == "才" else 1.0
    for found in _SPAN.finditer(text):
        minutes, after = number_of(found[1]) * MINUTES[found[2]], found[3]
        before = text[max(found.start() - 7, 0) : found.start()]
        waited = bool(_WAITED.search(before))
        if not waited and _BREAKS.match(after) and minutes < YEAR:
            verdict -= 1
        elif not waited and minutes > 120 and _LASTS.match(after) and not found[0].startswith("几"):
            verdict += 1
        elif waited and _ONLY.search(before):
            verdict += minutes <= SHORT_WAIT
        elif waited or _LATE.match(after):
            verdict -= minutes > SHORT_WAIT
        elif _DONE.match(after) or _ONLY.search(before):
            verdict += minutes <= 7 * DAY
    return float(np.clip(verdict, -1, 1))


def _times(text: str) -> float:
    """跑了5趟, 修了3次: blame; 跑了1趟: praise; 断了0次: praise."""
    once = 1.0 if _ONCE.search(text) else 0.0
    found = _AGAIN.search(text)
    if not found or re.match(r"[，,]?[^，。]{0,2}(?:都|全|每[次回])[^，。不没]{0,3}(?:好|通|成|准|满|中|赢)", found[3]):
        return once
    if re.match(r"[，,]?[^，。]{0,3}(?:没|不)(?:坏|变|掉|起|破|褪|散|松|裂|开|出)", found[3]):
        return 1.0
    count = number_of(found[2])
    if count <= 1:
        return 1.0 if count == 0 else max(once, 0.5 if found[1] in "跑打问" else 0.0)
    return 0.0 if found[1] in "洗刷试去说提" and not re.match(r"[，,]?[^，。]{0,2}(?:才|都|还|也|没|不|就)", found[3]) else -1.0


def _defects(text: str) -> float:
    """坏了7个, 少发了2件, 亏了700: blame; 送了2件, 省了700: praise; 坏了0个: praise."""
    lacks = sum(-1 if number_of(count) > 0 else 1 for count in _LACKS.findall(text))
    none = bool(_NONE.search(text))
    return float(np.clip(lacks + len(_GIFTS.findall(text)) + none, -1, 1))


def _worth(text: str) -> float:
    """2000块的房间只收200块: praise; 200块的品质要收2000块: blame; 里面就3片: blame."""
    if found := _WORTH.search(text):
        return float(np.sign(number_of(found[1]) - number_of(found[2])))
    return -1.0 if _SCANT.search(text) else 0.0


def _bargains(text: str) -> float:
    """打7折: praise; a discount that came too late: blame."""
    return -3.0 if _TOO_LATE.search(text) else 0.5 if "打" in text and "折" in text else 0.0


def _reach(text: str) -> float:
    """提前20分钟: praise; 步行3分钟: praise; 走路40分钟: blame."""
    walk = _WALK.search(text)
    early = float(bool(_EARLY.search(text)))
    if not walk:
        return early
    far = number_of(walk[1])
    return 1.0 if walk[2] == "分钟" and far <= 10 else -1.0 if far >= 20 else early


GRAMMARS: tuple[Callable[[str], float], ...] = (
    *(_waits, _times, _defects, _worth, _bargains, _reach),
    *(moves, promises, shares, marks, spans, levels),
)

"""Made-up feedback that carries personal data, for measuring how much of it masking finds.

The sentences were written before the recognisers were. Every other sentence of each kind is ``held``: the gates are
measured on those, the rest may be looked at while patterns are mended. All persons, numbers and places are invented.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

SENTENCES: dict[str, tuple[str, ...]] = {
    "mobile": (
        "我的电话{x}，请尽快回电",
        "打了三次都没人接，手机号{x}你们自己查",
        "电话：{x} 麻烦周末再送",
        "{x}这个号码一直收到你们的推销短信",
        "退款退到{x}这个账号绑定的支付宝，已经等了9天",
        "有事打我{x}别再打座机了",
        "联系方式{x}（微信同号）",
        "快递员电话{x}态度恶劣",
        "师傅说改天来，留的是{x}，结果关机",
        "投诉！！{x}这个销售乱承诺",
        "请在下午3点以后拨打{x}，上午在开会",
        "收货手机写成{x}了能不能帮忙改一下",
        "我tel{x}你们客服记一下",
        "号码是{x}吧，我记得验证码一直收不到",
        "充值100元到{x}没有到账",
        "一共联系了5次，{x}、客服都说在核实",
        "加急处理{x}",
        "本人电话{x}随时可以来取货",
    ),
    "landline": (
        "座机{x}打不通",
        "请打公司电话{x}找前台",
        "你们门店的{x}永远占线",
        "传真{x}，发票传一份过来",
        "{x}打过来说我中奖了，是不是你们的",
        "回电请拨{x}，白天都有人",
        "办公室{x}没人接，白跑一趟",
        "售后留的电话是{x}，是空号",
        "社区电话{x}一直忙音怎么回事",
        "打{x}投诉了三回没有下文",
    ),
    "service_number": (
        "打{x}等了40分钟才接通",
        "官方客服{x}只会让我等",
        "{x}这个电话是不是骗子",
        "拨打{x}转人工要听两分钟广告",
        "电话{x}收费太贵",
        "热线{x}晚上没有人值班",
    ),
    "idcard": (
        "身份证号{x}，帮我查一下会员等级",
        "实名认证一直失败，证件号码：{x}",
        "我身份证{x}被人拿去注册了账号",
        "{x}这是我妈的证件，买票买不了",
        "登记入住时写成{x}了，最后一位不对",
        "证件{x}姓名也没错为什么审核不过",
        "资料已补：{x}，请尽快开通",
        "客服让我发{x}过去，是不是泄露隐私",
        "老人身份证号码是{x}医保卡激活不了",
        "实名{x}已过期",
    ),
    "idcard_old": (
        "老身份证{x}还能用吗",
        "当年开户用的是{x}，现在登录不上",
        "旧证件号码{x}查不到记录",
        "一代证{x}升位后对不上",
    ),
    "bank_card": (
        "退款请打到{x}，工商银行",
        "银行卡{x}扣了两次款",
        "卡号：{x}，开户行在城东支行",
        "我用{x}付的钱，三天没有退回来",
        "建行{x}尾款已付",
        "赔付的钱转到{x}上",
        "绑定{x}提示不支持该银行",
        "打款账户{x}谢谢",
        "信用卡{x}被盗刷了两笔",
        "账号{x}一直显示处理中",
    ),
    "credit_code": (
        "开票信息：星河贸易有限公司 税号{x}",
        "发票抬头的统一社会信用代码{x}写错一位",
        "纳税人识别号是{x}，请重开",
        "{x}这家公司是不是你们的代理商",
        "税号:{x}电子票发邮箱",
        "营业执照{x}已上传三天没审核",
    ),
    "plate": (
        "车牌{x}停在你们门口被刮了",
        "{x}的司机绕路还骂人",
        "送货车{x}压坏了小区花坛",
        "停车费乱扣，车号{x}",
        "我的车{x}，保养完空调不制冷",
        "开着{x}来的那位师傅很专业",
        "网约车（{x}）里面烟味很重",
        "昨天{x}逆行差点撞到孩子",
    ),
    "plate_new_energy": (
        "新能源车{x}充不上电",
        "{x}占着充电桩不走",
        "绿牌{x}为什么也收停车费",
        "车牌号：{x}，续航虚标",
    ),
    "passport": (
        "护照{x}订不了机票",
        "护照号码是{x}，姓名拼音写反了",
        "办入住时把护照号{x}登记错了",
        "passport {x} 已经更新",
        "我的护照：{x}签证被拒要退款",
        "用护照（{x}）取票机器不认",
    ),
    "wechat": (
        "加我微信{x}，把照片发你",
        "微信号：{x}",
        "有问题加微信 {x} 沟通",
        "vx：{x} 可以退差价",
        "v信{x}，备注退货",
        "想要返现的加薇{x}",
        "店家让我加VX{x}才给处理",
        "威信{x}私聊",
        "weixin: {x} 随时在线",
        "我的微信是{x}拉我进群吧",
        "WX {x} 谢谢",
        "请加客服微信号{x}领取",
    ),
    "qq": (
        "QQ{x}，有空加一下",
        "加qq：{x}发截图",
        "扣扣{x}联系",
        "我的QQ号是{x}，账号被盗了",
        "企鹅号{x}登不上",
        "Q号{x} 会员没到账",
        "qq {x} 充错了",
        "加Q {x} 进群",
    ),
    "email": (
        "请把发票发到{x}",
        "邮箱{x}收不到验证码",
        "email:{x}，谢谢",
        "给{x}发了两封信都没人回",
        "注册的邮箱是{x}密码忘了",
        "电子合同发{x}一份吧",
        "联系{x}或者直接退款",
        "我的邮箱：{x}。请回复",
    ),
    "long_number": (
        "会员号{x}积分没了",
        "学号{x}的学生卡刷不了",
        "宽带账户{x}断网两天",
        "社保编号{x}查不到缴费",
        "户号{x}电费多扣了",
        "卡面上印的是{x}，激活失败",
        "机顶盒智能卡{x}没有信号",
        "工作证{x}进不了门",
    ),
    "name": (
        "{s}先生说会回电，一直没有",
        "接待我的{s}女士非常耐心",
        "{n}老师讲课很清楚",
        "找了{s}经理三次都推脱",
        "{n}师傅上门修得又快又好",
        "我叫{n}，昨天在你们店买的手机",
        "本人{n}，要求退还押金",
        "姓名：{n}，请核实",
        "联系人{n}，电话之后再说",
        "收件人：{n} 地址没变",
        "客服{n}态度很差",
        "快递员{n}每次都送到家门口",
        "点名表扬{n}医生，救了我爸",
        "护士{n}打针不疼",
        "我是{n}，订单一直没发货",
        "小{s}师傅人很实在",
        "老{s}经理答应给我换新的",
        "销售顾问{n}承诺送脚垫没有兑现",
        "{n}小姐帮我升级了房间",
        "店长{n}出来道歉了",
        "投诉{n}主任不作为",
        "感谢{n}工程师远程帮我解决",
        "前台{s}小姐一直微笑服务",
        "配送骑手{n}把汤洒了一半",
        "经办人：{n}，已过去两周",
        "我姓{s}，预约了明天的安装",
        "你好，我名字叫{n}，想咨询保修",
        "昨天是{n}女士接的电话，答复含糊",
        "开户名{n}，银行一直退票",
        "导购{n}推荐的尺码正好",
    ),
    "address": (
        "地址：{a}，请重新派送",
        "我住{a}，快递从来不送上门",
        "送到{a}结果放到了驿站",
        "{a}断网三天了没人管",
        "收货地址是{a}，麻烦改一下",
        "请上门到{a}来修空调",
        "{a}楼下的夜宵摊半夜还在吵",
        "家在{a}，楼道灯坏了两个月",
        "寄回{a}，运费谁出",
        "你们说{a}不在配送范围？",
        "我家（{a}）水压一直很低",
        "退货寄到{a}张女士收",
    ),
}

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "皇甫", "慕容")
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛超秀霞平刚桂英建国志明雪梅子轩浩宇欣怡梓涵雨桐思远佳琪晓燕俊凯嘉豪若曦海波振华春兰"
    "翀垚瞳甯骅"
)  # the last five are rare ones
PROVINCES = (
    ("广东省", "佛山市", "南海区"),
    ("江苏省", "无锡市", "滨湖区"),
    ("湖南省", "长沙市", "岳麓区"),
    ("", "上海市", "徐汇区"),
    ("", "北京市", "丰台区"),
    ("浙江省", "", "桐乡市"),
    ("四川省", "绵阳市", "三台县"),
    ("", "成都", "武侯区"),
    ("", "", "浦东新区"),
    ("", "", ""),
)
ROADS = (
    "人民路",
    "建设北路",
    "解放大道",
    "中山二路",
    "和平街",
    "桂花巷",
    "花园西街",
    "科技园南路",
    "滨河东路",
    "张杨路",
    "麓谷大道",
    "沿江中路",
)
ESTATES = ("阳光花园", "翠湖小区", "锦绣家园", "万和城", "丽景苑", "金色港湾", "大学城公寓", "新世纪广场", "东方公馆", "水岸名都")
SPOKEN = "零一二三四五六七八九"
FILLERS = "啊哈的加杠"


@dataclass(frozen=True)
class Case:
    """One sentence: its kind, what must not be readable after masking, whether it was disguised, whether it is held out."""

    kind: str
    text: str
    secret: str
    disguised: bool
    held: bool


def cases(count: int, *, seed: int = 7, held: bool | None = None) -> Iterator[Case]:
    """``count`` cases of each kind in turn; ``held`` keeps only the sentences of one side of the split."""
    rng = random.Random(seed)
    for kind, sentences in SENTENCES.items():
        for turn in range(count):
            place = rng.randrange(len(sentences))
            case = _case(kind, sentences[place], rng, disguised=turn % 2 == 1, held=place % 2 == 1)
            if held is None or case.held == held:
                yield case


def leaks(case: Case, masked: str) -> bool:
    """Whether a part of the secret that names a person can still be read: 4 digits in a row, the name, the id, a house number."""
    if case.kind == "name":
        return case.secret in masked
    if case.kind == "address":
        return any(part in masked for part in re.findall(r"[一-龥]{2,}\d+|\d+[号栋幢室]", case.secret))
    if case.kind in {"wechat", "email"}:
        left = re.sub("[\\s\u200b]", "", unicodedata.normalize("NFKC", masked)).lower()
        return case.secret.split("@")[0].lower() in left
    secret, left = _plain_digits(case.secret), _plain_digits(masked)
    return any(secret[i : i + 4] in left for i in range(len(secret) - 3))


def _plain_digits(text: str) -> str:
    text = re.sub("PHONE|IDCARD|CARD|CREDITCODE|PLATE|PASSPORT|NUM|QQ|WECHAT", "#", text)
    text = unicodedata.normalize("NFKC", text).translate(str.maketrans("幺〇" + SPOKEN, "10" + "0123456789"))
    return "".join(c for c in text if c.isascii() and c.isalnum() or c == "#")


def _case(kind: str, sentence: str, rng: random.Random, *, disguised: bool, held: bool) -> Case:
    if kind == "name":
        surname = rng.choice(COMPOUND) if rng.random() < 0.05 else rng.choice(SURNAMES)
        name = surname + "".join(rng.choice(GIVEN) for _ in range(rng.choice((1, 2, 2))))
        secret = name if "{n}" in sentence else _around(sentence, surname)
        return Case(kind, sentence.format(n=name, s=surname), secret, False, held)
    if kind == "address":
        address = _address(rng)
        return Case(kind, sentence.format(a=address), address, False, held)
    secret, written = _written(kind, rng, disguised)
    return Case(kind, sentence.format(x=written), secret, disguised, held)


def _around(sentence: str, surname: str) -> str:
    """Surname with the character before or after it, so that the surname in another word is no leak."""
    at = sentence.index("{s}")
    filled = sentence.format(s=surname)
    start = at - (sentence[at - 1] in "小老姓" if at else 0)
    return filled[start : at + len(surname) + (start == at)]


def _written(kind: str, rng: random.Random, disguised: bool) -> tuple[str, str]:
    secret = NUMBERS[kind](rng)
    ways = DISGUISES[kind] if disguised else PLAIN.get(kind, (str,))
    return secret, rng.choice(ways)(secret)


def _digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def _id_card(rng: random.Random) -> str:
    born = f"{rng.randint(1950, 2012)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    body = f"{rng.choice((110105, 320211, 430104, 440605, 510722))}{born}{_digits(rng, 3)}"
    total = sum(int(d) * pow(2, 17 - i, 11) for i, d in enumerate(body))
    return body + "10X98765432"[total % 11]


def _id_card_old(rng: random.Random) -> str:
    born = f"{rng.randint(30, 85)}{rng.randint(1, 12):02}{rng.randint(1, 28):02}"
    return f"{rng.choice((110105, 320211, 430104))}{born}{_digits(rng, 3)}"


def _wechat(rng: random.Random) -> str:
    shape = rng.choice(("wxid_{}", "zhang{}", "a{}b", "lucky-{}", "M_{}", "hello{}", "xiaoyu{}"))
    return shape.format(_digits(rng, rng.choice((4, 6, 8))))


def _mail(rng: random.Random) -> str:
    local = rng.choice(("li.na{}", "wang_{}", "{}", "jack-{}", "Sunny{}", "a.b+c{}")).format(_digits(rng, rng.choice((4, 6, 9))))
    return f"{local}@{rng.choice(('qq.com', '163.com', 'gmail.com', 'mail.sina.com.cn', 'example.org'))}"


def _plate(rng: random.Random) -> str:
    first = "".join(rng.choice("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") for _ in range(2))
    return rng.choice("京沪粤苏浙湘川鲁豫鄂") + rng.choice("ABCDEFG") + first + _digits(rng, 3)


def _new_energy_plate(rng: random.Random) -> str:
    kind = rng.choice("DF") + rng.choice("ABCDEFGHJK0123456789")
    return rng.choice("京沪粤苏浙湘") + rng.choice("ABC") + kind + _digits(rng, 4)


def _bank_card(rng: random.Random) -> str:
    bank = rng.choice(("622202", "621700", "436742", "528020", "6228480", "955880"))
    return (bank + _digits(rng, 13))[: rng.choice((16, 18, 19))]


def _credit_code(rng: random.Random) -> str:
    body = "".join(rng.choice("0123456789ABCDEFGHJKLMNPQRTUWXY") for _ in range(10))
    return f"9{rng.choice('1239')}{_digits(rng, 6)}{body}"


def _landline(rng: random.Random) -> str:
    return rng.choice(("010{}", "021{}", "0755{}", "0571{}", "0731{}")).format(rng.choice("2345678") + _digits(rng, 7))


NUMBERS: dict[str, Callable[[random.Random], str]] = {
    "mobile": lambda r: f"1{r.choice('3456789')}{_digits(r, 9)}",
    "landline": _landline,
    "service_number": lambda r: r.choice(("400", "800")) + r.choice("1268") + _digits(r, 6),
    "idcard": _id_card,
    "idcard_old": _id_card_old,
    "bank_card": _bank_card,
    "credit_code": _credit_code,
    "plate": _plate,
    "plate_new_energy": _new_energy_plate,
    "passport": lambda r: r.choice(("E4", "G4", "D4", "S4", "P4", "EA", "EB", "EC")) + _digits(r, 7),
    "wechat": _wechat,
    "qq": lambda r: r.choice("123456789") + _digits(r, r.choice((5, 7, 8, 9))),
    "email": _mail,
    "long_number": lambda r: r.choice("234567") + _digits(r, r.choice((6, 7, 8, 9))),
}


def _grouped(sizes: tuple[int, ...], by: str) -> Callable[[str], str]:
    def write(number: str) -> str:
        parts, rest = [], number
        for size in sizes:
            parts, rest = [*parts, rest[:size]], rest[size:]
        return by.join(part for part in (*parts, rest) if part)

    return write


def _spelled(number: str) -> str:
    return "".join(SPOKEN[int(c)] if c.isdigit() else c for c in number)


def _wide(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def _between(by: str) -> Callable[[str], str]:
    return lambda number: by.join(number)


def _keycaps(number: str) -> str:
    return "".join(c + "\ufe0f\u20e3" if c.isdigit() else c for c in number)


def _circled(number: str) -> str:
    return "".join("⓪①②③④⑤⑥⑦⑧⑨"[int(c)] if c.isdigit() else c for c in number)


def _yao(number: str) -> str:
    return _spelled(number).replace("一", "幺")


def _half_spelled(number: str) -> str:
    return number[:3] + _spelled(number[3:7]) + number[7:]


def _filled(number: str) -> str:
    return _grouped((3, 4), FILLERS[int(number[-1]) % len(FILLERS)])(number)


def _ohs(number: str) -> str:
    return number[:4] + number[4:].replace("0", "o")


_ANY = (
    _wide,
    _circled,
    _keycaps,
    _between("\u200b"),
    _between(" "),
    _grouped((3, 4, 4, 4), " "),
    _grouped((4, 4, 4, 4), "\u200d"),
)
_DIAL = (
    *_ANY,
    _spelled,
    _yao,
    _half_spelled,
    _between("-"),
    _grouped((3, 4), "."),
    _grouped((3, 4), " - "),
    _grouped((4, 4), "/"),
)

PLAIN: dict[str, tuple[Callable[[str], str], ...]] = {
    "mobile": (
        str,
        str,
        str,
        "+86{}".format,
        "86-{}".format,
        "+86 {}".format,
        "0086{}".format,
        _grouped((3, 4), "-"),
        _grouped((3, 4), " "),
    ),
    "landline": (
        str,
        lambda n: f"{n[:-8]}-{n[-8:]}",
        lambda n: f"({n[:-8]}){n[-8:]}",
        lambda n: f"{n[:-8]}-{n[-8:]}-802",
        lambda n: f"{n[:-8]} {n[-8:]}",
        lambda n: f"（{n[:-8]}）{n[-8:]}转6",
        lambda n: f"+86-{n[1:-8]}-{n[-8:]}",
        lambda n: f"{n[:-8]}—{n[-8:]}",
    ),
    "service_number": (str, _grouped((3, 3), "-"), _grouped((3, 4), "-"), _grouped((3, 3), " ")),
    "idcard": (str, str, str.lower),
    "bank_card": (str, str, _grouped((4, 4, 4, 4), " "), _grouped((4, 4, 4, 4), "-")),
    "plate": (str, str, lambda n: f"{n[:2]}·{n[2:]}", lambda n: f"{n[:2]} {n[2:]}"),
    "plate_new_energy": (str, lambda n: f"{n[:2]}·{n[2:]}"),
}

DISGUISES: dict[str, tuple[Callable[[str], str], ...]] = {
    "mobile": (*_DIAL, _filled, _ohs),
    "landline": (*_DIAL,),
    "service_number": (*_DIAL,),
    "idcard": (*_ANY, _grouped((6, 8), "-"), _grouped((6, 8), " ")),
    "idcard_old": (*_ANY, _grouped((6, 6), " ")),
    "bank_card": (*_ANY, _spelled, _grouped((4, 4, 4, 4), ".")),
    "credit_code": (_wide, _between("\u200b"), _grouped((4, 4, 4, 4), " "), str.lower),
    "plate": (_wide, _between("\u200b"), str.lower, lambda n: f"{n[0]} {n[1]} {n[2:]}", lambda n: f"{n[:2]}-{n[2:]}"),
    "plate_new_energy": (_wide, _between("\u200b"), str.lower, lambda n: f"{n[:2]}-{n[2:]}"),
    "passport": (_wide, _between("\u200b"), str.lower, lambda n: f"{n[:2]} {n[2:]}"),
    "wechat": (_wide, _between("\u200b"), str.upper),
    "qq": (_wide, _between("\u200b"), _between(" "), _spelled, _circled, _grouped((3, 3), "-")),
    "email": (
        _wide,
        _between("\u200b"),
        lambda m: m.replace("@", " @ "),
        lambda m: m.replace("@", "(at)"),
        lambda m: m.replace("@", "#"),
        str.upper,
    ),
    "long_number": (_wide, _between("\u200b"), _circled, _between(" ")),
}


def _address(rng: random.Random) -> str:
    province, city, district = rng.choice(PROVINCES)
    road = f"{rng.choice(ROADS)}{rng.randint(2, 900)}{rng.choice(('号', '号', '弄', '-2号'))}"
    tower, floor = rng.randint(1, 30), rng.randint(1, 28) * 100 + rng.randint(1, 8)
    flats = (
        f"{tower}栋{floor}室",
        f"{tower}号楼2单元{floor}",
        f"{tower}幢{floor}",
        f"A{tower}栋{floor}房",
        f"{tower}-2-{floor}室",
    )
    estate = rng.choice(ESTATES) + rng.choice(flats)
    village = rng.choice(("青石镇", "白马乡", "龙泉街道")) + rng.choice(("大塘村", "新桥村", "和平社区"))
    house = f"{village}{rng.randint(1, 9)}组{rng.randint(1, 99)}号"
    return f"{province}{city}{district}" + rng.choice((road, road + estate, estate, house, f"{road}{tower}号楼{floor}"))


CLEAN: tuple[str, ...] = (
    "王府井那家店的经理态度很好，味道也高兴",
    "师傅来得很快，马上就修好了",
    "方便面口味不错，金黄酥脆",
    "周到的服务，温和的语气，给满分",
    "价格1999元，降到1799.00元也没给我补差价",
    "2026年10月21日下单，20261023才发货，到27号还没到",
    "订单号：20261021778，物流单号8834567一直不更新",
    "显卡是RTX4090，内存16GB+512GB，分辨率1920x1080，刷新率144Hz",
    "3号线转10号线很方便，出站走500米就到",
    "中山路那家比解放路的好吃，北京市场价更低",
    "12:30到15:45之间都没有人接待，8月1日至8月15日活动",
    "买了3件，花了268.5元，比上次便宜20%",
    "高老师傅的手艺真不错",
    "经理说马上处理，医生也很专业，护士小姐都很温柔",
    "先生和女士的洗手间都很干净，小姐姐态度好",
    "黄山的房间视野好，白天安静，江边风大",
    "安装师傅很专业，快递员很有礼貌，客服一直微笑",
    "我是老顾客了，一直在这家买，常来",
    "我是真心推荐，我叫了外卖等了两个小时",
    "本人非常满意，本人觉得性价比高",
    "联系人工客服要等很久",
    "微信支付总是失败，QQ音乐也登录不上，微信里看不到记录",
    "电话打不通，手机号换了不能登录",
    "5号楼停水，电梯三天没修，业主都很生气",
    "从省到市到区都没人管，小区路灯也不亮",
    "住了三晚，1208房间空调坏了，换到1506",
    "型号X1C2021款的比2020款做工差",
    "高清屏幕，钱花得值，方法简单，任何人都能用",
    "程序老是闪退，成本太高，金额不对，石头硬",
    "护照办理要等多久，身份证要带原件吗",
    "第1000000个顾客有礼品吗，点赞破1000000了",
    "温度38.5度，湿度60%，功率2000W，电池10000mAh",
    "老人家说老师都很好，小朋友也喜欢",
    "一二三四五星都给你，一万个赞，三百六十五天都用",
    "我们一家三口住了两天一夜，花了一千二百块",
    "QQ弹弹的口感，V领设计显瘦",
    "客服说三天内退款，结果七天还没到",
    "于经常出差的人来说很方便，对方经理没有回应",
    "保安师傅和班主任老师都在场，现任经理也来了",
    "沈阳的货发得快，贵阳的慢，苏州的最好",
    "车开了三年，百公里油耗7.5L，保养花了860元",
    "书的ISBN印得模糊，第7版和第8版内容差不多",
)

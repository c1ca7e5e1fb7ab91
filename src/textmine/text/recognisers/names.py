"""Persons' names: a surname with a title behind it, a role before it, or words that introduce it.

The surname list is a shipped file that no bundle replaces: a bundle must not be able to unmask anybody.
"""

from __future__ import annotations

from importlib.resources import files

from textmine.text.recognisers.shape import HAN, SEVEN_SAID, SIGN, Recogniser, any_of, compiled

VOCABULARY = files("textmine") / "vocabulary"


def _lines(name: str) -> list[str]:
    return [line for line in (VOCABULARY / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _surname(*, apart: bool, whole: bool) -> str:
    """One alternation over the single-character surnames that do not end (``apart``) or begin (``whole``) another word."""
    found = []
    for surname, before, after in ROWS:
        ahead = f"(?![{after}])" if whole and after != "-" else ""
        behind = f"(?<![{before}]{surname})" if apart and before != "-" else ""
        found.append(f"{surname}{ahead}{behind}")
    return f"(?:{'|'.join(found)})"


DOUBLE = any_of("""欧阳 司马 上官 诸葛 皇甫 慕容 尉迟 长孙 宇文 司徒 夏侯 令狐 东方 公孙 轩辕 端木 呼延 南宫 独孤 申屠 闻人
                   百里 東方 歐陽 諸葛""")
TRADITIONAL = "張陳黃趙吳劉楊孫馬羅鄭謝韓馮許鄧蕭彭呂蘇盧蔣賈葉閻鍾陸譚鄒龍萬錢湯黎賀賴龔顧倪嚴溫蘆齊莊關費紀"
ROWS = [line.split("\t") for line in _lines("surnames.txt")] + [[surname, "-", "-"] for surname in TRADITIONAL]
GIVEN = f"[{''.join(_lines('given_names.txt'))}]"
# No name goes on with these: particles, pronouns, titles, verbs that tell what the person did.
NOT_GIVEN = (
    "的了是和在这那个们我你您他她它很也都就不没说让给找请被把跟与及对向位名吗呢吧啊哦嘛么着过得地还又再才只最太更真会"
    "能要想叫姓先女小老经师医大主总店客司副两几"
)
ANY = f"(?:(?![{NOT_GIVEN}])[{HAN}])"
FREE, BOUND = _surname(apart=False, whole=False), _surname(apart=False, whole=True)
LONE, LONE_BOUND = _surname(apart=True, whole=False), _surname(apart=True, whole=True)
FIRST = f"[{''.join(sorted({row[0] for row in ROWS} | {name[0] for name in DOUBLE.split('|')}))}]"
NEAR = f"(?=[小老]?{FIRST})"  # spares the long alternations
# 王国 alone is a word, 王国强 a name: a word that goes on with a given name's character is taken for a name.
FULL = f"(?:(?:{DOUBLE}){ANY}{{1,2}}|{BOUND}{ANY}{{1,2}}|{FREE}{ANY}{GIVEN})"
LONE_FULL = f"(?:(?:{DOUBLE}){ANY}{{0,2}}|{LONE_BOUND}{ANY}{{1,2}}|{LONE}{ANY}{GIVEN})"
# Where nothing tells the end of the name, only characters that given names are made of.
SURE = f"(?:(?:{DOUBLE}){GIVEN}{{1,2}}|{BOUND}{GIVEN}{{1,2}})"

TITLES = """先生 女士 小姐 老师 经理 师傅 医生 大夫 主任 院长 校长 教授 律师 店长 老板 主管 总监 队长 警官 书记 局长 科长 处长
            所长 站长 护士 工程师 导游 教练 顾问 专员 助理 阿姨 叔叔 大爷 大姐 大哥 同学 經理 師傅 老師 醫生"""
TITLE = f"(?:(?!小姐姐|老师傅|老板娘)(?:{any_of(TITLES)}))"
CUES = any_of("""联系人 收件人 收货人 寄件人 发件人 签收人 经办人 负责人 投诉人 反映人 申请人 预订人 入住人 持卡人 被保险人
                 乘机人 当事人 责任人 开户名 户名 姓名 名字 客户名 患者 乘客 业主 住户 房东 店主""")
ROLES = any_of("""客服 快递员 快递小哥 外卖员 外卖小哥 配送员 配送骑手 送餐员 骑手 派件员 送货员 店长 导购 导购员 前台 收银员
                  店员 服务员 营业员 司机 护士 医生 大夫 顾问 销售 业务员 柜员 维修员 安装工 维修工 工程师 技师 技术员 主管
                  经理 老师 教练 导游 保安 保洁 管家 专员 店主 老板 主任 律师 员工 坐席 接线员 话务员 客户 用户 会员 顾客 旅客
                  学员 家长""")
STOP = rf"[，。！？；：、,.!?;:\s（(）)\"”」\]0-9{SIGN}]|$"
BEHIND_NAME = any_of("电话 手机 身份 证件 地址 性别 年龄 联系 号码 微信 预约 订 购买 昨天 今天 前天 先生 女士")
BEHIND_ROLE = any_of("""态度 服务 打 说 讲 问 答 每次 每天 很 非常 特别 十分 真 太 超 人 的 把 被 在 给 帮 没 不 让 送 一 出来
                        推荐 承诺 接 上门 还 就 也 都 来 去 为 对 跟 和 向 骂 吼 拒 要 会 能 迟 晚 乱 故意 技术 手艺 工作 业务
                        水平 专业 耐心 热情 细心 认真 负责 积极 主动 处理 解决 表示 反馈 反映 来电 投诉 称 咨询 询问 告 回
                        介绍 沟通 先生 女士 老师 师傅 小姐""")

# 康师傅 is a brand of noodles.
TITLED = Recogniser(
    "NAME",
    compiled(
        f"(?!康师傅)(?=[小老]?{FIRST}[{HAN}]{{0,3}}?{TITLE})(?P<secret>[小老]{FREE}|{LONE_FULL}|{LONE})(?={TITLE})",
        f"|(?={FIRST}[总姐哥])(?P<secret_short>{LONE})(?=[总姐哥](?:{STOP}|{BEHIND_ROLE}))",
    ),
    any_of(TITLES) + "|[总姐哥]",
)
TOLD = f"{STOP}|{BEHIND_NAME}"
INTRODUCED = Recogniser(
    "NAME",
    compiled(
        rf"(?:(?:{CUES})\s?(?:[:：]|[是为叫])?\s{{0,2}}|(?:我是|本人是?|本人叫|这里是|我就是)\s?",
        r"|(?P<called>我叫|[名字]叫|[个位妈爸亲公婆子儿友]叫|我的名字是|叫做)\s?[:：]?\s?)",
        f"{NEAR}(?P<secret>{FULL}(?(called)(?={TOLD}|的)|(?={TOLD}))|{SURE})",
    ),
    f"{CUES}|我叫|[名字个位妈爸亲公婆子儿友]叫|我的名字|叫做|我是|本人|这里是|我就是",
)
IN_ROLE = Recogniser(
    "NAME",
    compiled(rf"(?:{ROLES})\s?(?:叫|是|[:：])?\s?{NEAR}(?P<secret>(?:{FULL}|[小老]{BOUND})(?={STOP}|{BEHIND_ROLE})|{SURE})"),
    ROLES,
)
SURNAMED = Recogniser(
    "NAME",
    compiled(
        rf"(?:[我他她]|免贵|本人|客户|对方)姓\s?(?P<secret>{FREE})(?![氏名])",
        "|",
        f"姓(?P<secret_of>{FREE})(?=的(?:{any_of('先生 女士 师傅 经理 客服 人 小 老 店 服 工 那 技')}))",
    ),
    "姓",
)
BEFORE_NAME = r"(?<=[，。！？；：、,.!?;:\s（(])"
# 张三 13800138000 北京市...: a name beside what is masked already, with nothing else around it.
BESIDE = Recogniser(
    "NAME",
    compiled(
        rf"(?:{BEFORE_NAME}{NEAR}|^{NEAR})(?P<secret>{FULL})(?=[\s,，、:：(（]{{0,2}}[{SIGN}])",
        "|",
        rf"(?<=[{SIGN}])[\s,，、]{{0,2}}{NEAR}(?P<secret_behind>{FULL})(?=收(?:[，。！\s]|$)|[，。！；,\s{SIGN}]|$)",
    ),
    f"{SEVEN_SAID}|@",
)
# 王晓梅 手机：13800138000, 张三的电话是..., 此致 敬礼 王晓梅, 工号1024的刘洋: a name in a signature or behind a staff number.
CONTACTS = any_of("联系电话 联系方式 联系手机 手机 电话 微信 邮箱 (?i:qq|vx|tel|e-?mail)")
LINK = r"[\s:：,，。.!！\-—]"
SIGNED = Recogniser(
    "NAME",
    compiled(
        rf"(?:{BEFORE_NAME}|(?<=[{SIGN}])|^){NEAR}(?P<secret>{FULL}(?=[\s,，、:：(（]|的)|{SURE})",
        rf"(?=[\s,，、:：(（]{{0,3}}的?(?:{CONTACTS})(?:号码?)?[\s:：是]{{0,3}}(?:[{SIGN}]|\+?[0-9*]{{3}}))",
        "|",
        rf"(?:签名|签字|落款|署名)(?:人|是)?{LINK}{{0,3}}{NEAR}(?P<secret_below>{FULL})(?={STOP})",
        "|",
        rf"(?:此致|敬礼){LINK}{{0,9}}{NEAR}(?P<secret_at_end>{FULL})(?=[\s，。,.]{{0,3}}(?:[0-9{SIGN}]|$))",
        "|",
        rf"工号(?:是|为)?[\s:：]{{0,2}}(?:[A-Za-z]{{0,4}}[0-9]{{1,12}}|[{SIGN}])[\s:：,，]{{0,2}}的?\s?",
        f"{NEAR}(?P<secret_numbered>{FULL}(?={STOP}|{BEHIND_ROLE})|{SURE})",
    ),
    # 秋秋 and 球球 make a QQ, which is read as a contact in the next round
    f"{CONTACTS}|秋秋|球球|签[名字]|落款|署名|此致|敬礼|工号",
)
# A name that is introduced or has a title is told whole; what stands behind a role is looked at last.
NAMES = {
    "name_introduced": INTRODUCED,
    "name_titled": TITLED,
    "name_in_role": IN_ROLE,
    "surname_told": SURNAMED,
    "name_beside": BESIDE,
    "name_signed": SIGNED,
}

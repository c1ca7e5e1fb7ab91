"""Persons' names: a surname with a title behind it, a role before it, or words that introduce it.

The surname list is a shipped file that no bundle replaces: a bundle must not be able to unmask anybody.
"""

from __future__ import annotations

import re
from importlib.resources import files

from textmine.text.recognisers.shape import HAN, Recogniser, compiled

_VOCABULARY = files("textmine") / "vocabulary"


def _lines(name: str) -> list[str]:
    return [line for line in (_VOCABULARY / name).read_text("utf-8").splitlines() if line and not line.startswith("#")]


def _choices(rows: list[list[str]], *, apart: bool, whole: bool) -> str:
    """One alternation over all surnames that do not end (``apart``) or begin (``whole``) another word."""
    found = []
    for surname, before, after in rows:
        ahead = f"(?![{after}])" if whole and after != "-" else ""
        behind = f"(?<![{before}]{surname})" if apart and before != "-" else ""
        found.append(f"{surname}{ahead}{behind}")
    return f"(?:{'|'.join(found)})"


COMPOUND = "欧阳|司马|上官|诸葛|皇甫|慕容|尉迟|长孙|宇文|司徒|夏侯|令狐|东方|公孙|轩辕|端木|呼延|南宫|独孤|申屠|闻人|百里|東方|歐陽|諸葛"
TRADITIONAL = "張陳黃趙吳劉楊孫馬羅鄭謝韓馮許鄧蕭彭呂蘇盧蔣賈葉閻鍾陸譚鄒龍萬錢湯黎賀賴龔顧倪嚴溫蘆齊莊關費紀"
ROWS = [line.split("\t") for line in _lines("surnames.txt")] + [[surname, "-", "-"] for surname in TRADITIONAL]
GIVEN = f"[{''.join(_lines('given_names.txt'))}]"
# No name goes on with these: particles, pronouns, verbs that introduce what the person did.
ANY = f"(?:(?![的了是和在这那个们我你您他她它很也都就不没说让给找请被把跟与及对向位名吗呢吧啊哦嘛么着过得地还又再才只最太更真会能要想叫姓先女小老经师医大主总店客先司副两几])[{HAN}])"
FIRST = f"[{''.join(sorted({surname[0] for surname in (*(row[0] for row in ROWS), *COMPOUND.split('|'))}))}]"
FREE, BOUND = _choices(ROWS, apart=False, whole=False), _choices(ROWS, apart=False, whole=True)
LONE, LONE_BOUND = _choices(ROWS, apart=True, whole=False), _choices(ROWS, apart=True, whole=True)
# 王国 alone is a word, 王国强 a name: a word that goes on with a given name's character is taken for a name.
FULL = f"(?:(?:{COMPOUND}){ANY}{{1,2}}|{BOUND}{ANY}{{1,2}}|{FREE}{ANY}{GIVEN})"
LONE_FULL = f"(?:(?:{COMPOUND}){ANY}{{0,2}}|{LONE_BOUND}{ANY}{{1,2}}|{LONE}{ANY}{GIVEN})"
SURE = f"(?:(?:{COMPOUND}){GIVEN}{{1,2}}|{BOUND}{GIVEN}{{1,2}})"

POLITE = r"先生|女士|小姐(?!姐)|老师(?!傅)|经理|师傅|医生|大夫|主任|院长|校长|教授|律师|店长|老板(?!娘)|主管|总监|队长|警官|书记|局长|科长|处长|所长|站长|护士|工程师|" \
         r"导游|教练|顾问|专员|助理|阿姨|叔叔|大爷|大姐|大哥|同学|先[⽣生]|經理|師傅|老師|醫生"
END_OF_NAME = r"(?=[，。！？；：、,.!?;:\s（(）)\"”」\]]|$|电话|手机|身份|证件|地址|性别|年龄|联系|号码|微信|预约|订|购买|昨天|今天|前天|先生|女士)"
GOES_ON = (r"(?=[，。！？；：、,.!?;:\s（(）)]|$|态度|服务|打|说|讲|问|答|每次|每天|很|非常|特别|十分|真|太|超|人|的|把|被|在|给|帮|没|不|让|送|一直|一|出来|推荐|承诺|接|上门|还|就|也|都|来|去|"
           r"为|对|跟|和|向|骂|吼|拒|要|会|能|迟|晚|乱|故意|技术|手艺|工作|业务|水平|专业|耐心|热情|细心|认真|负责|积极|主动|处理|解决|表示|告|回|介绍|沟通|先生|女士|老师|师傅|小姐)")
ROLE = (r"(?:客服|快递员|快递小哥|外卖员|外卖小哥|配送员|配送骑手|送餐员|骑手|派件员|送货员|店长|导购|导购员|前台|收银员|店员|服务员|营业员|司机|护士|医生|大夫|顾问|销售|"
        r"业务员|柜员|维修员|安装工|维修工|工程师|技师|技术员|主管|经理|老师|教练|导游|保安|保洁|管家|专员|店主|老板|主任|律师|员工|坐席|接线员|话务员)")
CUE = (r"(?:联系人|收件人|收货人|寄件人|发件人|签收人|经办人|负责人|投诉人|反映人|申请人|预订人|入住人|持卡人|被保险人|乘机人|开户名|户名|姓名|名字|客户名|患者|乘客|"
       r"业主|住户|房东|店主|当事人|责任人|本人姓名)")

TITLED = Recogniser("NAME", compiled(f"(?!康师傅)(?=[小老]?{FIRST}[{HAN}]{{0,3}}?(?:{POLITE}))(?P<secret>[小老]{FREE}|{LONE_FULL}|{LONE})(?={POLITE})"), re.sub(r"\(\?![^)]*\)", "", POLITE))
INTRODUCED = Recogniser(
    "NAME",
    compiled(rf"{CUE}\s?(?:[:：]|[是为叫])?\s{{0,2}}(?P<secret>{FULL}{END_OF_NAME}|{SURE})",
             "|", rf"(?:我叫|我名叫|[名字]{{1,2}}叫|我的名字是|叫做)\s?[:：]?\s?(?P<secret_2>{FULL}{END_OF_NAME}|{SURE})",
             "|", rf"(?:我是|本人|本人是|本人叫|这里是|我就是)\s?(?P<secret_3>{FULL}{END_OF_NAME}|{SURE})"),
    f"{CUE}|我叫|我名叫|[名字]叫|我的名字|叫做|我是|本人|这里是|我就是")
IN_ROLE = Recogniser(
    "NAME",
    compiled(rf"{ROLE}\s?(?:叫|是|[:：])?\s?(?P<secret>{FULL}{GOES_ON}|{SURE}|[小老]{BOUND}{GOES_ON})"),
    ROLE)
SURNAMED = Recogniser(
    "NAME",
    compiled(rf"(?:[我他她]|免贵|本人|客户|对方)姓\s?(?P<secret>{FREE})(?![氏名])", "|", rf"姓(?P<secret_2>{FREE})(?=的(?:先生|女士|师傅|经理|客服|人|小|老|店|服|工|那|技))"),
    "姓")
NAMES = {"name_introduced": INTRODUCED, "name_titled": TITLED, "name_in_role": IN_ROLE, "surname_told": SURNAMED}

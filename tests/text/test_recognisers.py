"""Each recogniser: what it takes, what it leaves, and that nothing makes it slow."""

from __future__ import annotations

import time

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from stdnum.cn import ric, uscc

from tests.text.masking_templates import NUMBERS, cases
from textmine.text.mask import mask_text
from textmine.text.recognisers import MASKS, RECOGNISERS

HOSTILE = (
    "1",
    "13",
    "138",
    "0",
    "01",
    "1 3 ",
    "1-3-8-",
    "一",
    "一三",
    "4 0 0 ",
    "86",
    "+86",
    "a",
    "a@",
    "@",
    "a@a.",
    "qq ",
    "QQ1 ",
    "微信",
    "微信a1",
    "加v",
    "护照E",
    "护照E1 ",
    "京A1",
    "京A1B2",
    "9 A ",
    "王",
    "王小",
    "先生",
    "王先生",
    "我叫王",
    "姓名：",
    "客服",
    "客服王",
    "我姓",
    "省市区",
    "路1",
    "中山路1号",
    "中山路1-",
    "A",
    "栋1",
    "1单元",
    "小区1",
    "王晓梅 手机：",
    "张三的电话",
    "此致 敬礼 ",
    "工号1",
    "签名：王",
    "地址：路1",
    "单号",
    "单号：1",
    "12345678 ",
    "3 5 3 6 ",
    "123-456-",
    "1234 5678 ",
    " ",
    "(",
    "0(",
    "1o",
    "，",
    "\t",
    "好",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("身份证11010519491231002X", "身份证IDCARD"),
        ("身份证110105 1949 1231 0021 已交", "身份证IDCARD 已交"),
        ("税号91350100M000100Y43", "税号CREDITCODE"),
        ("车牌京A·12345和粤BD12345", "车牌PLATE和PLATE"),
        ("护照号E12345678，G12345678是我的护照", "护照号PASSPORT，PASSPORT是我的护照"),
    ],
)
def test_numbers_of_the_state(text: str, expected: str) -> None:
    assert mask_text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("13800138000打不通", "PHONE打不通"),
        ("电话+86 138-0013-8000或(0755)88886666转801", "电话PHONE或PHONE"),
        ("一三八零零一三八零零零一直占线", "PHONE一直占线"),
        ("幺三八，零零幺三，八零零零", "PHONE"),
        ("138哈0013哈8000。1 3 8 0 0 1 3 8 0 0 0", "PHONE。PHONE"),
        ("138oo138ooo", "138oo138ooo"),
        ("1380o138ooo", "PHONE"),
        ("400-820-8820，座机 8888-6666", "PHONE，座机 PHONE"),
    ],
)
def test_telephone_numbers_written_and_spoken(text: str, expected: str) -> None:
    assert mask_text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("卡号6222 0212 3456 7890 123", "卡号CARD"),
        ("发到li.na+1@mail.example.cn吧", "发到EMAIL吧"),
        ("邮箱abc123 # qq.com", "邮箱EMAIL"),
        ("加我微信：lucky_77，QQ 一二三四五六", "加我微信：WECHAT，QQ QQ"),
        ("会员号7654321没了，户号 7 6 5 4 3 2 1", "会员号NUM没了，户号 NUM"),
    ],
)
def test_accounts_and_other_numbers(text: str, expected: str) -> None:
    assert mask_text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("周先生和小李师傅", "NAME先生和NAME师傅"),
        ("感谢张伟师傅，王国强经理", "感谢NAME师傅，NAME经理"),
        ("我叫欧阳明，联系人：李四13800138000", "我叫NAME，联系人：NAME PHONE"),
        ("客服李娜态度好，我姓刘", "客服NAME态度好，我姓NAME"),
        ("张三 13800138000 北京市海淀区中关村大街27号", "NAME PHONE ADDRESS"),
    ],
)
def test_names_with_title_role_or_introduction(text: str, expected: str) -> None:
    assert mask_text(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("等了八天还没退钱，请核实。\n\n王晓梅\n手机：13800138000", "等了八天还没退钱，请核实。\n\nNAME\n手机：PHONE"),
        ("请尽快处理。 王晓梅 手机：13800138000", "请尽快处理。 NAME 手机：PHONE"),
        ("王晓梅 电话 13800138000", "NAME 电话 PHONE"),
        ("王晓梅，手机号138****8000", "NAME，手机号138****8000"),
        ("谢谢！王晓梅 13800138000", "谢谢！NAME PHONE"),
        ("欧阳晓 微信号：lucky_77", "NAME 微信号：WECHAT"),
        ("王晓梅 QQ：12345678", "NAME QQ：QQ"),
        ("王晓梅 li.na@example.cn", "NAME EMAIL"),
        ("张三的电话是13800138000", "NAME的电话是PHONE"),
        ("签名：王晓梅", "签名：NAME"),
        ("落款：王晓梅", "落款：NAME"),
        ("此致 敬礼！ 王晓梅 2026年10月21日", "此致 敬礼！ NAME 2026年10月21日"),
        ("此致 王晓梅", "此致 NAME"),
        ("工号1024的刘洋态度差，工号：A7 刘洋", "工号1024的NAME态度差，工号：A7 NAME"),
    ],
)
def test_names_in_a_signature_or_behind_a_staff_number(text: str, expected: str) -> None:
    assert mask_text(text) == expected
    assert mask_text(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("住在北京市朝阳区建国路88号3栋1201室楼下", "住在ADDRESS楼下"),
        ("送到阳光花园3-2-501，5栋2单元301室", "送到ADDRESS，ADDRESS"),
        ("地址：青石镇新桥村3组12号", "地址：ADDRESS"),
        ("建国路 88 号 A 座 1502 室", "ADDRESS"),
    ],
)
def test_addresses_down_to_the_house(text: str, expected: str) -> None:
    assert mask_text(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "北京市朝阳区中山路",
        "地铁3号线2号口，万达广场3楼",
        "我们5号楼停水",
        "王府井，高兴，方便，经理，保安师傅，班主任老师，对方经理",
        "康师傅，小姐姐，老板娘",
        "原来的手机号138****8000，单位电话138****8000，常来 微信支付",
        "工号1024的客服态度差，工号1024的高级技师很好",
        "签名：支持国货。此致 敬礼 全体业主",
        "2026-10-21 15:30:00，20261021，20261021153000",
        "价格1999999元，首付3800000",
        "订单号：202610211234567890，8834567是订单号",
        "ISBN 978-7-111-05425-2",
        "1920x1080，35 36 37 38 39 40 41 42码，10000mAh",
        "8888888，6666666，1111111，1000000，2333333",
        "10086，12345热线",
        "13年14年15年16年17年1",
        "QQ音乐，微信支付，微信 iPhone12",
        "新mate20",
        "138****8000",
        "一二三四五六七八九十",
    ],
)
def test_what_names_nobody_stays(text: str) -> None:
    assert mask_text(text) == text


def test_a_wrong_checksum_does_not_unmask() -> None:
    for case in cases(30, seed=3):
        if case.kind == "idcard":
            assert ric.calc_check_digit(case.secret) == case.secret[-1]
            wrong = case.secret[:-1] + ("1" if case.secret[-1] != "1" else "2")
            assert mask_text(f"证件{wrong}") == "证件IDCARD"
    assert uscc.is_valid("91350100M000100Y43") and mask_text("税号91350100M000100Y44") == "税号CREDITCODE"


def test_the_templates_cover_every_mask() -> None:
    words = "EMAIL IDCARD CREDITCODE PASSPORT PLATE CARD PHONE QQ WECHAT ADDRESS NAME NUM"
    assert sorted(MASKS) == sorted(words.split())
    assert len({case.kind for case in cases(1)}) == len(NUMBERS) + 2


@pytest.mark.parametrize("name", RECOGNISERS)
def test_no_recogniser_finds_a_boundary_by_backslash_b(name: str) -> None:
    assert r"\b" not in RECOGNISERS[name].pattern.pattern


@pytest.mark.slow
@pytest.mark.parametrize("name", RECOGNISERS)
def test_a_hundred_thousand_hostile_characters_take_a_fifth_of_a_second(name: str) -> None:
    recogniser = RECOGNISERS[name]
    slowest = max(_seconds(recogniser.pattern, (piece * 100_000)[:100_000]) for piece in (*HOSTILE, "".join(HOSTILE)))
    assert slowest <= 0.2


@pytest.mark.parametrize("name", RECOGNISERS)
def test_the_cheap_test_passes_every_text_the_pattern_finds_something_in(name: str) -> None:
    recogniser = RECOGNISERS[name]
    texts = [case.text for case in cases(20, seed=5) if recogniser.pattern.search(case.text)]
    assert all(pc.match_substring_regex(pa.array(texts, pa.string()), recogniser.needs).to_pylist())


def _seconds(pattern, text: str) -> float:
    times = []
    for _ in range(2):
        begin = time.process_time()
        sum(1 for _ in pattern.finditer(text))
        times.append(time.process_time() - begin)
        if times[-1] < 0.1:
            break
    return min(times)

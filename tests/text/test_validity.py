"""Which texts can be scored, and in which language they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from textmine.tables import VALIDITIES
from textmine.text.cleaner import Cleaner
from textmine.text.validity import judge, language

cleaner = Cleaner.load(Path(__file__).parents[2] / "src" / "textmine" / "vocabulary")
EXPECTED = {
    "no_content": ["无", "没有。", "暂无", "N/A", "n/a", "没有意见", "无，无", "/", "--", "PHONE", "不知道"],
    "template": ["此用户没有填写评价。", "系统默认好评!", "评价方未及时做出评价,系统默认好评!", "该用户未填写评价内容"],
    "noise": [
        "asdfgh",
        "1111111",
        "123",
        "。。。。",
        "？？？",
        "hhhhh",
        "asdasdasd",
        "sdkjfhgks",
        "啊啊啊啊啊",
        "哈哈哈哈",
        "嘿嘿嘿",
        "的的的的",
        "发发发发发",
        "NUM",
        "URL",
        "a",
        "一",
    ],
    "advert": ["代开发票，加微信WECHAT", "兼职日结，月入过万，加群QQ", "免费领取优惠，低价批发，详询PHONE"],
    "other_language": [
        "The food was cold and the waiter was rude",
        "とても美味しかったです",
        "서비스가 좋아요",
        "very good",
        "Очень плохо",
    ],
    "ok": [
        "好",
        "好好好好好好好",
        "差差差",
        "不错不错不错",
        "垃圾垃圾垃圾",
        "[拇指向上][拇指向上][拇指向上]",
        "666",
        "666666",
        "ok",
        "质量好，推荐",
        "iPhone XR good 好用",
        "发票一直不开，投诉加微信WECHAT也没用，代理骗人",
        "客服说加我PHONE",
    ],
}


@pytest.mark.parametrize(("text", "expected"), [(text, validity) for validity, texts in EXPECTED.items() for text in texts])
def test_each_kind_of_text_is_known(text: str, expected: str) -> None:
    assert judge([text], [False], cleaner=cleaner)[0] == [expected]


def test_an_empty_text_is_no_customer_text_where_staff_spoke() -> None:
    assert judge(["", "", "好"], [False, True, True], cleaner=cleaner)[0] == ["empty", "no_customer_text", "ok"]


def test_every_validity_is_one_that_tables_declare() -> None:
    assert {*EXPECTED, "empty", "no_customer_text"} == set(VALIDITIES)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("很好", "zh"),
        ("Windows 10 LTSC 卡", "zh"),
        ("The room is clean", "en"),
        ("ok", "en"),
        ("Le repas était froid et sans goût", "other"),
        ("とても美味しい", "other"),
        ("좋아요", "other"),
        ("不错ツ", "zh"),
        ("。。。", None),
        ("PHONE URL", None),
        ("12345", None),
        ("", None),
    ],
)
def test_language_is_that_of_the_letters_outside_masks(text: str, expected: str | None) -> None:
    assert language(text) == expected


def test_a_text_is_judged_the_same_alone_and_among_others() -> None:
    texts = [text for group in EXPECTED.values() for text in group]
    texts.append("物流很慢，包装破了，客服态度也不好，打电话没人接，等了三天才有人回复，以后不会再来了，太失望了。")
    together = judge(texts, [False] * len(texts), cleaner=cleaner)
    alone = [judge([text], [False], cleaner=cleaner) for text in texts]
    assert together == ([one[0][0] for one in alone], [one[1][0] for one in alone])

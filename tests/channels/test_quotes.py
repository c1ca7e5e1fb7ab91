from __future__ import annotations

import time

import pandas as pd
import pytest

from textmine.channels.quotes import HAS_MARKS, own_words
from textmine.channels.values import found_in

CASES = {
    "坏了\n> 您好\n> 请稍等": "坏了",
    "坏了\n\n在 2026年11月3日，14:05，客服 <a@b.cn> 写道：\n> 您好\n还没到": "坏了\n\n还没到",
    "坏了\nOn Tue, Nov 3, 2026 at 2:05 PM Bob <b@x.com> wrote:\nold mail": "坏了",
    "坏了\n-----原始邮件-----\n发件人：客服\n旧的": "坏了",
    "坏了\n发件人：客服\n发送时间：2026年11月3日\n主题：答复\n\n旧的": "坏了",
    "坏了\n-- \n王某\n某公司": "坏了",
    "坏了\n\n发自我的iPhone": "坏了",
    "坏了\n\n此致\n敬礼\n王某": "坏了",
    "---------- Forwarded message ---------\n发件人：王某\n主题：投诉\n\n我要投诉": "我要投诉",
    "> 只有引用": "",
}
KEPT = ["发件人：填错了怎么改", "我在三楼写道别信", "此致的包装破了", "---", "价格>性价比"]


@pytest.mark.parametrize(("body", "own"), CASES.items())
def test_quotes_signatures_and_formulas_go(body: str, own: str) -> None:
    assert own_words(body) == own
    assert found_in(pd.Series([body]), HAS_MARKS).all()


@pytest.mark.parametrize("body", KEPT)
def test_words_that_only_look_like_a_mark_stay(body: str) -> None:
    assert own_words(body) == body


def test_a_formula_in_the_middle_of_a_long_mail_does_not_end_it() -> None:
    body = "此致\n" + "\n".join(f"第{number}条" for number in range(9))
    assert own_words(body) == body


@pytest.mark.parametrize(
    "hostile",
    ["\n>" * 50_000, "在aaaa写道：\n> x\n" * 20_000, "发件人：\n" * 30_000, "此致\n" * 50_000, ("于" * 290 + "\n") * 300],
)
def test_hostile_mails_are_read_in_linear_time(hostile: str) -> None:
    begin = time.perf_counter()
    own_words(hostile)
    assert time.perf_counter() - begin < 1.5

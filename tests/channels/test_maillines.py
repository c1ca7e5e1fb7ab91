from __future__ import annotations

import pandas as pd

from textmine.channels.email import read_email
from textmine.channels.maillines import mails_of_lines
from textmine.settings import Source

FIRST = [
    "发件人：王小明 <A@b.cn>",
    "收件人：service@shop.example",
    "主题：灯不亮",
    "时间：2026-11-03 09:00",
    "您好：",
    "灯坏了。",
]
QUOTED = ["发件人：service@shop.example", "发送时间：2026-11-02", "收件人：a@b.cn", "主题：Re: 灯不亮", "请问哪里坏了？"]
SECOND = ["发件人：c@d.cn", "主题：退款", "时间：2026-11-04", "什么时候退款？"]


def lines(*texts: str) -> pd.DataFrame:
    return pd.DataFrame({"line": list(texts), "_row": range(1, len(texts) + 1)})


def read(*texts: str) -> pd.DataFrame:
    return read_email(lines(*texts), source=Source(name="s", path="x", channel="email")).feedback


def test_a_block_with_the_sender_begins_a_mail() -> None:
    found = read(*FIRST, *SECOND)
    assert found["text"].tolist() == ["灯不亮\n您好：\n灯坏了。", "退款\n什么时候退款？"]
    assert found["customer"].tolist() == ["a@b.cn", "c@d.cn"]
    assert found["row_number"].tolist() == [1, 7]


def test_the_block_of_a_quoted_mail_begins_none() -> None:
    assert read(*FIRST, *QUOTED)["text"].tolist() == ["灯不亮\n您好：\n灯坏了。"]
    assert read(*FIRST, "-----原始邮件-----", *SECOND)["text"].tolist() == ["灯不亮\n您好：\n灯坏了。"]


def test_a_line_of_dashes_between_mails_is_no_quote() -> None:
    assert len(read(*FIRST, "----------", *SECOND)) == 2


def test_a_bad_date_rejects_the_mail_and_no_other() -> None:
    parsed = read_email(lines(*FIRST, *SECOND[:2], "时间：昨天", "退"), source=Source(name="s", path="x", channel="email"))
    assert [(reject.row_number, reject.reason) for reject in parsed.rejects] == [(7, "bad_date")]


def test_lines_without_such_a_block_are_no_mails() -> None:
    assert mails_of_lines(lines("价格偏高", "发件人：他说的")) is None
    assert read("价格偏高", "颜色好看")["text"].tolist() == ["价格偏高", "颜色好看"]

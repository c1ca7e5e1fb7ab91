from __future__ import annotations

import pandas as pd

from textmine.channels.email import read_email
from textmine.settings import Columns, Source

SOURCE = Source(name="s", path="x", channel="email")


def mails() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "message_id": ["<1@x>", "<2@x>", "<3@x>"],
            "from": ["王某 <Wang@Example.com>", "li@example.com", "客户"],
            "to": ["service@example.com"] * 3,
            "subject": ["回复：Re: 退货", "投诉", None],
            "date": ["Tue, 03 Nov 2026 14:05:00 +0800", None, None],
            "body": ["还没退款\n\n在 2026年11月2日，客服 <a@b.cn> 写道：\n> 已处理\n发自我的iPhone", "> 只有引用", "你好"],
            "_row": [1, 2, 3],
        }
    )


def test_the_text_is_the_subject_over_the_writers_own_words() -> None:
    assert read_email(mails(), source=SOURCE).feedback["text"].tolist() == ["退货\n还没退款", "投诉", "你好"]


def test_the_sender_is_the_customer_and_the_message_id_the_number() -> None:
    found = read_email(mails(), source=SOURCE).feedback
    assert found["customer"].tolist() == ["wang@example.com", "li@example.com", "客户"]
    assert found["source_ref"].tolist() == ["<1@x>", "<2@x>", "<3@x>"]
    assert str(found.loc[0, "created_at"]) == "2026-11-03 06:05:00+00:00"


def test_a_text_column_that_the_config_names_stands_without_a_subject() -> None:
    source = SOURCE.model_copy(update={"columns": Columns(text="body")})
    assert read_email(mails(), source=source).feedback["text"].tolist()[2] == "你好"
    assert read_email(mails(), source=source).feedback["text"].tolist()[0] == "还没退款"


def test_a_table_of_mails_with_chinese_names_is_read() -> None:
    rows = pd.DataFrame({"发件人": ["a@b.cn"], "主题": ["发票"], "时间": ["2026-11-03"], "正文": ["请补开"], "_row": [1]})
    assert read_email(rows, source=SOURCE).feedback.loc[0, ["customer", "text"]].tolist() == ["a@b.cn", "发票\n请补开"]

"""Mails from .eml and .mbox."""

from __future__ import annotations

import base64
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels.mail import read_eml, read_mbox
from textmine.channels.rawframe import RawBatch
from textmine.errors import UnitError

PLAIN = b"From: a@example.com\nSubject: s\n\n"


def mail(body: str = "包裹三天没到。\n请处理！", charset: str = "utf-8", *, html: str = "", attachment: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "王五 <w@example.com>", "kf@example.com", "投诉：物流太慢"
    message["Date"], message["Message-ID"] = "Sat, 21 Nov 2026 09:30:00 +0800", "<1@example.com>"
    message.set_content(body, charset=charset)
    if html:
        message.add_alternative(html, subtype="html")
    if attachment:
        message.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename=attachment)
    return message.as_bytes()


def only(data: bytes, encoding: str = "auto") -> RawBatch:
    [batch] = read_eml(data, name="f.eml", encoding=encoding)
    return batch


def body_of(data: bytes, encoding: str = "auto") -> str:
    return str(only(data, encoding).frame["body"].iloc[0])


def test_a_mail_gives_one_row_with_its_headers_decoded() -> None:
    row = only(mail(attachment="../发票.pdf")).frame.iloc[0].to_dict()
    assert row == {
        "message_id": "<1@example.com>",
        "from": "王五 <w@example.com>",
        "to": "kf@example.com",
        "subject": "投诉：物流太慢",
        "date": "2026-11-21T09:30:00+08:00",
        "body": "包裹三天没到。\n请处理！",
        "attachments": "../发票.pdf",
        "_row": 1,
    }


def test_the_plain_text_is_preferred_and_html_read_without_it() -> None:
    assert body_of(mail("好", html="<p>差</p>")) == "好"
    assert body_of(PLAIN.replace(b"\n\n", b"\nContent-Type: text/html\n\n") + "<p>很<b>差</b></p>".encode()) == "很差"


def test_gb2312_means_gb18030() -> None:
    subject = base64.b64encode("镕".encode("gb18030"))
    head = b"Content-Type: text/plain; charset=gb2312\nFrom: a@b\nSubject: =?gb2312?B?" + subject + b"?=\n\n"
    assert body_of(head + "朱镕基".encode("gb18030")) == "朱镕基"
    assert only(head).frame["subject"].tolist() == ["镕"]


def test_an_encoded_word_split_within_a_character_is_joined() -> None:
    first, second = (base64.b64encode(part).decode() for part in ("好评".encode("gbk")[:3], "好评".encode("gbk")[3:]))
    head = f"From: a@b\nSubject: =?gbk?B?{first}?=\n =?gbk?B?{second}?=\n\nx".encode()
    assert only(head).frame["subject"].tolist() == ["好评"]


def test_raw_bytes_in_headers_are_read_in_the_charset_of_the_body() -> None:
    head = "From: a@b\nSubject: 退款\nContent-Type: text/plain; charset=gbk\n\n好".encode("gbk")
    assert only(head).frame["subject"].tolist() == ["退款"]


def test_chinese_under_a_western_label_is_no_gibberish() -> None:
    text = "这家店的服务很好，下次还会再来"
    head = PLAIN.replace(b"\n\n", b"\nContent-Type: text/plain; charset=iso-8859-1\n\n")
    assert body_of(head + text.encode("gb18030")) == text
    assert body_of(head + "café".encode("latin-1")) == "café"


def test_without_a_charset_the_encoding_of_the_source_holds() -> None:
    assert body_of(PLAIN + "差".encode("gbk"), encoding="gbk") == "差"
    assert only(PLAIN + "差".encode("gbk")).rejects[0].reason == "mail_invalid"


def test_a_forwarded_mail_and_a_text_file_are_attachments() -> None:
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "a@b", "转发"
    outer.set_content("见附件")
    outer.add_attachment("里面的字", filename="note.txt")
    inner = EmailMessage()
    inner["Subject"] = "内"
    inner.set_content("内文")
    outer.add_attachment(inner)
    row = only(outer.as_bytes()).frame.iloc[0]
    assert (row["body"], row["attachments"]) == ("见附件", "note.txt; unnamed")


@pytest.mark.parametrize("date", ["soon", "Sat, 99 Nov 2026 09:30:00 +0800"])
def test_a_date_that_is_none_stays_as_it_stands(date: str) -> None:
    assert only(PLAIN.replace(b"\n\n", f"\nDate: {date}\n\n".encode()) + b"x").frame["date"].tolist() == [date]


def test_a_time_of_unknown_zone_is_utc() -> None:
    head = PLAIN.replace(b"\n\n", b"\nDate: Sat, 21 Nov 2026 01:30:00 -0000\n\n")
    assert only(head + b"x").frame["date"].tolist() == ["2026-11-21T01:30:00+00:00"]


@pytest.mark.parametrize(
    "data",
    [
        b"just some words\n",
        mail(attachment="a.pdf")[:-60],
        PLAIN.replace(b"\n\n", b"\nContent-Type: multipart/mixed\n\n") + b"x",
        PLAIN.replace(b"\n\n", b"\nContent-Transfer-Encoding: base64\n\n") + b"5aW",
        PLAIN + b"\xb2\xe2",
        PLAIN.replace(b"\n\n", b"\nContent-Type: multipart/mixed; boundary=x\n\n") + b"--y\n\nwords\n--y--\n",
    ],
)
def test_a_mail_that_is_not_whole_is_rejected(data: bytes) -> None:
    batch = only(data)
    assert (batch.read, [(r.reason, r.content) for r in batch.rejects]) == (1, [("mail_invalid", data)])
    assert batch.frame.columns.tolist() == ["message_id", "from", "to", "subject", "date", "body", "attachments", "_row"]


def test_an_mbox_is_split_at_its_from_lines_only() -> None:
    line = b"From w@example.com Sat Nov 21 09:30:00 2026\n"
    text = b"one\n\nFrom now on I buy elsewhere.\n\n>From the shop\n"
    data = line + PLAIN + text + b"\n" + line + b"no mail\n\n" + line + PLAIN + b"two\n"
    [batch] = read_mbox(data, name="f.mbox")
    assert batch.frame["body"].tolist() == ["one\n\nFrom now on I buy elsewhere.\n\nFrom the shop", "two"]
    assert [(reject.row_number, reject.reason) for reject in batch.rejects] == [(2, "mail_invalid")]


def test_what_stands_before_the_first_from_line_is_not_lost() -> None:
    [batch] = read_mbox(b"words\n\nFrom a@b Sat Nov 21 09:30:00 2026\n" + PLAIN + b"x\n", name="f.mbox")
    assert (batch.read, len(batch.rejects)) == (2, 1)


@pytest.mark.parametrize("data", [b"", b"\n \n"])
def test_nothing_is_an_empty_file(data: bytes) -> None:
    for reader in (read_eml, read_mbox):
        with pytest.raises(UnitError) as caught:
            reader(data, name="f")
        assert caught.value.reason == "empty_file"


SEED = mail(html="<p>x</p>", attachment="a.pdf")
PIECES = [b"=?gb2312?B?", b"?=", b"\n\n", b"--", b"\xff", b"boundary=", b'charset="x', b"Content-Type: multipart/mixed\n", b"\0"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SEED)), st.sampled_from(PIECES)), max_size=4))
def test_any_damage_is_read_or_rejected(damage: list[tuple[int, bytes]]) -> None:
    data = SEED
    for place, piece in damage:
        data = data[:place] + piece + data[place:]
    assert only(data).read == 1
    assert sum(batch.read for batch in read_mbox(b"From a@b 09:30\n" + data, name="f")) >= 1

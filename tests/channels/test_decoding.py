"""Bytes to text: right, or refused. Never wrong."""

from __future__ import annotations

import collections
import json
from pathlib import Path

import opencc
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels.decoding import clean_surrogates, codec_of, to_utf8
from textmine.errors import ConfigError, UnitError

TEXT = "编号,内容\n1,物流太慢了，等了一个星期\n2,客服态度很好，谢谢\n"
TRADITIONAL = "編號,內容\n1,物流太慢了，等了一個星期\n2,客服態度很好，謝謝\n"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "gb18030", "gb2312"])
def test_every_encoding_of_a_chinese_file_gives_the_same_text(codec: str) -> None:
    assert to_utf8(TEXT.encode(codec), name="f").content.decode() == TEXT


def test_big5_is_not_taken_for_gb18030_though_its_bytes_are_valid_there() -> None:
    data = TRADITIONAL.encode("cp950")
    data.decode("gb18030")
    found = to_utf8(data, name="f")
    assert (found.content.decode(), found.encoding) == (TRADITIONAL, "cp950")


def test_a_gb2312_label_reads_characters_that_gb2312_lacks() -> None:
    assert to_utf8("朱镕基 〇 𠮷".encode("gb18030"), name="f", encoding="gb2312").content.decode() == "朱镕基 〇 𠮷"


def test_four_byte_gb18030_is_read() -> None:
    text = TEXT + "3,表情😀𠮷\n"
    assert to_utf8(text.encode("gb18030"), name="f").content.decode() == text


@pytest.mark.parametrize("data", ["好".encode("gb18030"), "預約".encode("cp950"), b"\xb2\xe2\xca\xd4"])
def test_too_few_characters_to_tell_are_refused(data: bytes) -> None:
    with pytest.raises(UnitError) as caught:
        to_utf8(data, name="f")
    assert caught.value.reason == "encoding_ambiguous"
    assert "set `encoding`" in str(caught.value)


def test_gbk_that_is_utf8_by_chance_is_not_read_as_utf8() -> None:
    data = "1.预装".encode("gb18030")
    data.decode("utf-8")
    with pytest.raises(UnitError, match="encoding"):
        to_utf8(data, name="f")


def test_accented_letters_in_utf8_are_no_reason_to_doubt() -> None:
    assert to_utf8("café, 20°".encode(), name="f").content.decode() == "café, 20°"


def test_a_file_cut_within_its_last_character_keeps_the_rest() -> None:
    for codec in ("utf-8", "gb18030"):
        found = to_utf8(TEXT.rstrip("\n").encode(codec)[:-1], name="f")
        assert not found.intact
        assert found.content.startswith(TEXT[:-2].encode())


def test_zero_bytes_in_a_text_are_kept() -> None:
    assert to_utf8("内容\0很好，下次再来".encode(), name="f").content.count(0) == 1


def test_an_encoding_that_was_set_and_does_not_fit_is_refused() -> None:
    with pytest.raises(UnitError) as caught:
        to_utf8(TEXT.encode("gb18030"), name="export.csv", encoding="utf-8")
    assert caught.value.reason == "encoding_invalid"
    assert caught.value.where == "export.csv"


def test_a_byte_order_mark_contradicts_another_encoding() -> None:
    with pytest.raises(UnitError, match="byte order mark of utf-8"):
        to_utf8(TEXT.encode("utf-8-sig"), name="f", encoding="gbk")


def test_an_unknown_encoding_names_the_nearest_known_one() -> None:
    with pytest.raises(ConfigError, match="gb18030"):
        to_utf8(b"a", name="f", encoding="gb18300")


@pytest.mark.parametrize("label", ["GB2312", "gb_2312", "Big5", "Shift_JIS", "latin1"])
def test_labels_of_mails_are_known_whatever_their_case(label: str) -> None:
    assert codec_of(label)


def test_codecs_that_are_no_encodings_are_not_known() -> None:
    assert [codec_of(label) for label in ("rot13", "zip", "idna", "unicode_escape", "")] == [""] * 5


def test_lone_surrogates_become_replacement_characters_and_pairs_stay() -> None:
    assert clean_surrogates(json.loads('"a\\ud800b\\ud83d\\ude00"')) == "a\ufffdb😀"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=60))
def test_any_bytes_decode_or_are_refused(data: bytes) -> None:
    try:
        found = to_utf8(data, name="f")
    except UnitError as error:
        assert error.reason in ("encoding_ambiguous", "encoding_invalid")
        return
    if found.intact:
        found.content.decode()


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters()))
def test_clean_text_can_always_be_written(text: str) -> None:
    assert clean_surrogates(clean_surrogates(text)).encode().decode() == clean_surrogates(text)


@pytest.mark.slow
def test_no_real_review_in_gbk_or_big5_is_read_as_something_else(shared: Path) -> None:
    reviews = pd.read_parquet(shared / "data" / "reviews.parquet")["text"].drop_duplicates().sample(3_000, random_state=1)
    traditional = opencc.OpenCC("s2tw")
    taken: collections.Counter[str] = collections.Counter()
    for review in reviews:
        for codec, text in (("gb18030", review), ("cp950", traditional.convert(review))):
            try:
                found = to_utf8(text.encode(codec), name="f")
            except (UnicodeEncodeError, UnitError):
                continue
            taken["right" if found.encoding == codec or text.isascii() else "wrong" if found.intact else "rejected"] += 1
    assert taken["wrong"] == 0
    assert taken["right"] > 5_000

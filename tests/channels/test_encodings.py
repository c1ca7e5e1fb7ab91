"""The encodings of the fault list through the one way in: right text or a refused unit, never wrong text."""

from __future__ import annotations

import json

import pytest

from textmine.channels.formats import read_unit
from textmine.channels.readers import read_batches
from textmine.errors import UnitError
from textmine.settings import Source

SIMPLIFIED = ["物流太慢了，等了一个星期还没有到", "客服态度很好，问题当天就解决了", "屏幕有划痕，申请换货没有人理"]
TRADITIONAL = ["物流太慢了，等了一個星期還沒有到", "客服態度很好，問題當天就解決了", "螢幕有刮痕，申請換貨沒有人理"]
FOUR_BYTES = ["物流太慢了，等了一个星期还没有到𠮷", "客服态度很好，问题当天就解决了😀", "〇号柜台，屏幕有划痕，没有人理"]
CODECS = {
    "big5": TRADITIONAL,
    "gb18030": FOUR_BYTES,
    "gb2312": SIMPLIFIED,
    "utf-16-le": SIMPLIFIED,
    "utf-16-be": TRADITIONAL,
    "utf-16": SIMPLIFIED,
    "utf-8-sig": FOUR_BYTES,
}


def written(texts: list[str], kind: str) -> str:
    if kind in ("csv", "tsv"):
        mark = "," if kind == "csv" else "\t"
        head = f"no{mark}content"
        return "\n".join([head, *(f'{number}{mark}"{text}"' for number, text in enumerate(texts, start=1))]) + "\n"
    if kind == "json":
        return json.dumps([{"content": text} for text in texts], ensure_ascii=False)
    if kind == "jsonl":
        return "\n".join(json.dumps({"content": text}, ensure_ascii=False) for text in texts) + "\n"
    return "\n".join(texts) + "\n"


def texts_of(data: bytes, kind: str, **options: str) -> list[str]:
    frames = [batch.frame for batch in read_unit(data, name=f"a.{kind}", **options)]
    assert all(not batch.rejects for batch in read_unit(data, name=f"a.{kind}", **options))
    return [text for frame in frames for text in frame.iloc[:, -2].tolist()]


@pytest.mark.parametrize("kind", ["csv", "tsv", "json", "jsonl", "txt"])
@pytest.mark.parametrize("codec", CODECS)
def test_every_format_of_text_is_read_in_every_encoding(codec: str, kind: str) -> None:
    texts = CODECS[codec]
    assert texts_of(written(texts, kind).encode(codec), kind) == texts


@pytest.mark.parametrize("kind", ["csv", "jsonl", "txt"])
@pytest.mark.parametrize("codec", ["big5", "gb18030", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("length", range(1, 17))
def test_a_short_text_is_right_or_refused(codec: str, kind: str, length: int) -> None:
    text = [CODECS[codec][1][:length]]
    try:
        assert texts_of(written(text, kind).encode(codec), kind) == text
    except UnitError as error:
        assert error.reason in ("encoding_ambiguous", "json_invalid")


@pytest.mark.parametrize("codec", ["big5", "utf-16-le", "utf-16-be", "gb18030"])
def test_a_short_text_is_right_where_the_config_names_the_encoding(codec: str) -> None:
    text = [CODECS[codec][1][:2]]
    assert texts_of(written(text, "csv").encode(codec), "csv", encoding=codec) == text


def test_a_label_that_says_gb2312_reads_characters_it_lacks() -> None:
    texts = ["朱镕基路的门店，服务态度很好"]
    assert texts_of(written(texts, "csv").encode("gb18030"), "csv", encoding="gb2312") == texts


@pytest.mark.parametrize("told", ["big5", "utf-16-le"])
def test_the_wrong_encoding_in_the_config_is_refused_or_gives_what_it_says(told: str) -> None:
    with pytest.raises(UnitError) as caught:
        texts_of(written(SIMPLIFIED, "csv").encode("utf-8-sig"), "csv", encoding=told)
    assert caught.value.reason == "encoding_invalid"


def test_a_table_in_big5_is_read_by_its_traditional_column_names() -> None:
    data = "編號,留言時間,內容\n7,2026-11-03,客服態度很好，問題當天就解決了\n".encode("big5")
    batches = list(read_unit(data, name="a.csv", zone="Asia/Shanghai"))
    found = read_batches(batches, source=Source(name="s", path="x", channel="suggestion_box")).feedback
    assert found[["source_ref", "text"]].to_numpy().tolist() == [["7", "客服態度很好，問題當天就解決了"]]
    assert found["created_at"].notna().all()


def test_a_call_in_big5_keeps_the_speakers_apart() -> None:
    data = "坐席：您好，請問有什麼可以幫您\n客戶：洗衣機又漏水了，修了三次都沒有好\n".encode("big5")
    batches = list(read_unit(data, name="a.txt", zone="Asia/Shanghai"))
    found = read_batches(batches, source=Source(name="s", path="x", channel="hotline")).feedback
    assert found["text"].tolist() == ["洗衣機又漏水了，修了三次都沒有好"]

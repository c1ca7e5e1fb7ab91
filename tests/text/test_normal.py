"""The normal form: one spelling for what means the same."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.text.cleaner import Cleaner
from textmine.text.normal import LONGEST, normal_forms, normal_text

simplify = Cleaner.load(Path(__file__).parents[2] / "src" / "textmine" / "vocabulary").simplify
# What the steps act on, so that random texts set them against each other.
PIECES = [
    "很好",
    "。",
    "，",
    "！",
    "：",
    "（",
    "…",
    " ",
    "\u3000",
    "\n",
    "a",
    "1",
    "<",
    ">",
    "&",
    ";",
    "<b>",
    "</b>",
    "<br/>",
    "<p ",
    "&lt;",
    "&amp;",
    "&#60;",
    "＜ｂ＞",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "http://",
    "www.",
    "a.cn/",
    ".",
    "👍",
    "👍🏻",
    "👩\u200d⚕️",
    "1️⃣",
    "[赞]",
    "\u200b",
    "\ufeff",
    "\u202e",
    "\x00",
    "\ud83d",
    "\udc4d",
    "\ue00e",
    "é",
    "\u0336",
    "後",
    "薴",
    "著",
    "⻓",
    "⽣",
    "①",
    "❶",
    "½",
    "™",
    "ﬁ",
    "ä½\xa0å¥½",
    "浣犲ソ",
    "\ufffd",
]


def form(text: str) -> str:
    return normal_text(text, simplify=simplify)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("質量很差，後面沒人管", "质量很差，后面没人管"),
        ("ＡＢＣ１２３！真好？（是的）：好；……", "ABC123！真好？（是的）：好；……"),
        ("很,好!", "很,好!"),
        ("送\u200b货\ufeff很\u202e慢\x00", "送货很慢"),
        ("⽣活⻓久", "生活长久"),
        ("  两\t个\r\n空\u3000格 ", "两 个 空 格"),
        ("❶③８号、1️⃣2️⃣、٣", "138号、12、3"),
        ("划\u0336掉\u0336", "划掉"),
        ("\ud83d\udc4d好\ud800", "[拇指向上]好"),
    ],
)
def test_what_means_the_same_is_spelled_the_same(raw: str, expected: str) -> None:
    assert form(raw) == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("看https://a.example/x?b=1。很好", "看 URL 。很好"),
        ("www.example.com/a，慢", "URL ，慢"),
        ("点t.cn/AbC领", "点 URL 领"),
        ("发到li@a.example.com", "发到li@a.example.com"),
        ("3.5/5分，版本1.2.3", "3.5/5分，版本1.2.3"),
    ],
)
def test_a_link_is_the_word_url_and_a_mail_address_or_a_fraction_is_none(raw: str, expected: str) -> None:
    assert form(raw) == expected


def test_emoji_are_bracketed_words_and_at_most_three_of_the_same() -> None:
    assert form("好👍🏻❤️") == "好[拇指向上][红心]"
    assert form("👍" * 9) == "[拇指向上]" * 3
    assert form("[赞][赞][赞][赞]") == "[赞][赞][赞]"


def test_notes_say_what_was_repaired_lost_or_cut() -> None:
    texts, notes = normal_forms(
        ["è´¨é\x87\x8få¾\x88å·®", "送货\ufffd\ufffd慢", "长" * (LONGEST + 1), "好", None], simplify=simplify
    )
    assert notes == [["mojibake_repaired"], ["mojibake"], ["truncated"], [], []]
    assert texts[0] == "质量很差" and len(texts[2]) == LONGEST and texts[3:] == ["好", ""]


def test_a_text_reads_the_same_alone_and_among_others() -> None:
    texts = ["後", "面", "乾", "隆", "<b>好", "&lt;b&gt;", "", "👍"]
    assert normal_forms(texts, simplify=simplify)[0] == [form(text) for text in texts]


@given(st.lists(st.sampled_from(PIECES) | st.characters(), max_size=25).map("".join))
@settings(max_examples=400, deadline=None)
def test_the_normal_form_of_a_normal_form_is_itself(raw: str) -> None:
    once = form(raw)
    assert form(once) == once
    once.encode("utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "很好。",
        "<",
        "<a ",
        "<script>",
        "<!--",
        "&amp;",
        "&amp",
        "👍",
        "Ã",
        "ä½",
        "\u0300",
        "a.",
        "www.",
        "http://",
        "[好]",
        "\u200b",
        "\x00",
        "後",
        "①",
        " ",
    ],
)
def test_cost_grows_with_length_and_no_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        times = []
        for _ in range(3):
            begin = time.process_time()
            form(text)
            times.append(time.process_time() - begin)
        return min(times)

    form(piece)
    assert seconds(40_000) <= 2.5 * seconds(20_000) + 0.05
    assert seconds(1_000_000) < 2

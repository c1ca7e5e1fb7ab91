"""The table of common characters, and what it decides."""

from __future__ import annotations

import collections
from pathlib import Path

import jieba
import opencc
import pytest

from textmine.channels import plausible

SENTENCE = "这家店的服务很好，下次还会再来，物流也很快。"


@pytest.mark.slow
def test_the_table_is_what_its_comment_says_it_is() -> None:
    counts: collections.Counter[str] = collections.Counter()
    for entry in (Path(jieba.__file__).parent / "dict.txt").read_text("utf-8").splitlines():
        word, frequency, _ = entry.split(" ")
        for character in word:
            if "\u4e00" <= character <= "\u9fff":
                counts[character] += int(frequency)
    common = "".join(sorted(counts, key=lambda character: (-counts[character], character))[:800])
    traditional = opencc.OpenCC("s2tw").convert(common)
    assert common == plausible._COMMON
    assert "".join(dict.fromkeys(traditional.translate(dict.fromkeys(map(ord, common))))) == plausible._TRADITIONAL


@pytest.mark.parametrize("codec", plausible.GUESSES)
def test_a_sentence_is_taken_for_the_encoding_it_is_in(codec: str) -> None:
    text = opencc.OpenCC("s2tw").convert(SENTENCE) if codec == "cp950" else SENTENCE
    assert plausible.clearest(text.encode(codec))[0] == codec


def test_two_characters_are_too_few_to_decide() -> None:
    assert plausible.clearest("你好".encode("gb18030"))[0] == ""


def test_one_character_many_times_is_too_little_to_decide() -> None:
    assert plausible.clearest(("好" * 50).encode("gb18030"))[0] == ""


def test_a_broken_byte_among_many_whole_characters_is_still_utf8() -> None:
    assert plausible.mostly_utf8((SENTENCE * 2).encode() + b"\xff" + SENTENCE.encode())
    assert not plausible.mostly_utf8(SENTENCE.encode("gb18030"))

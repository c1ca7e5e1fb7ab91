"""Masking: recall and over-masking on made-up and real texts, and that masking twice is masking once."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.text.masking_templates import CLEAN, cases, leaks
from textmine.text.cleaner import Cleaner
from textmine.text.mask import mask_column, mask_text, mask_texts
from textmine.text.normal import normal_forms
from textmine.text.recognisers import MASKS

simplify = Cleaner.load(Path(__file__).parents[2] / "src" / "textmine" / "vocabulary").simplify
PIECES = [
    "13800138000",
    "138",
    "0013",
    " ",
    "-",
    "，",
    "：",
    "1-3-8-0-0-1-3-8-0-0-0",
    "一三八",
    "11010519491231002X",
    "6222 0212 ",
    "7654321",
    "abc",
    "a1_b2",
    "@qq.com",
    "微信",
    "QQ",
    "WECHAT",
    "PHONE",
    "NAME",
    "护照",
    "PASSPORT",
    "E12345678",
    "京A12345",
    "王",
    "王伟",
    "先生",
    "师傅",
    "我叫",
    "客服",
    "姓",
    "地址：",
    "北京市",
    "中山路",
    "12号",
    "3栋",
    "501室",
    "单号",
    "元",
    "\u200b",
    "１３８",
    "①",
    "的",
    "。",
    "91350100M000100Y43",
]
STRUCTURED_PLAIN, STRUCTURED_DISGUISED, NAMES_AND_ADDRESSES, OVERMASKED = 0.995, 0.97, 0.90, 0.02  # reliability.md


def _recall(count: int, seed: int) -> dict[str, float]:
    held = list(cases(count, seed=seed, held=True))
    masked = mask_texts(normal_forms([case.text for case in held], simplify=simplify)[0])[0]
    asked: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for case, text in zip(held, masked, strict=True):
        gate = case.kind if case.kind in {"name", "address"} else "disguised" if case.disguised else "plain"
        asked[gate] += 1
        found[gate] += not leaks(case, text)
    return {gate: found[gate] / asked[gate] for gate in asked}


def _check_gates(recall: dict[str, float]) -> None:
    assert recall["plain"] >= STRUCTURED_PLAIN
    assert recall["disguised"] >= STRUCTURED_DISGUISED
    assert min(recall["name"], recall["address"]) >= NAMES_AND_ADDRESSES


def test_recall_on_held_out_sentences_passes_the_gates() -> None:
    recall = _recall(120, seed=23)
    _check_gates(recall)
    assert set(recall) == {"plain", "disguised", "name", "address"}


@pytest.mark.slow
def test_recall_on_many_held_out_sentences_passes_the_gates() -> None:
    recall = _recall(3000, seed=29)
    _check_gates(recall)
    assert set(recall) == {"plain", "disguised", "name", "address"}


def test_clean_sentences_stay_as_they_are() -> None:
    forms = normal_forms(CLEAN, simplify=simplify)[0]
    assert mask_texts(forms)[0] == forms


@pytest.mark.slow
def test_few_real_reviews_are_touched(shared: Path) -> None:
    texts = pd.read_parquet(shared / "data" / "reviews.parquet")["text"].sample(5000, random_state=11).tolist()
    touched = sum(bool(kinds) for kinds in mask_texts(normal_forms(texts, simplify=simplify)[0])[1])
    assert 0 < touched / len(texts) <= OVERMASKED


def test_zero_width_full_width_and_circled_digits_hide_nothing_in_a_raw_text() -> None:
    assert mask_text("电话１３８\u200b００１３８０００，ＯＫ") == "电话PHONE，ＯＫ"
    assert mask_text("①③⑧⓪⓪①③⑧⓪⓪⓪！") == "PHONE！"
    assert mask_text("1\ufeff3\u200d8 0013\u20608000") == "PHONE"


def test_a_mask_is_set_off_from_ascii_letters_and_digits_only() -> None:
    assert mask_text("tel13800138000x，打13800138000吧") == "tel PHONE x，打PHONE吧"
    assert mask_text("13800138000王先生") == "PHONE NAME先生"


def test_masked_kinds_are_told_without_those_set_before() -> None:
    assert mask_texts(["PHONE", "PHONE和周先生", "好"])[1] == [[], ["NAME"], []]


def test_a_column_keeps_index_missing_values_and_name() -> None:
    column = pd.Series(["张先生", None, "张先生", "华东"], index=[5, 3, 9, 1], name="team", dtype="str")
    expected = pd.Series(["NAME先生", None, "NAME先生", "华东"], index=[5, 3, 9, 1], name="team", dtype="str")
    pd.testing.assert_series_equal(mask_column(column), expected)


@given(st.lists(st.sampled_from(PIECES) | st.characters(codec="utf-8"), max_size=14).map("".join))
@settings(max_examples=100, deadline=None)
def test_masking_twice_is_masking_once_and_all_else_stays(text: str) -> None:
    masked = mask_text(text)
    assert mask_text(masked) == masked
    kept = re.split(rf" ?(?<![A-Za-z0-9])(?:{'|'.join(MASKS)})(?![A-Za-z0-9]) ?", masked)
    place = 0
    for piece in kept:
        place = text.find(piece, place) + len(piece)
        assert place >= len(piece)


@given(st.text(st.characters(), max_size=20))
@settings(max_examples=100, deadline=None)
def test_any_characters_can_be_masked(text: str) -> None:
    assert isinstance(mask_text(text), str)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ["1-3-8-", "1", "一", "1 3 ", "王", "路1", "微信a1", "QQ1 ", "13800138000", "1380 "])
def test_cost_grows_with_length_and_no_faster(piece: str) -> None:
    def seconds(size: int) -> float:
        text = (piece * size)[:size]
        times = []
        for _ in range(3):
            begin = time.process_time()
            mask_text(text)
            times.append(time.process_time() - begin)
        return min(times)

    mask_text(piece)
    assert seconds(40_000) <= 2.5 * seconds(20_000) + 0.05

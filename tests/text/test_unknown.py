"""Words that no dictionary holds."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from textmine.text.segment import Cutter, cut
from textmine.text.unknown import count_unknown


@pytest.fixture(params=["rjieba", "jieba"])
def cutter(request, tmp_path: Path) -> Cutter:
    (tmp_path / "dictionary.txt").write_text("在线客服 3 n\n", "utf-8")
    return Cutter(tmp_path / "dictionary.txt", request.param)


def counted(cutter: Cutter, *texts: str) -> list[tuple[int, int]]:
    tokens = cut(pd.DataFrame({"text": list(texts)}), cutter=cutter)
    counts = count_unknown(tokens, len(texts), cutter=cutter)
    return list(zip(counts["n_words"].tolist(), counts["n_unknown"].tolist(), strict=True))


def test_a_word_that_the_hmm_alone_made_is_unknown(cutter):
    assert counted(cutter, "韩立峰的快递") == [(3, 1)]  # 韩立峰 的 快递


def test_a_word_of_the_bundles_dictionary_is_known(cutter):
    assert counted(cutter, "在线客服") == [(1, 0)]


def test_punctuation_digits_and_latin_letters_are_no_words_and_single_characters_are_known(cutter):
    assert counted(cutter, "咪，ABC 123！", "") == [(1, 0), (0, 0)]


def test_a_night_without_texts_has_no_words(cutter):
    assert counted(cutter) == []

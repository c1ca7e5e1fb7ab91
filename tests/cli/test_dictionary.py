"""``textmine dictionary``: faults, candidates, accepted words."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.night.small import Published
from textmine.retraining.accepted_words import accepted_file
from textmine.store.lake import Lake


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "dictionary.txt"
    path.write_text("打不通 3 v\n买一/送一 3 n\n", "utf-8")
    return path


def test_a_word_that_would_not_work_ends_with_exit_code_2_and_what_to_do(textmine, faulty):
    done = textmine("dictionary", "lint", faulty)
    assert done.code == 2
    assert "never_matches" in done.out and "2 words, 1 findings, 1 serious" in done.out


def test_a_good_dictionary_ends_with_0(textmine, tmp_path):
    (tmp_path / "good.txt").write_text("打不通 3 v\n", "utf-8")
    done = textmine("dictionary", "lint", tmp_path / "good.txt")
    assert (done.code, done.out.splitlines()[-1][:30]) == (0, "1 words, 0 findings, 0 serious")


def test_candidates_of_a_file_come_with_counts_and_the_line_a_dictionary_needs(textmine, tmp_path):
    noise = [f"第{n}次买，速度快，包装完整，态度认真，价格便宜，味道正宗，分量足够" for n in range(200)]
    said = [f"味道正宗，拌饭，第{n}次点" for n in range(10)]
    pd.DataFrame({"text": said + noise}).to_csv(tmp_path / "in.csv", index=False)
    done = textmine("dictionary", "candidates", "--texts", tmp_path / "in.csv")
    assert done.code == 0
    row = next(line for line in done.out.splitlines() if " 拌饭 " in line)
    assert "拌/饭" in row and "拌饭 3 n" in row
    assert not any(text in done.out for text in said)


def test_nights_without_candidates_say_so(textmine, config):
    done = textmine("dictionary", "candidates", "--config", config)
    assert (done.code, done.out) == (0, "0 candidates\n")


def test_accepted_words_wait_in_the_registry_of_the_lake(textmine, own_small: Published):
    config = own_small.folder / "textmine.toml"
    (own_small.folder / "words.txt").write_text("# 说明\n次日达 9 n\n", "utf-8")
    arguments = ("--accept", "拌饭", "--accept-file", own_small.folder / "words.txt", "--who", "chen", "--config", config)
    done = textmine("dictionary", "candidates", *arguments)
    assert done.code == 0, done.err
    assert "2 new words" in done.out
    lines = accepted_file(Lake(own_small.root)).read_text("utf-8").splitlines()
    assert lines[0].endswith(" chen") and lines[2] == "次日达 9 n" and lines[1].startswith("拌饭 ")
    assert "0 new words" in textmine("dictionary", "candidates", *arguments).out


def test_a_word_that_can_never_match_is_not_accepted(textmine, own_small: Published):
    done = textmine("dictionary", "candidates", "--accept", "买/送", "--config", own_small.folder / "textmine.toml")
    assert done.code == 2 and "never_matches" in done.err
    assert not accepted_file(Lake(own_small.root)).exists()

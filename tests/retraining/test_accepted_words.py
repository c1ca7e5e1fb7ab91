from __future__ import annotations

from datetime import UTC, datetime

import pytest

from textmine.errors import ConfigError
from textmine.retraining.accepted_words import accept_words, accepted_file
from textmine.store.lake import Lake
from textmine.text.dictionary import Entry, read_dictionary

AT = datetime(2026, 11, 3, 2, 30, tzinfo=UTC)
NEXT_DAY, SHOUT = Entry("次日达", 3, "n"), Entry("打不通", 3, "v")


def accept(lake: Lake, *entries: Entry, known: tuple[Entry, ...] = (), who: str = "chen") -> list[str]:
    return [entry.word for entry in accept_words(entries, lake=lake, known=known, who=who, at=AT)]


def test_accepted_words_are_kept_with_who_and_when(tmp_path):
    lake = Lake(tmp_path)
    assert accept(lake, NEXT_DAY) == ["次日达"]
    assert accepted_file(lake).read_text("utf-8") == "# 2026-11-03T02:30:00+00:00 chen\n次日达 3 n\n"


def test_words_are_added_and_old_lines_stay(tmp_path):
    lake = Lake(tmp_path)
    accept(lake, NEXT_DAY)
    accept(lake, SHOUT, NEXT_DAY, who="li\nwang")
    assert accepted_file(lake).read_text("utf-8").splitlines()[1:] == [
        "次日达 3 n",
        "# 2026-11-03T02:30:00+00:00 li wang",
        "打不通 3 v",
    ]


def test_a_word_that_is_known_or_accepted_already_changes_nothing(tmp_path):
    lake = Lake(tmp_path)
    assert accept(lake, SHOUT, known=(SHOUT,)) == []
    assert not accepted_file(lake).exists()


@pytest.mark.parametrize("entry", [Entry("打不通", 9, "v"), Entry("买/送", 3, "n"), Entry("不作为", 1, "v")])
def test_a_word_that_would_not_work_is_refused_and_nothing_is_written(tmp_path, entry):
    lake = Lake(tmp_path)
    accept(lake, NEXT_DAY)
    before = accepted_file(lake).read_bytes()
    with pytest.raises(ConfigError, match="would not work"):
        accept(lake, entry, known=(SHOUT,))
    assert accepted_file(lake).read_bytes() == before
    assert read_dictionary(accepted_file(lake)) == (Entry("次日达", 3, "n", 2),)

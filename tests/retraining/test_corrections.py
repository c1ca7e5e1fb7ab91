"""Corrections of a lake as examples: each label on the very text it was given to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest

from tests.reviewing import lakes
from textmine.errors import ConfigError
from textmine.retraining.corrections import read_lake_labels
from textmine.retraining.inputs import Inputs
from textmine.retraining.problems import ExamplesRefusedError
from textmine.store.corrections import append_corrections
from textmine.store.lake import Lake
from textmine.store.nightfiles import staged_night
from textmine.store.records import write_records

FIRST = date(2026, 11, 3)
TWICE = ["太慢了", "终于到了，很快"]  # what f_1 said first, and by the next night


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    made = Lake(tmp_path / "lake")
    made.prepare()
    return made


def publish(lake: Lake, night: date, **texts: str) -> None:
    """A night that published each text under its id."""
    ids, words = pd.Series(list(texts), dtype="str"), list(texts.values())
    with staged_night(lake=lake, night=night, run_id="run1") as staged:
        staged.add("labelled_feedback", lakes._feedback(ids, words))
        staged.publish(bundle_id="starter-1", policy_version="1")
    facts = {"revision": 0, "fate": "published", "unit": "u", "row_number": range(1, len(ids) + 1), "part": 0}
    records = pd.DataFrame({"feedback_id": ids, "text_digest": digests(words), **facts})
    write_records(records, lake=lake, night=night, run_id="run1")


def digests(words: list[str]) -> pd.Series:
    return lakes.KEYRING.text_digests(pd.Series(words, dtype="str"))


def correct(lake: Lake, *said: tuple[str, str, str], day: int = 5, column: str = "intent") -> None:
    """An import of (id, text, label)."""
    ids, words, labels = (list(part) for part in zip(*said, strict=True))
    blank = dict.fromkeys(("sentiment", "categories", "primary_category", "intent", "priority"))
    rows = pd.DataFrame({"feedback_id": ids, "text_digest": digests(words), "annotator": "wang", **blank, column: labels})
    append_corrections(rows, lake=lake, keyring=lakes.KEYRING, at=datetime(2026, 11, day, tzinfo=UTC))


def read(lake: Lake, taxonomy, *columns: str) -> list[list]:
    rows = read_lake_labels(lake.root, taxonomy=taxonomy)
    return sorted(rows[list(columns)].to_numpy().tolist())


@pytest.mark.parametrize("texts", [TWICE, TWICE[::-1]])  # one of both orders is that of the digests
def test_each_revision_keeps_the_label_that_was_given_to_it(lake, taxonomy, texts):
    publish(lake, FIRST, f_1=texts[0])
    publish(lake, FIRST + timedelta(days=1), f_1=texts[1])
    correct(lake, ("f_1", texts[0], "complaint"))
    correct(lake, ("f_1", texts[1], "praise"), day=6)
    assert read(lake, taxonomy, "text", "intent") == sorted([[texts[0], "complaint"], [texts[1], "praise"]])


def test_the_channel_is_the_source_and_a_text_that_is_published_no_more_is_passed_over(lake, taxonomy):
    publish(lake, FIRST, f_1="太慢了", f_2="很好")
    correct(lake, ("f_1", "太慢了", "complaint"), ("f_2", "从前说的", "praise"), ("gone", "太慢了", "praise"))
    assert read(lake, taxonomy, "text", "source", "intent") == [["太慢了", "survey", "complaint"]]


def test_of_equal_texts_of_two_feedbacks_the_newest_word_counts(lake, taxonomy):
    publish(lake, FIRST, f_1="太慢了", f_2="太慢了")
    correct(lake, ("f_2", "太慢了", "praise"))
    correct(lake, ("f_1", "太慢了", "complaint"), day=6)
    assert read(lake, taxonomy, "text", "intent") == [["太慢了", "complaint"]]


def test_a_label_of_another_taxonomy_is_refused_and_no_correction_is_none(lake, taxonomy):
    publish(lake, FIRST, f_1="太慢了")
    assert read_lake_labels(lake.root, taxonomy=taxonomy).empty
    correct(lake, ("f_1", "太慢了", "roads"), column="primary_category")
    with pytest.raises(ExamplesRefusedError):
        read_lake_labels(lake.root, taxonomy=taxonomy)


def test_corrections_without_a_lake_are_refused(taxonomy):
    with pytest.raises(ConfigError, match="--config"):
        Inputs(corrections=True).read(taxonomy=taxonomy)

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from textmine.errors import ConfigError
from textmine.retraining import corrections as module
from textmine.retraining import labels
from textmine.retraining.corrections import read_lake_labels
from textmine.retraining.inputs import Inputs
from textmine.retraining.problems import ExamplesRefusedError


@pytest.fixture
def lake(monkeypatch):
    """A lake in which f1 and f2 are published, and the corrections given."""
    rows = pd.DataFrame({"feedback_id": ["f1", "f2"], "text": ["太慢了", "很好"], "channel": "crm",
                         "created_at": pd.to_datetime(["2026-01-01"] * 2, utc=True)})  # fmt: skip
    monkeypatch.setattr(labels, "read_table", lambda *_, **__: rows)

    def put(**columns):
        monkeypatch.setattr(module, "read_corrections", lambda _: pd.DataFrame(columns))

    return put


def test_the_newest_word_on_a_published_feedback_is_an_example(lake, taxonomy):
    lake(feedback_id=["f1", "f1", "gone"], intent=["praise", "complaint", "praise"])
    rows = read_lake_labels(Path(), taxonomy=taxonomy)
    assert rows[["text", "source", "intent"]].to_numpy().tolist() == [["太慢了", "crm", "complaint"]]


def test_a_label_of_another_taxonomy_is_refused_and_no_correction_is_none(lake, taxonomy):
    lake(feedback_id=["f1"], primary_category=["roads"])
    with pytest.raises(ExamplesRefusedError):
        read_lake_labels(Path(), taxonomy=taxonomy)
    lake(feedback_id=[], intent=[])
    assert read_lake_labels(Path(), taxonomy=taxonomy).empty


def test_corrections_without_a_lake_are_refused(taxonomy):
    with pytest.raises(ConfigError, match="--config"):
        Inputs(corrections=True).read(taxonomy=taxonomy)

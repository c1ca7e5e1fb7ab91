"""Tasks out of published nights."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pandas as pd
import pytest

from tests.reviewing.lakes import NIGHT, publish
from textmine.errors import ConfigError
from textmine.labelfiles.columns import TASK
from textmine.reviewing.importing import import_labels
from textmine.reviewing.tasks import export_tasks, make_tasks

TEXTS = ["快递太慢了", "做工很细", "=1+1"]
AT = datetime(2026, 11, 4, tzinfo=UTC)


def said(*ids: str) -> pd.DataFrame:
    columns = [
        "feedback_id",
        "text",
        "text_digest",
        "annotator",
        "sentiment",
        "categories",
        "primary_category",
        "intent",
        "priority",
    ]
    return pd.DataFrame([{"feedback_id": name, "sentiment": "pos"} for name in ids]).reindex(columns=columns).astype("str")


def test_the_queue_comes_in_its_order_with_the_words_and_the_labels_of_the_model(tmp_path):
    tasks = make_tasks(publish(tmp_path, TEXTS, queued=2), [NIGHT], annotator="李")
    assert list(tasks.columns) == list(TASK)
    assert tasks["feedback_id"].tolist() == ["f_000000", "f_000001"]
    row = tasks.iloc[0]
    assert (row["text"], row["categories"], row["night"], row["annotator"]) == (TEXTS[0], "service;product", "2026-11-03", "李")
    assert pd.isna(row["corrected_sentiment"])


def test_every_scored_text_is_there_when_all_are_asked_for(tmp_path):
    assert make_tasks(publish(tmp_path, TEXTS, queued=0), [NIGHT], whole=True)["text"].tolist() == TEXTS


def test_what_was_labelled_since_is_left_out(tmp_path):
    desk = publish(tmp_path, TEXTS)
    import_labels(said("f_000001"), desk=desk, by="me", at=AT)
    assert make_tasks(desk, [NIGHT])["feedback_id"].tolist() == ["f_000000", "f_000002"]


def test_several_nights_make_one_list(tmp_path):
    publish(tmp_path, TEXTS[:1])
    desk = publish(tmp_path, TEXTS[1:], night=date(2026, 11, 4), first=1)
    assert make_tasks(desk, [NIGHT, date(2026, 11, 4)])["night"].tolist() == ["2026-11-03", "2026-11-04", "2026-11-04"]


def test_label_studio_gets_its_interface_beside_the_tasks(tmp_path):
    desk = publish(tmp_path / "lake", TEXTS)
    written = export_tasks(make_tasks(desk, [NIGHT]), tmp_path / "t.json", form="labelstudio", desk=desk)
    assert [path.name for path in written] == ["t.json", "t.json.config.xml"]
    assert "after_sales" in written[1].read_text("utf-8")


def test_an_unknown_format_is_refused(tmp_path):
    desk = publish(tmp_path / "lake", TEXTS)
    with pytest.raises(ConfigError, match="labelstudio"):
        export_tasks(make_tasks(desk, [NIGHT]), tmp_path / "t.doc", form="doc", desk=desk)

"""Labels of a file and of a lake, audited."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from tests.reviewing.lakes import NIGHT, publish
from textmine.errors import ConfigError
from textmine.reviewing.doubts import find_doubts, labels_of_file, labels_of_lake
from textmine.reviewing.importing import import_labels, read_label_file
from textmine.reviewing.tasks import export_tasks, make_tasks

SIZES, KINDS = ("大", "小", "新", "旧", "红", "蓝"), ("杯子", "椅子", "台灯", "雨伞", "书包")
THINGS = [size + kind for size in SIZES for kind in KINDS]
TEXTS = [text for thing in THINGS for text in (f"{thing}特别好用，非常喜欢", f"{thing}坏得太快，非常失望")]
LABELS = ["pos", "neg"] * len(THINGS)


def wrong_at(*places: int) -> list[str]:
    return [{"pos": "neg", "neg": "pos"}[label] if at in places else label for at, label in enumerate(LABELS)]


def test_the_wrong_label_of_a_file_is_found_by_its_row(tmp_path):
    desk = publish(tmp_path / "lake", TEXTS[:1])
    unlabelled = pd.DataFrame({"text": TEXTS[:3], "sentiment": None})
    rows = pd.concat([unlabelled, pd.DataFrame({"text": TEXTS, "sentiment": wrong_at(6)})])
    rows.to_csv(tmp_path / "l.csv", index=False)
    found = find_doubts(labels_of_file(tmp_path / "l.csv"), column="sentiment", bundle=desk.bundle.path)
    first = found.iloc[0]
    header, before = 1, len(unlabelled) + 6
    assert (first["row"], first["text"]) == (header + before + 1, TEXTS[6])
    assert (first["label"], first["predicted"]) == ("neg", "pos")


def test_the_lake_is_audited_with_its_own_corrections(tmp_path):
    desk = publish(tmp_path / "lake", TEXTS)
    tasks = make_tasks(desk, [NIGHT]).assign(corrected_sentiment=wrong_at(9))
    export_tasks(tasks, tmp_path / "t.csv", form="csv", desk=desk)
    import_labels(read_label_file(tmp_path / "t.csv").rows, desk=desk, by="me", at=datetime(2026, 11, 4, tzinfo=UTC))
    found = find_doubts(labels_of_lake(desk), column="sentiment", bundle=desk.bundle.path)
    assert found["feedback_id"].iloc[0] == "f_000009"


def test_a_column_that_cannot_be_audited_is_refused(tmp_path):
    desk = publish(tmp_path / "lake", TEXTS[:1])
    with pytest.raises(ConfigError, match="primary_category"):
        find_doubts(pd.DataFrame({"text": TEXTS}), column="categories", bundle=desk.bundle.path)

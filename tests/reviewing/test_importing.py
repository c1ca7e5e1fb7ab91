"""Labels that come back into a lake."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.reviewing.lakes import NIGHT, publish
from textmine.errors import ConfigError
from textmine.labelfiles.checks import LabelsRefusedError
from textmine.reviewing.desk import Desk
from textmine.reviewing.importing import Imported, import_labels, read_label_file
from textmine.reviewing.tasks import export_tasks, make_tasks
from textmine.store.corrections import read_corrections

TEXTS = ["快递太慢了", "做工很细", "=1+1"]
AT = datetime(2026, 11, 4, tzinfo=UTC)
SUFFIX = {"xlsx": ".xlsx", "csv": ".csv", "labelstudio": ".json"}


def filled(desk: Desk, path: Path, form: str, **corrected: str) -> Path:
    """A file of every text of the night, the same corrections in each row."""
    tasks = make_tasks(desk, [NIGHT], whole=True)
    if form == "labelstudio":
        tasks = tasks.assign(**{name.removeprefix("corrected_"): cell for name, cell in corrected.items()})
    export_tasks(tasks.assign(**corrected), path, form=form, desk=desk)
    if form == "labelstudio":
        done = [
            {"data": task["data"], "annotations": [{"completed_by": 1, "result": task["predictions"][0]["result"]}]}
            for task in json.loads(path.read_text("utf-8"))
        ]
        path.write_text(json.dumps(done), "utf-8")
    return path


def imported(path: Path, desk: Desk) -> Imported:
    return import_labels(read_label_file(path).rows, desk=desk, by="me", at=AT, guideline="1", where=path.name)


@pytest.mark.parametrize("form", SUFFIX)
def test_what_a_person_wrote_is_in_the_lake(tmp_path, form):
    desk = publish(tmp_path / "lake", TEXTS)
    file = filled(desk, tmp_path / f"t{SUFFIX[form]}", form, corrected_categories="price;service")
    done = imported(file, desk)
    assert (done.texts, done.written, done.nights, done.labels["categories"]) == (3, True, [NIGHT], 3)
    kept = read_corrections(desk.lake)
    assert [list(cell) for cell in kept["categories"]] == [["price", "service"]] * 3
    assert set(kept["annotator"]) == ({"1"} if form == "labelstudio" else {"me"})


def test_the_same_file_twice_changes_nothing(tmp_path):
    desk = publish(tmp_path / "lake", TEXTS)
    file = filled(desk, tmp_path / "t.csv", "csv", corrected_intent="praise")
    assert [imported(file, desk).written for _ in range(2)] == [True, False]


def test_a_file_with_one_wrong_cell_leaves_the_lake_as_it_was(tmp_path):
    desk = publish(tmp_path / "lake", TEXTS)
    file = filled(desk, tmp_path / "t.csv", "csv", corrected_intent="praise")
    file.write_text(file.read_text("utf-8-sig").replace('"praise"', '"prais"', 1), "utf-8")
    with pytest.raises(LabelsRefusedError) as refused:
        imported(file, desk)
    [fault] = refused.value.faults.to_dict("records")
    assert (fault["row"], fault["column"], fault["found"]) == (2, "intent", "prais")
    assert "did you mean 'praise'" in fault["allowed"]
    assert list(desk.lake.labels.iterdir()) == []


def test_a_text_that_was_revised_since_the_export_is_refused_where_it_is_no_longer_published(tmp_path):
    desk = publish(tmp_path / "lake", TEXTS)
    file = filled(desk, tmp_path / "t.csv", "csv", corrected_intent="praise")
    publish(tmp_path / "lake", ["快递很快", *TEXTS[1:]])
    with pytest.raises(LabelsRefusedError, match="another text by now 1"):
        imported(file, desk)


def test_a_text_that_came_again_revised_keeps_the_label_of_its_own_night(tmp_path):
    desk = publish(tmp_path / "lake", TEXTS)
    file = filled(desk, tmp_path / "t.csv", "csv", corrected_intent="praise")
    publish(tmp_path / "lake", ["快递很快"], night=date(2026, 11, 4))
    assert imported(file, desk).nights == [NIGHT]


def test_a_file_of_another_lake_or_without_labels_is_refused(tmp_path):
    desk = publish(tmp_path / "lake", TEXTS)
    other = publish(tmp_path / "other", TEXTS, first=50)
    with pytest.raises(ConfigError, match="none of the ids"):
        imported(filled(other, tmp_path / "o.csv", "csv", corrected_intent="praise"), desk)
    with pytest.raises(ConfigError, match="no row has a label"):
        imported(filled(desk, tmp_path / "t.xlsx", "xlsx"), desk)


@pytest.mark.parametrize(("name", "content"), [("t.txt", b"x"), ("t.csv", b"text,sentiment\nx,pos\n"), ("t.xlsx", b"PK")])
def test_what_is_no_label_file_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ConfigError):
        read_label_file(tmp_path / name)


@pytest.mark.slow
@pytest.mark.parametrize("form", SUFFIX)
def test_a_hundred_thousand_texts_go_out_and_come_back(tmp_path, form):
    desk = publish(tmp_path / "lake", [f"第{n}条：快递太慢了，等了一周才到。" for n in range(100_000)])
    file = filled(desk, tmp_path / f"t{SUFFIX[form]}", form, corrected_sentiment="pos", corrected_priority="P3")
    assert imported(file, desk).texts == 100_000
    assert set(read_corrections(desk.lake)["priority"]) == {"P3"}

"""Label Studio's formats, out and in."""

from __future__ import annotations

import io
import json
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.labelfiles.made import CHOICES, tasks
from textmine.errors import ConfigError
from textmine.labelfiles.labelstudio import read_annotations, read_label_studio, write_tasks
from textmine.labelfiles.labelstudio_config import labelling_config


def exported(frame) -> list[dict]:
    file = io.BytesIO()
    write_tasks(frame, file, choices=CHOICES, model="starter-1")
    return json.loads(file.getvalue())


def annotated(task: dict, *annotations: dict) -> dict:
    return {"id": 1, "data": task["data"], "annotations": list(annotations)}


def annotation(by: object = 7, *, cancelled: bool = False, **labels: list[str]) -> dict:
    result = [
        {"from_name": name, "to_name": "text", "type": "choices", "value": {"choices": made}} for name, made in labels.items()
    ]
    return {"completed_by": by, "was_cancelled": cancelled, "result": result}


def read(*tasks_: dict):
    return read_annotations(json.dumps(list(tasks_)).encode(), where="export.json")


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1))
def test_predictions_that_an_annotator_accepts_come_back_as_they_went_out(texts):
    made = exported(tasks(*texts))
    rows = read(*(annotated(task, {"completed_by": 7, "result": task["predictions"][0]["result"]}) for task in made)).rows
    assert rows["text"].tolist() == texts
    assert rows["feedback_id"].tolist() == [f"f_{at}" for at in range(len(texts))]
    assert set(rows["categories"]) == {"service;product"}
    assert set(rows["priority"]) == {"P2"}


def test_every_prediction_is_one_the_interface_offers():
    [task] = exported(tasks("好", categories=["service;gone"]))
    assert task["predictions"][0]["model_version"] == "starter-1"
    interface = ElementTree.fromstring(labelling_config(CHOICES))
    offered = {block.get("name"): {choice.get("value") for choice in block} for block in interface.iter("Choices")}
    for result in task["predictions"][0]["result"]:
        assert set(result["value"]["choices"]) <= offered[result["from_name"]]
        assert result["to_name"] == interface.find("Text").get("name")
    assert interface.find("Text").get("value") == "$text"


def test_cancelled_and_empty_annotations_are_left_out_and_counted():
    [task] = exported(tasks("好"))
    found = read(annotated(task, annotation(sentiment=["pos"]), annotation(cancelled=True, sentiment=["neg"]), annotation()))
    assert (len(found.rows), found.cancelled, found.empty) == (1, 1, 1)


def test_every_annotator_has_a_row_of_their_own():
    [task] = exported(tasks("好"))
    rows = read(
        annotated(task, annotation({"id": 3, "email": "a@b.cn"}, sentiment=["pos"]), annotation(8, sentiment=["neg"]))
    ).rows
    assert rows[["annotator", "sentiment"]].to_numpy().tolist() == [["a@b.cn", "pos"], ["8", "neg"]]


def test_the_short_format_is_read_too(tmp_path):
    short = [{"id": 1, "feedback_id": "f_1", "text": "好", "sentiment": "pos", "categories": {"choices": ["product", "service"]}}]
    (tmp_path / "min.json").write_text(json.dumps(short), "utf-8")
    [row] = read_label_studio(tmp_path / "min.json").to_dict("records")
    assert (row["feedback_id"], row["sentiment"], row["categories"]) == ("f_1", "pos", ["product", "service"])


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_export_is_refused(data):
    with pytest.raises(ConfigError, match="JSON"):
        read_annotations(data, where="export.json")

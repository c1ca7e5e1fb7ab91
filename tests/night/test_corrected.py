"""What a person said wins over the model, in every run from then on, and nothing else changes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from tests.night.small import KEY, NIGHT, Published, config_of, deliver, digest, run, write_one_source
from textmine.errors import ConfigError
from textmine.reviewing.desk import Desk
from textmine.reviewing.importing import import_labels
from textmine.settings import Settings
from textmine.store.reading import read_table

AT = datetime(2026, 11, 4, tzinfo=UTC)
ROWS = (
    {"编号": "1", "内容": "吃完之后上吐下泻，去了医院，医生说是食物中毒。"},
    {"编号": "2", "内容": "质量很好，做工精细，下次还会买。"},
    {"编号": "3", "内容": "请问保修期是多长时间？"},
)


def published(folder: Path) -> pd.DataFrame:
    rows = read_table("labelled_feedback", nights=NIGHT, root=folder / "lake")
    return rows.set_index("source_ref", drop=False).sort_index()


def correct(folder: Path, ref: str, **said: str):
    """Import one correction, as if a file with one row came back."""
    desk = Desk.open(config_of(folder), Settings(key=KEY))
    columns = ["text", "text_digest", "annotator", "sentiment", "categories", "primary_category", "intent", "priority"]
    row = {name: said.get(name) for name in columns} | {"feedback_id": published(folder).loc[ref, "feedback_id"]}
    return import_labels(pd.DataFrame([row]).astype("str"), desk=desk, by="me", at=AT)


@pytest.fixture
def night(tmp_path):
    write_one_source(tmp_path)
    deliver(tmp_path, "a.csv", *ROWS)
    run(tmp_path)
    return tmp_path


def test_a_corrected_text_has_the_persons_labels_and_what_follows_from_them(night):
    before = published(night).loc["3"]
    assert correct(night, "3", sentiment="neg", categories="after_sales;service", intent="complaint").nights == [NIGHT]
    run(night)
    row = published(night).loc["3"]
    assert (row["sentiment"], row["sentiment_score"], row["intent"]) == ("neg", -0.5, "complaint")
    assert set(row["categories"]) == {"after_sales", "service"}
    assert (row["sentiment_confidence"], row["category_confidence"], row["intent_confidence"]) == (1.0, 1.0, 1.0)
    assert (row["label_source"], row["needs_review"]) == ("human", False)
    assert before["sentiment"] != "neg"
    assert row["priority_terms"]["severity"] > before["priority_terms"]["severity"]


def test_a_corrected_priority_sets_the_due_time_and_the_terms_stay(night):
    before = published(night).loc["2"]
    correct(night, "2", priority="P0")
    run(night)
    row = published(night).loc["2"]
    assert (before["priority"], row["priority"]) == ("P3", "P0")
    assert (pd.isna(before["respond_by"]), pd.isna(row["respond_by"])) == (True, False)
    assert (row["priority_score"], row["priority_terms"]) == (before["priority_score"], before["priority_terms"])
    assert isinstance(row["route_to"], str)


def test_a_red_line_that_asks_for_a_complaint_falls_with_it(night):
    assert "illness" in published(night).loc["1", "red_lines"]
    correct(night, "1", sentiment="pos", intent="statement")
    run(night)
    assert list(published(night).loc["1", "red_lines"]) == []


def test_the_other_rows_and_every_later_run_stay_the_same(night):
    before = published(night).drop(index="2").drop(columns="run_id")
    correct(night, "2", sentiment="neg")
    run(night)
    after = published(night)
    assert after.drop(index="2").drop(columns="run_id").astype(str).equals(before.astype(str))
    first = digest(night / "lake")
    run(night)
    assert digest(night / "lake") == first


def test_a_correction_is_of_one_text_and_not_of_its_revision(night):
    correct(night, "2", sentiment="neg")
    deliver(night, "b.csv", {"编号": "2", "内容": "质量很好，用了一周也没有问题，推荐购买。"})
    run(night)
    row = published(night).loc["2"]
    assert (row["sentiment"], row["label_source"]) == ("pos", "model")


def test_corrected_texts_leave_the_queue(night):
    queue = read_table("review_queue", nights=NIGHT, root=night / "lake")
    assert len(queue) == 3
    correct(night, "2", sentiment="pos")
    run(night)
    left = read_table("review_queue", nights=NIGHT, root=night / "lake")
    assert set(queue["feedback_id"]) - set(left["feedback_id"]) == {published(night).loc["2", "feedback_id"]}


def test_the_size_of_the_queue_is_a_choice_of_the_config(night):
    config = night / "textmine.toml"
    config.write_text(config.read_text("utf-8") + "\n[labels]\nqueue_rows = 1\nrandom_share = 0.0\n", "utf-8")
    run(night)
    assert read_table("review_queue", nights=NIGHT, root=night / "lake")["rank"].tolist() == [1]
    config.write_text(config.read_text("utf-8").replace("queue_rows", "queue_row"), "utf-8")
    with pytest.raises(ConfigError, match="queue_rows"):
        run(night)


def test_a_category_that_the_taxonomy_lost_is_left_out_and_told(night, monkeypatch):
    from textmine.night import run as module

    correct(night, "2", categories="price;product", sentiment="pos")
    real = module.note_corrections
    monkeypatch.setattr(
        module,
        "note_corrections",
        lambda lake, *, folder, categories: real(lake, folder=folder, categories=set(categories) - {"price"}),
    )
    result = run(night)
    assert result.problems["labels"] == ["1 corrections name a category that the taxonomy does not have"]
    row = published(night).loc["2"]
    assert (list(row["categories"]), row["label_source"]) == (["product"], "human")


def test_without_corrections_a_night_is_as_it_was(own_small: Published):
    before = digest(own_small.root)
    run(own_small.folder)
    assert digest(own_small.root) == before
    assert set(read_table("labelled_feedback", nights=NIGHT, root=own_small.root)["label_source"]) == {"model"}

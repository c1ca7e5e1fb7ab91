"""A whole retraining: nothing half-written, the rest of the champion kept, and no way past the gate."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from textmine.errors import ConfigError
from textmine.label import Labeller
from textmine.learn.examples import make_examples
from textmine.learn.gate import CANNOT_JUDGE
from textmine.retraining import Request, open_retraining, retrain
from textmine.retraining import run as module
from textmine.retraining.folder import begin_folder
from textmine.retraining.lineage import dictionary_of
from textmine.retraining.problems import ExamplesRefusedError
from textmine.retraining.tasks import TASKS, Task
from textmine.store.bundles import BundleFolder, bundle_ids, champion, open_bundle, promote
from textmine.store.shipped import bundle_folders

THINGS, GOOD, BAD = (
    ["快递", "房间", "屏幕", "菜品", "客服", "电池"],
    ["很好", "不错", "满意", "推荐"],
    ["太差", "很慢", "失望", "坏了"],
)


def reviews():
    words = [(f"{thing}{said}，{number}次", label) for label, said_of in (("pos", GOOD), ("neg", BAD))
             for number, thing, said in product(range(12), THINGS, said_of)]  # fmt: skip
    return make_examples(pd.DataFrame(words, columns=["text", "sentiment"]), source="made")


@pytest.fixture
def learners(monkeypatch):
    """Makes the sentiment task learn with a learner of the tests."""

    def put(name, label="sentiment"):
        task = Task(f"tests.retraining.learners:{name}", label, ("heads-none*",))
        monkeypatch.setattr(module, "TASKS", dict(TASKS) | {"sentiment": task})

    return put


def request(folder: Path, *tasks: str, **more) -> Request:
    return Request(models=folder / "models", name="own", tasks=tasks or ("sentiment",), **more)


def test_one_class_only_is_refused_and_nothing_is_left(tmp_path):
    with pytest.raises(ExamplesRefusedError) as refused:
        retrain(reviews().iloc[:100], request(tmp_path))
    assert refused.value.table["problem"].tolist() == ["one class only"]
    assert not (tmp_path / "models").exists()


@pytest.mark.parametrize(("change", "said"), [({"tasks": ("topic",)}, "unknown task"), ({"name": "a/b"}, "no name of a bundle")])
def test_a_wrong_request_is_refused_before_anything_is_done(tmp_path, change, said):
    asked = Request(**{"models": tmp_path / "models", "name": "own", "tasks": ("topics",)} | change)
    with pytest.raises(ConfigError, match=said), open_retraining(asked):
        pass
    assert not (tmp_path / "models").exists()


def test_a_learner_that_fails_leaves_no_file_behind(tmp_path, learners):
    learners("train_nothing")
    with pytest.raises(ConfigError, match="unknown setting"):
        retrain(reviews(), request(tmp_path, settings={"sentiment": {"strenght": 2.0}}))
    assert not (tmp_path / "models").exists()


@pytest.mark.slow
def test_rows_that_suffice_only_together_with_the_held_out_ones_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "_champion", lambda _: None)
    days = pd.date_range("2026-01-01", periods=52, tz="UTC")  # the newest five are held out
    rows = pd.concat([reviews().iloc[:26], reviews().iloc[-26:]]).assign(created_at=days)
    with pytest.raises(ExamplesRefusedError) as refused:
        retrain(rows, request(tmp_path, base=False))
    (found,) = refused.value.table.to_dict("records")
    assert (found["problem"], found["todo"]) == ("too few rows", "at least 50 labelled rows besides the held-out ones")


@pytest.mark.slow
def test_few_rows_and_tasks_kept_from_another_dictionary_are_said_in_the_log_and_the_card(
    tmp_path, learners, monkeypatch, caplog
):
    learners("train_nothing")
    begin_folder(tmp_path / "old", base=None, vocabulary=None)
    (tmp_path / "old" / "heads-intent.npz").write_text("")
    card = {"tasks": {"intent": {"dictionary": "another"}, "sentiment": {"rows": 100_000}}}
    monkeypatch.setattr(module, "_champion", lambda _: BundleFolder("old", tmp_path / "old", card, ""))
    monkeypatch.setattr(module, "Labeller", SimpleNamespace(open=lambda *_, **__: None))
    with open_retraining(request(tmp_path)) as run:
        run.prepare(reviews())
        rows = int(run.prepared.training("sentiment").sum())
        run.train("sentiment")
        run.seal()
    assert f"sentiment: learned from {rows} rows, before from 100000" in caplog.text
    assert "learned with the one before, and kept: intent" in caplog.text
    told = json.loads((run.folder / "card.json").read_text("utf-8"))
    assert told["learned_with_another_dictionary"] == ["intent"]
    assert told["tasks"]["sentiment"] == {"rows": 1, "training_rows": rows, "dictionary": dictionary_of(tmp_path / "old")}


@pytest.mark.slow
def test_a_retrained_task_keeps_the_rest_of_the_bundle_in_use_and_the_same_rows_give_the_same_id(tmp_path, learners):
    learners("train_nothing")
    before = open_bundle(bundle_folders(None))
    run = retrain(reviews(), request(tmp_path))
    card = open_bundle([tmp_path / "models"], run.folder.name).card
    assert card["files"] == before.card["files"]
    assert card["base"] == before.id
    assert card["tasks"]["sentiment"]["rows"] == 1
    assert bundle_ids([tmp_path / "models"]) == [run.folder.name]
    assert retrain(reviews(), request(tmp_path)).folder.name == run.folder.name


@pytest.mark.slow
def test_a_bundle_that_spoils_the_labels_is_sealed_but_never_promoted(tmp_path, learners):
    learners("train_all_praise")
    run = retrain(reviews(), request(tmp_path))
    fell = {check.task for check in run.verdict.checks if check.verdict == "fell"}
    assert "contrast" in fell
    assert not run.verdict.passed
    assert run.promote() is False
    assert not (tmp_path / "models" / "CHAMPION").exists()
    gate = json.loads((run.folder / "card.json").read_text("utf-8"))["gate"]
    assert (gate["passed"], gate["champion"]) == (False, champion(bundle_folders(None)).current[0])


@pytest.mark.slow
def test_promoted_by_hand_it_is_the_next_ones_champion_and_rolled_back_it_is_not(tmp_path, learners):
    learners("train_all_praise")
    spoilt = retrain(reviews(), request(tmp_path)).folder.name
    promote(bundle_folders(tmp_path / "models"), spoilt)
    learners("train_nothing")
    run = retrain(reviews(), request(tmp_path))
    assert run.verdict.champion == spoilt
    assert {check.of for check in run.verdict.checks if check.verdict == "fell"} <= {CANNOT_JUDGE}


@pytest.mark.slow
def test_topics_of_a_fresh_bundle_are_the_same_twice_and_label(tmp_path):
    asked = request(tmp_path, "topics", base=False, settings={"topics": {"n_topics": 3}})
    run = retrain(reviews(), asked)
    assert run.folder.name == retrain(reviews(), asked).folder.name
    rows = Labeller.open(run.folder, bundle_id=run.folder.name).label(["快递和房间都很好"])
    assert rows["topic_id"].iloc[0] >= 0


def test_all_means_the_tasks_that_have_labels():
    def chosen(*tasks, begun=True):
        return request(Path(), *tasks).choose(reviews().assign(priority="P2"), begun=begun)

    assert chosen("all") == ("sentiment", "urgency")
    assert chosen("all", begun=False) == ("sentiment", "urgency", "topics")
    assert chosen("topics", "priority", "sentiment") == ("sentiment", "topics", "priority")

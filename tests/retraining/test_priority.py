"""The proposal of a policy: fitted on what this bundle makes of labelled texts, urgency by heads that have not seen them."""

from __future__ import annotations

import json
import shutil
from itertools import product
from pathlib import Path

import pandas as pd
import pytest

from textmine.errors import ConfigError
from textmine.label import Labeller
from textmine.learn.examples import make_examples
from textmine.learn.prepared import Prepared
from textmine.learn.train_urgency import train_urgency
from textmine.policy import read_policy
from textmine.priority.adjust import numbers_of
from textmine.retraining import priority
from textmine.retraining.prepare import prepare
from textmine.store.bundles import open_bundle
from textmine.store.shipped import SHIPPED_VOCABULARY, bundle_folders

THINGS = ("外套", "台灯", "书包", "水壶", "雨伞")
SAID = {
    "P1": ("{}坏了，要求退款没人理", "买{}被骗了，要投诉", "{}一直不发货，多次联系无人回复", "{}漏电，太危险了"),
    "P2": ("{}的做工太差了", "{}送得很慢，失望", "请问{}怎么保修？", "建议{}多出几种颜色"),
    "P3": ("{}很好，下次还买", "{}质量不错，满意", "{}收到了", "{}给妈妈买的，她很喜欢"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("priority") / "bundle"
    shutil.copytree(open_bundle(bundle_folders(None)).path, made)
    for path in (*made.glob("heads-*"), *made.glob("learned-*")):
        path.unlink()
    for path in SHIPPED_VOCABULARY.iterdir():
        shutil.copy(path, made / path.name)
    return made


@pytest.fixture(scope="module")
def prepared(folder: Path) -> Prepared:
    rows = [(text.format(thing), level) for level, texts in SAID.items() for text, thing in product(texts, THINGS)]
    made = prepare(make_examples(pd.DataFrame(rows, columns=["text", "priority"]), source="made"), folder=folder)
    train_urgency(made).save(folder)
    return made


@pytest.mark.slow
def test_too_few_labels_or_none_urgent_are_refused(prepared: Prepared, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(ConfigError, match="too few priorities"):
        priority.train_priority(prepared)
    monkeypatch.setattr(priority, "FEWEST", 20)
    calm = Prepared(**{**vars(prepared), "examples": prepared.examples.assign(priority="P2")})
    with pytest.raises(ConfigError, match="too few priorities"):
        priority.train_priority(calm)


@pytest.mark.slow
def test_a_proposal_lies_beside_the_policy_which_stays_as_it_is(prepared: Prepared, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(priority, "FEWEST", 20)
    policy = (prepared.folder / "policy.toml").read_bytes()
    learned = priority.train_priority(prepared, hold=1.0)
    learned.save(prepared.folder)
    assert (prepared.folder / "policy.toml").read_bytes() == policy
    proposed = numbers_of(read_policy(prepared.folder / priority.PROPOSAL))
    start = numbers_of(read_policy(prepared.folder / "policy.toml"))
    moved = {".".join(key): [start[key], proposed[key]] for key in start if proposed[key] != start[key]}
    assert moved == learned.card["changed"] != {}
    told = json.loads((prepared.folder / priority.DRY_RUN).read_text("utf-8"))
    assert told["rows"] == learned.card["n"] == prepared.training("priority").sum()
    assert learned.card["after"]["accuracy"] >= learned.card["before"]["accuracy"]
    assert 0 <= learned.card["cross_validated"]["recall"] <= 1


@pytest.mark.slow
def test_the_rows_are_fitted_with_an_urgency_that_was_not_learned_from_them(prepared: Prepared):
    rows = prepared.training("priority")
    labeller = Labeller.open(prepared.folder, bundle_id="made")
    unseen = priority._read(prepared, rows, labeller)["learned_urgency"]
    texts = prepared.examples.loc[rows, ["text"]].reset_index(drop=True)
    seen = labeller.read(priority.as_feedback(texts, text_column="text")).rows["learned_urgency"]
    urgent = prepared.examples["priority"].eq("P1").to_numpy()[rows]
    assert unseen[urgent].mean() < seen[urgent].mean()
    assert unseen[~urgent].mean() > seen[~urgent].mean()

"""Urgency learned from a few hand-made texts: what was labelled comes out, with its words, and travels to the priority."""

from __future__ import annotations

import shutil
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from textmine.channels.own import as_feedback
from textmine.errors import ConfigError
from textmine.label import HISTORY, Labeller
from textmine.learn.examples import make_examples
from textmine.learn.prepared import Prepared
from textmine.learn.train_urgency import calibrate, train_urgency, unseen_scores
from textmine.policy import read_policy
from textmine.priority.urgency import UrgencyModel
from textmine.retraining.prepare import prepare
from textmine.store.bundles import open_bundle
from textmine.store.shipped import SHIPPED_VOCABULARY, bundle_folders

THINGS = ("外套", "台灯", "书包", "水壶", "雨伞", "耳机", "毛毯", "闹钟", "花瓶", "相框")
SAID = {
    "P1": ("{}的事三天内不给准话就走着瞧", "{}的尾款你们到底认不认账"),
    "P2": ("{}的颜色发暗不喜欢", "{}比图片上小了一圈"),
    "P3": ("{}收到了还没有拆开", "{}跟描述的一样"),
}
NEW = ["风扇的尾款你们到底认不认账", "风扇的颜色发暗不喜欢", "", "风扇跟描述的一样"]


def examples() -> pd.DataFrame:
    rows = [(text.format(thing), level) for level, texts in SAID.items() for text, thing in product(texts, THINGS)]
    return make_examples(pd.DataFrame(rows, columns=["text", "priority"]), source="made")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("urgency") / "bundle"
    shutil.copytree(open_bundle(bundle_folders(None)).path, made)
    for path in (*made.glob("heads-*"), *made.glob("learned-*")):
        path.unlink()
    for path in SHIPPED_VOCABULARY.iterdir():
        shutil.copy(path, made / path.name)
    return made


@pytest.fixture(scope="module")
def prepared(folder: Path) -> Prepared:
    return prepare(examples(), folder=folder)


@pytest.fixture(scope="module")
def labeller(prepared: Prepared, folder: Path) -> Labeller:
    train_urgency(prepared).save(folder)
    return Labeller.open(folder, bundle_id="made")


def quiet(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(0.0, index=rows.index, columns=list(HISTORY))


@pytest.mark.slow
def test_urgent_texts_are_told_from_the_others_with_the_words_that_say_so(labeller: Labeller):
    rows = labeller.read(as_feedback(pd.DataFrame({"text": NEW}), text_column="text")).rows
    value = rows["learned_urgency"]
    assert value[0] > 0.5 > max(value[1], value[3])
    assert value[2] == 0.0
    words = dict(rows["evidence"][0])["urgency:urgent"]
    assert 1 <= len(words) <= 3
    assert all(word in NEW[0] for word in words)
    assert "urgency:urgent" not in dict(rows["evidence"][1])


@pytest.mark.slow
def test_the_term_on_the_row_is_the_weight_times_the_value_and_anyone_can_add_it_up(labeller: Labeller):
    rows = labeller.read(as_feedback(pd.DataFrame({"text": NEW}), text_column="text")).rows
    ranked = labeller.rank(rows, quiet(rows))
    for value, score, cell in zip(rows["learned_urgency"], ranked["priority_score"], ranked["priority_terms"], strict=True):
        terms = dict(cell)
        assert terms["learned_urgency"] == round(labeller.policy.weights.learned_urgency * value, 4)
        assert round(sum(terms.values()), 4) == score


@pytest.mark.slow
def test_pieces_give_what_the_whole_gives_and_a_corrected_label_keeps_the_value(labeller: Labeller):
    feedback = as_feedback(pd.DataFrame({"text": NEW}), text_column="text")
    whole = labeller.read(feedback).rows["learned_urgency"]
    pieces = [labeller.read(feedback.iloc[[at]].reset_index(drop=True)).rows["learned_urgency"] for at in range(len(NEW))]
    assert pd.concat(pieces, ignore_index=True).equals(whole)
    said = pd.DataFrame(None, index=feedback.index, columns=["sentiment", "primary_category", "categories", "intent", "priority"])
    said.loc[0, "intent"] = "praise"
    corrected = labeller.read(feedback, corrections=said).rows
    assert corrected["learned_urgency"].equals(whole)
    terms = dict(labeller.rank(corrected, quiet(corrected))["priority_terms"][0])
    assert terms["learned_urgency"] == 0.0  # praise asks for nothing, whatever its words


@pytest.mark.slow
def test_a_policy_that_gives_it_no_weight_shows_neither_value_nor_words(labeller: Labeller, folder: Path, tmp_path: Path):
    other = tmp_path / "bundle"
    shutil.copytree(folder, other)
    text = (folder / "policy.toml").read_text("utf-8")
    lines = [line for line in text.split("\n") if not line.startswith("learned_urgency")]
    (other / "policy.toml").write_text("\n".join(lines), "utf-8")
    assert read_policy(other / "policy.toml").weights.learned_urgency == 0
    rows = Labeller.open(other, bundle_id="x").read(as_feedback(pd.DataFrame({"text": NEW}), text_column="text")).rows
    assert "learned_urgency" not in rows
    assert "urgency:urgent" not in dict(rows["evidence"][0])


@pytest.mark.slow
def test_the_same_rows_give_the_same_bytes_and_numbers_only(prepared: Prepared, tmp_path: Path):
    places = [tmp_path / "a", tmp_path / "b"]
    for place in places:
        place.mkdir()
        train_urgency(prepared).save(place)
    names = sorted(path.name for path in places[0].iterdir())
    assert names == ["heads-urgency.npz", "learned-urgency.json"]
    assert all((places[0] / name).read_bytes() == (places[1] / name).read_bytes() for name in names)


@pytest.mark.slow
def test_a_row_is_scored_by_a_head_that_has_not_seen_it(prepared: Prepared):
    rows = prepared.training("priority")
    spoilt = prepared.examples["priority"].where(~rows | (np.cumsum(rows) > 1), "P3")  # the first row's label says another thing
    other = Prepared(**{**vars(prepared), "examples": prepared.examples.assign(priority=spoilt)})
    assert unseen_scores(prepared, rows)[0] == unseen_scores(other, rows)[0]


@pytest.mark.slow
def test_rows_of_one_kind_are_refused(prepared: Prepared):
    calm = Prepared(**{**vars(prepared), "examples": prepared.examples.assign(priority="P2")})
    with pytest.raises(ConfigError, match="too few rows"):
        train_urgency(calm)


def test_calibration_gives_the_share_of_urgent_rows():
    score = np.repeat([-1.0, 1.0], 100)
    urgent = np.concatenate([np.arange(100) < 10, np.arange(100) < 80])
    value = calibrate(score, urgent).value(np.array([-1.0, 1.0]))
    assert np.abs(value - [0.1, 0.8]).max() < 0.01


def test_scores_that_tell_nothing_give_everybody_the_mean_share():
    backwards = calibrate(np.array([1.0, 1.0, -1.0, -1.0]), np.array([False, False, False, True]))
    assert backwards == UrgencyModel(0.0, -1.0986)
    assert backwards.value(np.array([-5.0, 5.0])).tolist() == [0.25, 0.25]

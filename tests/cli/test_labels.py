"""``textmine labels``: queue, export, import, audit."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest

from tests.night.small import NIGHT, SAID, Published
from textmine.store.reading import read_table


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def save(rows: list[dict[str, str]], path: Path) -> Path:
    pd.DataFrame(rows).to_csv(path, index=False)
    return path


def test_the_queue_is_shown_with_its_channels_and_without_words(textmine, small: Published, config):
    done = textmine("labels", "queue", "--config", config)
    queue = read_table("review_queue", nights=NIGHT, root=small.root)
    assert done.code == 0
    assert f"night {NIGHT}: {len(queue)} texts to review" in done.out
    assert all(name in done.out for name in queue["feedback_id"])
    assert not any(text[:6] in done.out for text in SAID)


@pytest.mark.parametrize(("form", "name"), [("xlsx", "t.xlsx"), ("csv", "t.csv"), ("labelstudio", "t.json")])
def test_the_queue_goes_out_in_every_format(textmine, config, tmp_path, form, name):
    done = textmine("labels", "export", tmp_path / name, "--night", NIGHT, "--format", form, "--config", config)
    assert done.code == 0
    assert (tmp_path / name).stat().st_size > 1000
    assert (tmp_path / "t.json.config.xml").exists() == (form == "labelstudio")


def test_corrections_come_back_once_and_name_the_night_to_run_again(textmine, own_small: Published, tmp_path):
    config = own_small.folder / "textmine.toml"
    textmine("labels", "export", tmp_path / "t.csv", "--format", "csv", "--all", "--config", config)
    rows = rows_of(tmp_path / "t.csv")
    save([{**rows[0], "corrected_sentiment": "正面"}, *rows[1:]], tmp_path / "t.csv")
    done = textmine("labels", "import", tmp_path / "t.csv", "--by", "李", "--guideline", "1", "--config", config)
    assert (done.code, "1 texts" in done.out) == (0, True)
    assert f"textmine nightly --night {NIGHT}" in done.out
    again = textmine("labels", "import", tmp_path / "t.csv", "--by", "李", "--guideline", "1", "--config", config)
    assert (again.code, "no change" in again.out) == (0, True)
    assert textmine("nightly", "--night", NIGHT, "--config", config).code == 3
    row = read_table("labelled_feedback", nights=NIGHT, root=own_small.root).set_index("feedback_id").loc[rows[0]["feedback_id"]]
    assert (row["sentiment"], row["label_source"]) == ("pos", "human")


def test_wrong_labels_are_shown_row_by_row_and_nothing_is_kept(textmine, own_small: Published, tmp_path):
    config = own_small.folder / "textmine.toml"
    save([{"feedback_id": "f_0", "sentiment": "sad"}], tmp_path / "t.csv")
    done = textmine("labels", "import", tmp_path / "t.csv", "--by", "me", "--config", config)
    assert (done.code, "none of the ids" in done.err) == (2, True)
    textmine("labels", "export", tmp_path / "u.csv", "--format", "csv", "--config", config)
    rows = rows_of(tmp_path / "u.csv")
    save([{**rows[0], "corrected_sentiment": "sad"}, {**rows[1], "corrected_intent": "prais"}], tmp_path / "t.csv")
    done = textmine("labels", "import", tmp_path / "t.csv", "--by", "me", "--config", config)
    assert done.code == 2
    assert [line.split()[:2] for line in done.err.splitlines()[1:3]] == [["2", "sentiment"], ["3", "intent"]]
    assert list((own_small.root / "labels").iterdir()) == []


def test_labels_of_a_file_are_audited_without_a_lake(textmine, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    things = [
        f"{size}{thing}" for size in ("大", "小", "新", "旧", "红", "蓝") for thing in ("杯子", "椅子", "台灯", "雨伞", "书包")
    ]
    texts = [text for thing in things for text in (f"{thing}特别好用，非常喜欢", f"{thing}坏得太快，非常失望")]
    labels = ["pos", "neg"] * len(things)
    labels[4] = "neg"
    pd.DataFrame({"text": texts, "sentiment": labels}).to_csv("l.csv", index=False)
    done = textmine("labels", "audit", "out.xlsx", "--labels", "l.csv")
    assert done.code == 0
    assert pd.read_excel("out.xlsx", engine="calamine")["row"].iloc[0] == 6  # the header is row 1
    assert done.out.splitlines()[1].split()[:2] == ["row", "6"]


def test_a_file_that_may_hold_corrections_is_not_written_over(textmine, config, tmp_path):
    assert textmine("labels", "export", tmp_path / "t.csv", "--config", config).code == 0
    done = textmine("labels", "export", tmp_path / "t.csv", "--config", config)
    assert (done.code, "may hold corrections" in done.err) == (2, True)


def test_the_extension_and_the_format_must_agree(textmine, config, tmp_path):
    done = textmine("labels", "export", tmp_path / "t.csv", "--format", "labelstudio", "--config", config)
    assert (done.code, ".json" in done.err) == (2, True)


def test_options_that_exclude_each_other_are_refused(textmine, config, tmp_path):
    done = textmine("labels", "export", tmp_path / "t.csv", "--night", NIGHT, "--from", NIGHT, "--config", config)
    assert done.code == 2

"""``textmine nightly``."""

from __future__ import annotations

import gzip
from datetime import datetime

import pytest

from tests.night.small import NIGHT, deliver, write, write_one_source
from textmine.store.lake import Lake
from textmine.store.lock import lake_lock
from textmine.store.reading import read_table


def test_a_night_is_published_and_told_on_one_screen(textmine, tmp_path):
    config = write_one_source(tmp_path)
    deliver(tmp_path, "a.csv", {"编号": "1", "内容": "很好用"}, {"编号": "2", "内容": "快递太慢"})
    done = textmine("nightly", "--night", NIGHT, "--config", config)
    assert done.code == 0, done.err
    assert "records in 2 = 2 published + 0 duplicate + 0 superseded + 0 quarantined + 0 erased  (balanced)" in done.out
    assert "反馈" in done.out
    assert str(tmp_path / "lake" / "reports") in done.out
    assert [line.split()[0] for line in done.err.splitlines()] == ["land", "label", "look", "rank", "publish"]  # a line a stage
    assert len(read_table("labelled_feedback", nights=NIGHT, root=tmp_path / "lake")) == 2


def test_a_missing_file_is_exit_code_3_and_named(textmine, tmp_path):
    config = write_one_source(tmp_path)
    deliver(tmp_path, "a.csv", {"编号": "1", "内容": "很好用"}, {"编号": "2", "内容": "快递太慢"})
    write(tmp_path / "in" / "b.csv.gz", gzip.compress(b"id,text\n1,x\n")[:-8])
    done = textmine("nightly", "--night", NIGHT, "--config", config)
    assert done.code == 3
    assert "problem   反馈: b.csv.gz" in done.out


def test_a_wrong_config_is_exit_code_2_and_makes_no_lake(textmine, tmp_path):
    config = write_one_source(tmp_path)
    config.write_text(config.read_text("utf-8").replace("workers", "wrokers"), "utf-8")
    done = textmine("nightly", "--config", config)
    assert done.code == 2
    assert "did you mean 'workers'?" in done.err
    assert not (tmp_path / "lake").exists()


def test_no_config_is_exit_code_2_and_names_init(textmine, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = textmine("nightly")
    assert done.code == 2
    assert "textmine init" in done.err


def test_no_key_is_exit_code_2_and_makes_no_lake(textmine, tmp_path, monkeypatch):
    monkeypatch.delenv("TEXTMINE_KEY")
    done = textmine("nightly", "--config", write_one_source(tmp_path))
    assert done.code == 2
    assert "no key" in done.err
    assert not (tmp_path / "lake").exists()


def test_a_lake_in_use_is_exit_code_4(textmine, tmp_path):
    config = write_one_source(tmp_path)
    with lake_lock(Lake(tmp_path / "lake")):
        done = textmine("nightly", "--config", config)
    assert done.code == 4
    assert "pid" in done.err


def test_a_night_that_the_audit_holds_is_exit_code_5(textmine, tmp_path):
    config = write_one_source(tmp_path)
    write(tmp_path / "in" / "a.csv", "编号,内容,时间\n" + "1,好\n" * 20 + "3,好,2026-11-03\n")
    done = textmine("nightly", "--night", NIGHT, "--config", config)
    assert done.code == 5
    assert "too many records are quarantined" in done.err
    assert "held" in textmine("runs", "--config", config).out


def test_without_a_night_the_day_that_ended_is_run(textmine, tmp_path, monkeypatch):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.fromisoformat("2026-11-22T01:30:00+08:00")

    monkeypatch.setattr("textmine.cli.nightly.datetime", Clock)
    config = write_one_source(tmp_path)
    deliver(tmp_path, "a.csv", {"编号": "1", "内容": "很好用"})
    assert "night 2026-11-21 " in textmine("nightly", "--config", config).out


def test_the_config_may_be_named_by_the_environment(textmine, tmp_path, monkeypatch):
    config = write_one_source(tmp_path)
    deliver(tmp_path, "a.csv", {"编号": "1", "内容": "很好用"})
    monkeypatch.setenv("TEXTMINE_CONFIG", str(config))
    assert textmine("nightly", "--night", NIGHT).code == 0


@pytest.mark.slow
def test_the_sample_runs_with_workers_and_balances(textmine, tmp_path, monkeypatch):
    from textmine.night import sample_config
    from textmine.settings import read_config

    config = read_config(sample_config())
    there = config.model_copy(update={"lake": config.lake.model_copy(update={"root": tmp_path / "lake"})})
    monkeypatch.setattr("textmine.settings.read_config", lambda _: there)
    done = textmine("nightly", "--sample", "--night", NIGHT)
    assert done.code == 0, done.out
    assert "(balanced)" in done.out

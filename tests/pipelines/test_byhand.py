"""``python -m pipelines.nightly``: exit codes of the public contract, errors in one line, the summary as the last words."""

from __future__ import annotations

import os
import signal

import httpx
import pytest

import pipelines.byhand as byhand
from pipelines.nightly import main
from pipelines.watch import current_watch, watching
from tests.night.small import NIGHT
from tests.pipelines.lakes import DEAD, write_lake
from textmine.night import run_night
from textmine.night.progress import Silent
from textmine.retraining.problems import ExamplesRefusedError, Problem
from textmine.settings import Settings, read_config
from textmine.store.lake import Lake
from textmine.store.lock import lake_lock

HELD = """
[audit]
max_unscored = 0
[[sources]]
name = "空的"
path = "empty.csv"
"""


def run(config, *more):
    return main(["--night", NIGHT.isoformat(), "--config", str(config), *more])


def error_line(capsys):
    """The one line of an error among the lines of progress; no traceback beside it."""
    said = capsys.readouterr()
    assert "Traceback" not in said.err
    [line] = [line for line in said.err.splitlines() if line.startswith("error ")]
    assert said.out == ""
    return line


def test_a_config_that_is_not_there_is_said_before_prefect_starts(tmp_path, capsys):
    assert run(tmp_path / "nothing.toml") == 2
    assert "no config file" in error_line(capsys)


def test_a_mistyped_key_is_answered_with_the_nearest_before_prefect_starts(tmp_path, capsys):
    assert run(write_lake(tmp_path, more="[audit]\nmax_unscord = 0.5\n")) == 2
    assert "did you mean 'max_unscored'?" in error_line(capsys)


def test_a_night_that_is_no_date_is_wrong_use(tmp_path, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(["--night", "2026-13-01"])
    assert "--night: invalid day value: '2026-13-01'" in capsys.readouterr().err


def test_a_server_that_cannot_be_reached_is_said_in_one_line(capsys):
    assert byhand.run_by_hand(_refused) == 1
    assert "`textmine nightly`, which needs no Prefect" in error_line(capsys)


def test_a_stop_signal_ends_the_run_like_ctrl_c(capsys):
    before = signal.getsignal(signal.SIGTERM)
    assert byhand.run_by_hand(lambda: os.kill(os.getpid(), signal.SIGTERM)) == 1
    assert error_line(capsys) == "error stopped"
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_flow_that_nobody_watches_shows_nothing():
    with watching(Silent()) as watch:
        assert current_watch() is watch
    assert current_watch() is not watch


def test_the_key_made_for_the_sample_is_said_once(tmp_path, monkeypatch, capsys):
    write_lake(tmp_path / "data" / "sample")
    monkeypatch.delenv("TEXTMINE_KEY")
    monkeypatch.setattr("textmine.night.sample.PACKAGE", tmp_path / "src" / "textmine")
    byhand.sample()
    assert capsys.readouterr().out.count(f"made a key for this lake: {tmp_path / 'data' / 'sample' / 'lake' / '.key'}") == 1
    byhand.sample()
    assert capsys.readouterr().out == ""


@pytest.mark.slow
def test_a_whole_night_is_0_and_ends_with_where_it_lies(tmp_path, prefect_home, capsys):
    assert run(write_lake(tmp_path)) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[1] == "records in 10 = 10 published + 0 duplicate + 0 superseded + 0 quarantined + 0 erased  (balanced)"
    lake = tmp_path / "lake"
    assert lines[-2:] == [f"published {lake / 'published'}", f"report    {lake / 'reports' / 'night=2026-11-03.html'}"]


@pytest.mark.slow
def test_a_night_without_one_of_its_sources_is_3(tmp_path, prefect_home, capsys):
    assert run(write_lake(tmp_path, more=DEAD)) == 3
    assert "problem   断了: " in capsys.readouterr().out


@pytest.mark.slow
def test_a_champion_that_is_not_there_is_1(tmp_path, prefect_home, capsys, monkeypatch):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "CHAMPION").write_text("nothing\n")
    monkeypatch.setenv("TEXTMINE_MODELS", str(tmp_path / "models"))
    assert run(write_lake(tmp_path)) == 1
    assert "CHAMPION" in error_line(capsys)
    assert not (tmp_path / "lake" / "landing").exists()


@pytest.mark.slow
def test_a_lake_without_a_key_is_2(tmp_path, prefect_home, capsys, monkeypatch):
    monkeypatch.delenv("TEXTMINE_KEY")
    assert run(write_lake(tmp_path)) == 2
    assert "no key" in error_line(capsys)


@pytest.mark.slow
def test_a_lake_that_another_run_holds_is_4(tmp_path, prefect_home, capsys):
    config = write_lake(tmp_path)
    with lake_lock(Lake(read_config(config).root)):
        assert run(config) == 4
    assert f"pid {os.getpid()}" in error_line(capsys)


@pytest.mark.slow
def test_a_night_that_the_audit_holds_is_5(tmp_path, prefect_home, capsys):
    config = write_lake(tmp_path, more=HELD)
    (tmp_path / "empty.csv").write_text("编号,内容\n" + "".join(f"{number},无\n" for number in range(40)), "utf-8")
    assert run(config) == 5
    assert "too many records are unscored" in error_line(capsys)
    assert not list((tmp_path / "lake" / "published").rglob("data.parquet"))


@pytest.mark.slow
def test_a_page_that_prefect_does_not_take_is_no_fault_of_the_night(tmp_path, prefect_home, capsys, monkeypatch):
    monkeypatch.setattr("pipelines.nightly.create_markdown_artifact", _refused)
    assert run(write_lake(tmp_path)) == 0
    assert not [line for line in capsys.readouterr().err.splitlines() if line.startswith("error ")]


@pytest.mark.slow
def test_a_published_night_is_told_also_when_prefect_fails_after_it(tmp_path, capsys):
    def publish_then_fail():
        config = read_config(write_lake(tmp_path))
        current_watch().result = run_night(config, settings=Settings(), night=NIGHT)
        return _refused()

    assert byhand.run_by_hand(publish_then_fail) == 0
    said = capsys.readouterr()
    assert "error Prefect failed (ConnectError)" in said.err
    assert said.out.splitlines()[-1].startswith("report ")


def _refused(*_args, **_more):
    raise httpx.ConnectError("refused")


def test_refused_labels_are_told_with_their_table_on_standard_error(capsys):
    refused = ExamplesRefusedError([Problem("own.csv", "intent", "unknown class", "complain", 3, 2, "did you mean 'complaint'?")])
    assert byhand.complain(refused) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "did you mean 'complaint'?" in said.err
    assert said.err.splitlines()[-1].startswith("error the labels are refused")

"""``textmine quarantine``: what could not be used, why, and its raw content."""

from __future__ import annotations

import pytest

from tests.night.small import NIGHT, Published, deliver, run, write_one_source
from textmine.store.reading import read_table


def test_the_list_counts_by_source_and_reason_and_names_every_entry(textmine, small: Published, config):
    done = textmine("quarantine", "list", "--config", config)
    assert done.code == 0
    shown = done.out.splitlines()
    assert "问卷  row_ragged  2 records" in shown
    assert "评论  truncated  1 records" in shown
    entries = read_table("quarantine", nights=NIGHT, root=small.root)
    for entry in entries["quarantine_id"]:
        assert entry in done.out
    assert any("x.csv.gz  whole file  truncated" in line for line in shown)
    assert any("a.csv  row 13  row_ragged" in line for line in shown)


def test_the_list_of_one_night_is_of_that_night(textmine, small: Published, config):
    assert textmine("quarantine", "list", "--night", NIGHT, "--config", config).code == 0
    done = textmine("quarantine", "list", "--night", "2026-11-09", "--config", config)
    assert done.code == 1
    assert "not published" in done.err


def test_a_night_with_nothing_in_quarantine_says_so(textmine, tmp_path):
    config = write_one_source(tmp_path)
    deliver(tmp_path, "a.csv", {"编号": "1", "内容": "好用"})
    run(tmp_path)
    assert textmine("quarantine", "list", "--config", config).out == "nothing in quarantine\n"


def test_show_gives_the_raw_bytes_of_a_row_back(textmine, small: Published, config):
    rows = read_table("quarantine", nights=NIGHT, root=small.root).set_index(["unit_name", "row_number"])
    done = textmine("quarantine", "show", rows.loc[("a.csv", 13), "quarantine_id"], "--config", config)
    assert (done.code, done.out) == (0, "A90,C1,空气炸锅")


def test_show_of_a_whole_file_gives_the_file_as_it_was_delivered(small: Published, config, capfdbinary):
    from textmine.cli.main import cli

    rows = read_table("quarantine", nights=NIGHT, root=small.root)
    [whole] = rows.loc[rows["row_number"] == 0, "quarantine_id"]
    cli.main(["quarantine", "show", whole, "--config", str(config)], standalone_mode=False)
    assert capfdbinary.readouterr().out == (small.folder / "social" / "x.csv.gz").read_bytes()


def test_an_entry_that_is_not_there_is_exit_code_2(textmine, config):
    done = textmine("quarantine", "show", "q_none", "--config", config)
    assert done.code == 2
    assert "quarantine list" in done.err


@pytest.mark.parametrize("command", [["list"], ["show", "q_1"]])
def test_before_the_first_night_there_is_an_error_and_no_lake(textmine, tmp_path, command):
    config = write_one_source(tmp_path)
    assert textmine("quarantine", *command, "--config", config).code in (1, 2)
    assert not (tmp_path / "lake").exists()

"""What must not go by unnoticed: another key, files of a night that was never published, numbers that repeat."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.night.small import KEY, NIGHT, config_of, run, write, write_one_source
from textmine.errors import ConfigError
from textmine.night import open_night, run_night, summary_lines
from textmine.settings import Settings, read_settings
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger
from textmine.store.reading import read_table
from textmine.upkeep import waiting_nights


def test_another_key_is_refused_before_anything_is_touched(tmp_path: Path):
    write_one_source(tmp_path)
    write(tmp_path / "in" / "a.csv", "编号,内容\n1,很好\n")
    run(tmp_path)
    with pytest.raises(ConfigError, match="another key made this lake"):
        run_night(config_of(tmp_path), settings=Settings(key="77" * 32), night=NIGHT + timedelta(days=1))
    with Ledger(Lake(tmp_path / "lake")) as ledger:
        assert len(ledger.runs()) == 1


def test_files_of_a_night_that_was_never_published_are_named_by_the_next_one(tmp_path: Path):
    write_one_source(tmp_path)
    write(tmp_path / "in" / "a.csv", "编号,内容\n1,很好\n")
    with pytest.raises(KeyboardInterrupt), open_night(config_of(tmp_path), settings=Settings(key=KEY), night=NIGHT) as begun:
        begun.land("反馈")
        raise KeyboardInterrupt
    write(tmp_path / "in" / "b.csv", "编号,内容\n2,太差\n")
    result = run(tmp_path, night=NIGHT + timedelta(days=1))
    assert result.waiting == (NIGHT,)
    assert any(line.startswith(f"waiting   {NIGHT}") for line in summary_lines(result))
    assert run(tmp_path).totals["published"] == 1
    with Ledger(Lake(tmp_path / "lake")) as ledger:
        assert waiting_nights(Lake(tmp_path / "lake"), ledger) == []


def test_one_number_in_two_channels_is_two_records(tmp_path: Path):
    config = write_one_source(tmp_path)
    config.write_text(config.read_text("utf-8").replace('path = "in/*"', 'path = "in/*"\nchannel_column = "渠道"'), "utf-8")
    write(tmp_path / "in" / "a.csv", "编号,渠道,内容\n1,问卷,很好\n1,微博,太差\n")
    assert run(tmp_path).totals["published"] == 2


def test_equal_words_of_two_stores_are_two_records_and_the_same_line_again_is_one(tmp_path: Path):
    write_one_source(tmp_path)
    write(tmp_path / "in" / "a.csv", "内容,门店\n上菜太慢,一店\n上菜太慢,二店\n上菜太慢,一店\n")
    totals = run(tmp_path).totals
    assert (totals["published"], totals["duplicate"]) == (2, 1)


def test_many_small_files_share_a_chunk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    from textmine.night import run as module

    write_one_source(tmp_path)
    for number in range(12):
        write(tmp_path / "in" / f"{number:02d}.csv", f"编号,内容\n{number},很好\n")
    labelled = []
    monkeypatch.setattr(
        module,
        "label_chunk",
        lambda chunk, real=module.label_chunk, **given: labelled.append(real(chunk, **given)) or labelled[-1],
    )
    assert run(tmp_path).totals["published"] == 12
    assert labelled == [12]


def test_a_persons_number_in_the_name_of_a_file_is_in_no_table(tmp_path: Path):
    write_one_source(tmp_path)
    write(tmp_path / "in" / "客户13911112222.csv", "编号,内容\n1,很好,多\n2,好\n")
    run(tmp_path)
    [name] = read_table("quarantine", nights=NIGHT, root=tmp_path / "lake")["unit_name"]
    assert name == "客户PHONE.csv"


def test_a_few_bad_rows_of_a_small_night_do_not_hold_it(tmp_path: Path):
    write_one_source(tmp_path)
    write(tmp_path / "in" / "a.csv", "编号,内容\n1,好,多\n2,好,多\n3,好\n")
    assert run(tmp_path).totals["quarantined"] == 2


def test_answers_with_ratings_alone_are_published(tmp_path: Path):
    write_one_source(tmp_path)
    write(tmp_path / "in" / "a.csv", "编号,内容,满意度\n" + "".join(f"{number},,5\n" for number in range(30)))
    assert run(tmp_path).totals["published"] == 30


def test_a_mistyped_variable_of_the_environment_is_answered_with_the_nearest(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TEXTMINE_KEYFILE", "k")
    with pytest.raises(ConfigError, match="did you mean 'TEXTMINE_KEY_FILE'"):
        read_settings()


def test_a_root_that_is_a_file_is_told(tmp_path: Path):
    write_one_source(tmp_path)
    write(tmp_path / "in" / "a.csv", "编号,内容\n1,很好\n")
    write(tmp_path / "lake", "no folder")
    with pytest.raises(ConfigError, match="no folder"):
        run(tmp_path, night=date(2026, 11, 4))

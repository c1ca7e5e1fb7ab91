"""``textmine doctor``: finds each fault, and changes nothing."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.night.small import NIGHT, Published, deliver, write_one_source
from textmine.settings import Settings
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger
from textmine.store.lock import lake_lock
from textmine.store.shipped import bundle_folders


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """Config of a folder with one delivery and no lake yet."""
    deliver(tmp_path, "a.csv", {"编号": "1", "内容": "好用"})
    return write_one_source(tmp_path)


def lines(shown: str) -> dict[str, tuple[str, str]]:
    """Check -> (ok or wrong, what was said)."""
    return {
        words[1]: (words[0], words[2] if len(words) > 2 else "")
        for words in (line.split(maxsplit=2) for line in shown.splitlines())
    }


def test_a_sound_deployment_has_nothing_wrong_and_nothing_is_made(textmine, fresh: Path):
    done = textmine("doctor", "--config", fresh)
    assert done.code == 0, done.out
    assert {verdict for verdict, _ in lines(done.out).values()} == {"ok"}
    assert lines(done.out)["sources"][1] == "反馈 1 files"
    assert sorted(path.name for path in fresh.parent.iterdir()) == ["in", "textmine.toml"]


def test_an_empty_lake_folder_is_left_as_it_is(textmine, fresh: Path):
    (fresh.parent / "lake").mkdir()
    textmine("doctor", "--config", fresh)
    assert list((fresh.parent / "lake").iterdir()) == []


def test_a_missing_key_is_found(textmine, fresh: Path, monkeypatch):
    monkeypatch.delenv("TEXTMINE_KEY")
    done = textmine("doctor", "--config", fresh)
    assert done.code == 2
    assert lines(done.out)["key"][0] == "wrong"
    assert lines(done.out)["bundle"][0] == "ok"


def test_an_altered_bundle_is_found(textmine, fresh: Path, monkeypatch):
    models = fresh.parent / "models"
    shutil.copytree(bundle_folders(Settings().models)[0], models)
    champion = (models / "CHAMPION").read_text().split()[1]
    (models / champion / "stopwords.txt").write_text("x\n")
    monkeypatch.setenv("TEXTMINE_MODELS", str(models))
    done = textmine("doctor", "--config", fresh)
    assert done.code == 2
    verdict, said = lines(done.out)["bundle"]
    assert verdict == "wrong"
    assert "stopwords.txt: the file was altered" in said


def test_a_source_without_a_file_is_found(textmine, fresh: Path):
    (fresh.parent / "in" / "a.csv").unlink()
    done = textmine("doctor", "--config", fresh)
    assert (done.code, lines(done.out)["sources"]) == (2, ("wrong", "反馈 0 files"))


def test_a_config_without_sources_is_found(textmine, fresh: Path):
    fresh.write_text('[lake]\nroot = "lake"\n')
    assert lines(textmine("doctor", "--config", fresh).out)["sources"] == ("wrong", "no source in the config")


def test_a_source_that_cannot_be_meant_is_found(textmine, fresh: Path):
    fresh.write_text(fresh.read_text("utf-8") + 'timezone = "Asia/Shangai"\n', "utf-8")
    verdict, said = lines(textmine("doctor", "--config", fresh).out)["sources"]
    assert verdict == "wrong"
    assert "Asia/Shanghai" in said


def test_a_lake_in_use_is_told_and_is_no_fault(textmine, own_small: Published):
    with lake_lock(Lake(own_small.root)):
        verdict, said = lines(textmine("doctor", "--config", own_small.folder / "textmine.toml").out)["lock"]
    assert verdict == "ok"
    assert "pid" in said


def test_missing_unfinished_and_stale_nights_are_found(textmine, own_small: Published):
    lake = Lake(own_small.root)
    shutil.copy(lake.manifest_file(NIGHT), lake.manifest_file(NIGHT + timedelta(days=2)))
    lake.records_file(NIGHT).unlink()
    with Ledger(lake) as ledger:
        ledger.set_night(NIGHT, "stale", run_id="r")
    done = textmine("doctor", "--config", own_small.folder / "textmine.toml")
    verdict, said = lines(done.out)["nights"]
    assert (done.code, verdict) == (2, "wrong")
    assert f"missing: {NIGHT + timedelta(days=1)}" in said
    assert f"unfinished: {NIGHT}" in said
    assert f"stale: {NIGHT}" in said


def test_a_disk_that_is_too_small_is_found(textmine, fresh: Path, monkeypatch):
    usage = shutil.disk_usage(fresh)
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage._replace(free=10))
    assert lines(textmine("doctor", "--config", fresh).out)["disk"][0] == "wrong"

"""What is wrong with the config, the key or the bundle is told before any data is touched: exit code 2 or 1, no lake made."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.night.small import KEY, NIGHT, config_of, deliver, write_one_source
from textmine.errors import BundleError, ConfigError, KeyMissingError
from textmine.night import run_night
from textmine.settings import Settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_one_source(tmp_path)
    deliver(tmp_path, "a.csv", {"编号": "1", "内容": "很好用"})
    return tmp_path


def refused(folder: Path, *, old: str = "", new: str = "", settings: Settings | None = None) -> str:
    """The sentence of the error, which must be one of exit code 2 and come before a lake is made."""
    config = folder / "textmine.toml"
    config.write_text(config.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(ConfigError) as error:
        run_night(config_of(folder), settings=settings or Settings(key=KEY), night=NIGHT)
    assert error.value.exit_code == 2
    assert not (folder / "lake").exists()
    return str(error.value)


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [
        ('path = "in/*"\nencodng = "gbk"', "encoding"),
        ('path = "in/*"\ncolums = {}', "columns"),
        ('path = "in/*"\n[sources.columns]\ntxt = "内容"', "text"),
    ],
)
def test_a_wrong_key_of_a_source_is_answered_with_the_nearest(folder: Path, wrong: str, nearest: str):
    assert f"did you mean '{nearest}'?" in refused(folder, old='path = "in/*"', new=wrong)


def test_a_wrong_key_of_the_lake_is_answered_with_the_nearest(folder: Path):
    assert "did you mean 'workers'?" in refused(folder, old="workers", new="worker")


def test_a_wrong_spelling_of_a_key_that_must_be_there_is_answered_with_it(folder: Path):
    assert "did you mean 'path'?" in refused(folder, old="path =", new="paht =")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('path = "in/*"', 'path = "in/*"\nchannel = "telephone"', "channel"),
        ('path = "in/*"', 'path = "in/*"\ntimezone = "Asia/Shangai"', "Asia/Shanghai"),
        ('path = "in/*"', 'path = "in/*"\nencoding = "utf-9"', "encoding"),
        ('name = "反馈"', 'name = "all"', "all"),
        ("workers = 1", "workers = 0", "workers"),
        ("[lake]", "[lake", "not a TOML file"),
    ],
)
def test_a_wrong_value_names_its_place(folder: Path, old: str, new: str, said: str):
    assert said in refused(folder, old=old, new=new)


def test_without_a_key_nothing_is_made(folder: Path):
    said = refused(folder, settings=Settings())
    assert "no key" in said
    assert "textmine init" in said


def test_a_key_that_others_may_read_is_refused(folder: Path):
    key = folder / "key"
    key.write_text(KEY)
    key.chmod(0o644)
    assert "0400" in refused(folder, settings=Settings(key_file=key))


def test_a_folder_of_bundles_that_is_not_there_is_refused_and_not_passed_over(folder: Path):
    assert "nowhere" in refused(folder, settings=Settings(key=KEY, models=folder / "nowhere"))


def test_an_altered_bundle_is_refused_before_a_lake_is_made(folder: Path):
    import shutil

    from textmine.store.shipped import bundle_folders

    models = folder / "models"
    shutil.copytree(bundle_folders(Settings().models)[0], models)
    champion = (models / "CHAMPION").read_text().split()[1]
    (models / champion / "policy.toml").write_bytes((models / champion / "policy.toml").read_bytes() + b"\n# more\n")
    with pytest.raises(BundleError, match=r"policy\.toml: the file was altered"):
        run_night(config_of(folder), settings=Settings(key=KEY, models=models), night=NIGHT)
    assert not (folder / "lake").exists()


def test_a_missing_key_is_an_error_of_its_own(folder: Path):
    with pytest.raises(KeyMissingError):
        run_night(config_of(folder), settings=Settings(), night=NIGHT)

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from textmine.errors import BundleError
from textmine.store.bundles import bundle_ids, champion, open_bundle, promote, rollback, seal_bundle


def make(models: Path, name: str, *, sealed: bool = True) -> Path:
    folder = models / name
    folder.mkdir(parents=True)
    (folder / "card.json").write_text('{"made": "2026-09-01"}')
    (folder / "weights.npz").write_bytes(b"weights of " + name.encode())
    (folder / "taxonomy.toml").write_text("version = 1\n")
    if sealed:
        seal_bundle(folder)
    return folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    for name in ("b1", "b2", "b3"):
        make(tmp_path, name)
    promote([tmp_path], "b1")
    return tmp_path


def test_the_champion_is_opened_when_no_bundle_is_named(models: Path) -> None:
    opened = open_bundle([models])
    assert (opened.id, opened.path, opened.card["made"]) == ("b1", models / "b1", "2026-09-01")
    assert open_bundle([models], "b2").id == "b2"


def test_champion_names_the_digest_of_the_card_and_the_card_those_of_the_files(models: Path) -> None:
    card = (models / "b1" / "card.json").read_bytes()
    assert champion([models]).current == ("b1", hashlib.sha256(card).hexdigest())
    contents = {name: (models / "b1" / name).read_bytes() for name in ("taxonomy.toml", "weights.npz")}
    assert json.loads(card)["files"] == {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


def alter(folder: Path) -> None:
    (folder / "weights.npz").write_bytes(b"other weights")


def lose(folder: Path) -> None:
    (folder / "weights.npz").unlink()


def add(folder: Path) -> None:
    (folder / "extra.json").write_text("{}")


def add_pickle(folder: Path) -> None:
    (folder / "model.pkl").write_bytes(b"cos\nsystem\n")


def link(folder: Path) -> None:
    (folder / "weights.npz").rename(folder.parent / "elsewhere.npz")
    (folder / "weights.npz").symlink_to(folder.parent / "elsewhere.npz")


def nest(folder: Path) -> None:
    (folder / "deep").mkdir()


def reseal(folder: Path) -> None:
    alter(folder)
    seal_bundle(folder)


def garble_card(folder: Path) -> None:
    (folder / "card.json").write_text("[]")


@pytest.mark.parametrize(
    ("fault", "file"),
    [
        (alter, "weights.npz"),
        (lose, "weights.npz"),
        (add, "extra.json"),
        (add_pickle, "model.pkl"),
        (link, "weights.npz"),
        (nest, "deep"),
        (reseal, "card.json"),
        (garble_card, "card.json"),
    ],
)
def test_a_bundle_that_is_not_as_it_was_promoted_is_refused_naming_the_file(models: Path, fault: object, file: str) -> None:
    fault(models / "b1")  # type: ignore[operator]
    with pytest.raises(BundleError) as caught:
        open_bundle([models])
    assert caught.value.where == str(models / "b1" / file)


@pytest.mark.parametrize("name", ["model.joblib", "model.bin", "model.PKL", "run.py", "npz", "weights.npz.pkl"])
def test_a_file_that_may_run_code_cannot_even_be_sealed(tmp_path: Path, name: str) -> None:
    folder = make(tmp_path, "b1", sealed=False)
    (folder / name).write_bytes(b"")
    with pytest.raises(BundleError, match=name):
        seal_bundle(folder)


def test_a_bundle_that_was_never_sealed_or_lies_under_another_name_is_refused(models: Path) -> None:
    make(models, "b4", sealed=False)
    (models / "b2").rename(models / "b5")
    for name in ("b4", "b5"):
        with pytest.raises(BundleError, match="another bundle, or was never sealed"):
            promote([models], name)
    assert champion([models]).current[0] == "b1"


def test_a_name_that_is_not_known_is_answered_with_the_nearest(models: Path) -> None:
    make(models, "starter-2026")
    with pytest.raises(BundleError, match="did you mean 'starter-2026'"):
        open_bundle([models], "startr-2026")


@pytest.mark.parametrize("name", ["../b1", "", ".", "b1/"])
def test_a_name_is_never_a_path(models: Path, name: str) -> None:
    with pytest.raises(BundleError, match="no such bundle"):
        open_bundle([models / "b1" / ".."], name)


def test_rolling_back_opens_exactly_what_was_before_and_twice_comes_back(models: Path) -> None:
    promote([models], "b2")
    assert rollback([models]).id == "b1" == open_bundle([models]).id
    assert rollback([models]).id == "b2"


def test_promoting_the_champion_again_keeps_the_way_back(models: Path) -> None:
    promote([models], "b2")
    promote([models], "b2")
    assert rollback([models]).id == "b1"


def test_a_champion_sealed_anew_can_be_promoted_and_keeps_the_way_back(models: Path) -> None:
    promote([models], "b2")
    reseal(models / "b2")
    promote([models], "b2")
    assert open_bundle([models]).id == "b2" and rollback([models]).id == "b1"


def test_without_a_bundle_before_there_is_no_way_back(models: Path) -> None:
    with pytest.raises(BundleError, match="no bundle was champion before"):
        rollback([models])


def test_a_way_back_to_an_altered_bundle_is_refused_and_the_champion_stays(models: Path) -> None:
    promote([models], "b2")
    alter(models / "b1")
    with pytest.raises(BundleError, match="altered"):
        rollback([models])
    assert open_bundle([models]).id == "b2"


def test_a_deployments_own_bundles_go_before_the_shipped_ones(models: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    assert open_bundle([own, models]).id == "b1"
    make(own, "mine")
    promote([own, models], "mine")
    assert open_bundle([own, models]).id == "mine" and open_bundle([models]).id == "b1"
    assert rollback([own, models]).path == models / "b1"
    assert bundle_ids([own, models]) == ["b1", "b2", "b3", "mine"]


@pytest.mark.parametrize(
    "text",
    ["", "b1\n", "champion b1 00\n", "champion ../b1 " + "0" * 64, "\xff", f"champion b1 {'0' * 64}\nchampion b2 {'1' * 64}\n"],
)
def test_a_champion_file_that_cannot_be_read_is_refused_and_mended_by_promoting(models: Path, text: str) -> None:
    (models / "CHAMPION").write_bytes(text.encode("latin-1"))
    with pytest.raises(BundleError, match="no CHAMPION file"):
        open_bundle([models])
    assert promote([models], "b2").id == "b2" == open_bundle([models]).id


def test_without_any_champion_the_error_says_how_to_promote(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="bundles promote"):
        open_bundle([tmp_path])

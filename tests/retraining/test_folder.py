"""A bundle's folder begins whole and checked, and is named by what it holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from textmine.errors import ConfigError
from textmine.retraining.folder import begin_folder, clear, content_digest, place
from textmine.retraining.tasks import TASKS
from textmine.store.bundles import open_bundle
from textmine.store.shipped import SHIPPED_VOCABULARY, bundle_folders


@pytest.fixture(scope="module")
def starter() -> Path:
    return open_bundle(bundle_folders(None)).path


def test_without_a_base_the_vocabulary_is_the_shipped_one(tmp_path: Path):
    begin_folder(tmp_path / "new", base=None, vocabulary=None)
    assert (tmp_path / "new" / "snownlp.npz").is_file()
    for path in SHIPPED_VOCABULARY.iterdir():
        assert (tmp_path / "new" / path.name).read_bytes() == path.read_bytes()


def test_what_the_base_has_learned_stays_and_its_card_does_not(tmp_path: Path, starter: Path):
    begin_folder(tmp_path / "new", base=starter, vocabulary=None)
    assert {path.name for path in starter.iterdir()} - {path.name for path in (tmp_path / "new").iterdir()} == {"card.json"}


def test_other_second_levels_lay_aside_what_was_learned_for_another(tmp_path: Path, starter: Path):
    base, own = tmp_path / "base", tmp_path / "own"
    shutil.copytree(starter, base)
    for name in ("heads-category.npz", "heads-other.npz", "learned-aspects.json"):
        (base / name).write_text("{}")
    own.mkdir()
    taxonomy = (starter / "taxonomy.toml").read_text("utf-8")
    (own / "recipe.toml").write_text("")
    (own / "taxonomy.toml").write_text(taxonomy + "# ours\n", "utf-8")
    begin_folder(tmp_path / "words", base=base, vocabulary=own)
    assert (tmp_path / "words" / "heads-category.npz").exists()
    more = '[[category.sub]]\ncode = "extra"\nchinese = "另外"\nwords = ["另外一类"]\n'
    (own / "taxonomy.toml").write_text(taxonomy + more, "utf-8")
    begin_folder(tmp_path / "new", base=base, vocabulary=own)
    left = {path.name for path in (tmp_path / "new").iterdir()}
    assert "heads-other.npz" in left
    assert not left & {"heads-category.npz", "learned-aspects.json", "recipe.toml"}
    assert (tmp_path / "new" / "taxonomy.toml").read_text("utf-8").endswith(more)


@pytest.mark.parametrize(
    ("file", "right", "wrong", "said"),
    [
        ("policy.toml", "environment = 0", "enviroment = 0", "'enviroment' is no category"),
        ("taxonomy.toml", "words = [", 'words = ["ＡＢ", ', "can never match"),
        ("intents.toml", "words = [", 'words = ["一 二", ', "holds a space"),
        ("dictionary.txt", "\n", "\n打不通 3 v\n打不通 4 v\n", "打不通 conflict"),
    ],
)
def test_a_vocabulary_that_does_not_hold_together_is_refused(tmp_path: Path, starter: Path, file, right, wrong, said):
    shipped = (SHIPPED_VOCABULARY / file).read_text("utf-8")
    assert right in shipped
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / file).write_text(shipped.replace(right, wrong, 1), "utf-8")
    with pytest.raises(ConfigError, match=said):
        begin_folder(tmp_path / "new", base=starter, vocabulary=tmp_path / "own")


def test_a_vocabulary_file_of_a_wrong_name_is_answered_with_the_nearest(tmp_path: Path, starter: Path):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "dictionry.txt").write_text("")
    with pytest.raises(ConfigError, match=r"did you mean 'dictionary\.txt'"):
        begin_folder(tmp_path / "new", base=starter, vocabulary=tmp_path / "own")


def test_clearing_a_task_leaves_the_files_of_the_others(tmp_path: Path):
    for name in ("heads-intent.npz", "learned-intent.json", "intents.toml", "heads-sentiment.npz"):
        (tmp_path / name).write_text("")
    clear(tmp_path, TASKS["intent"])
    assert {path.name for path in tmp_path.iterdir()} == {"intents.toml", "heads-sentiment.npz"}


def test_the_digest_is_of_the_contents_and_not_of_the_card(tmp_path: Path):
    (tmp_path / "a.txt").write_text("1")
    first = content_digest(tmp_path)
    (tmp_path / "card.json").write_text("{}")
    assert content_digest(tmp_path) == first
    (tmp_path / "a.txt").write_text("2")
    assert content_digest(tmp_path) != first


def test_a_placed_bundle_opens_and_one_that_is_there_stays(tmp_path: Path):
    for place_number in ("1", "2"):
        folder = tmp_path / place_number / "own-1"
        folder.mkdir(parents=True)
        (folder / "a.txt").write_text("1")
        (folder / "card.json").write_text(f'{{"note": "{place_number}"}}')
        place(folder, models=tmp_path / "models")
    assert open_bundle([tmp_path / "models"], "own-1").card["note"] == "1"


def test_accepted_words_join_the_dictionary_of_the_new_bundle_alone(tmp_path):
    accepted = tmp_path / "dictionary.txt"
    accepted.write_text("# accepted by wang\n预授权码 30 n\n", "utf-8")
    begin_folder(tmp_path / "new", base=None, vocabulary=None, accepted=accepted)
    assert "预授权码 30 n" in (tmp_path / "new" / "dictionary.txt").read_text("utf-8")
    assert "预授权码" not in (SHIPPED_VOCABULARY / "dictionary.txt").read_text("utf-8")


def test_an_accepted_word_that_can_never_match_is_refused(tmp_path):
    accepted = tmp_path / "dictionary.txt"
    accepted.write_text("a+b 30 n\n", "utf-8")
    with pytest.raises(ConfigError):
        begin_folder(tmp_path / "new", base=None, vocabulary=None, accepted=accepted)

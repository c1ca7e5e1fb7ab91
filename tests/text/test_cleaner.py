"""The word lists of cleaning."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest

from textmine.errors import ConfigError
from textmine.text.cleaner import Cleaner


def test_a_cleaner_can_be_sent_to_a_worker(vocabulary: Path) -> None:
    cleaner = Cleaner.load(vocabulary)
    sent = pickle.loads(pickle.dumps(cleaner))
    assert sent == cleaner and sent.simplify("後面沒人") == "后面没人"


def test_an_unknown_section_names_the_nearest_known_one(vocabulary: Path, tmp_path: Path) -> None:
    shutil.copy(vocabulary / "adverts.txt", tmp_path)
    (tmp_path / "templates.txt").write_text("[no_contents]\n无\n", "utf-8")
    with pytest.raises(ConfigError, match="no_content"):
        Cleaner.load(tmp_path)


def test_a_missing_file_or_section_is_said(vocabulary: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="missing"):
        Cleaner.load(tmp_path)
    shutil.copy(vocabulary / "adverts.txt", tmp_path)
    (tmp_path / "templates.txt").write_text("[no_content]\n无\n", "utf-8")
    with pytest.raises(ConfigError, match="template"):
        Cleaner.load(tmp_path)

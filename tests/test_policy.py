from __future__ import annotations

import re
from pathlib import Path

import pytest

from textmine.errors import ConfigError
from textmine.policy import Policy, RedLine, read_policy
from textmine.taxonomy import Phrase, read_taxonomy


@pytest.fixture(scope="module")
def shipped(vocabulary: Path) -> str:
    return (vocabulary / "policy.toml").read_text("utf-8")


def changed(tmp_path: Path, shipped: str, old: str, new: str) -> Path:
    """The shipped policy with one line changed; ``old`` is a pattern, for the numbers are fitted."""
    text, n = re.subn(f"(?m)^{old}", new, shipped)
    assert n == 1
    path = tmp_path / "policy.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_shipped_policy_is_read_and_knows_its_times(vocabulary):
    policy = read_policy(vocabulary / "policy.toml")
    assert policy.respond["P0"].hours == 2
    assert policy.respond["P1"].hours == 24
    assert policy.respond["P2"].working_days == 3
    assert "P3" not in policy.respond


def test_the_shipped_policy_names_only_categories_of_the_shipped_taxonomy(vocabulary):
    policy, taxonomy = read_policy(vocabulary / "policy.toml"), read_taxonomy(vocabulary / "taxonomy.toml")
    assert policy.strangers(taxonomy) == []


def test_a_category_the_taxonomy_does_not_have_is_named(vocabulary, tmp_path, shipped):
    path = changed(tmp_path, shipped, r"environment = [0-9.]+", "enviroment = 0.2")
    assert read_policy(path).strangers(read_taxonomy(vocabulary / "taxonomy.toml")) == ["enviroment"]


def test_every_section_and_every_key_of_a_red_line_is_explained_in_chinese(shipped):
    lines = shipped.splitlines()
    comments = "\n".join(line.partition("#")[2] for line in lines if "#" in line)
    sections = [at for at, line in enumerate(lines) if line.startswith("[") and not line.startswith("[[")]
    assert [lines[at] for at in sections if not lines[at - 1].startswith("# ")] == []
    assert [key for key in RedLine.model_fields if key not in comments] == []


@pytest.mark.parametrize(
    ("old", "new", "nearest"),
    [
        ("severity = ", "severty = ", "severity"),
        ("min_nights = 7", "min_night = 7", "min_nights"),
        ('chinese = "假货欺诈"', 'chinise = "假货欺诈"', "chinese"),
        ("hours = 24", "hour = 24", "hours"),
        (r"\[cuts\]", "[cut]", "cuts"),
    ],
)
def test_an_unknown_key_is_refused_with_the_nearest_known_one(tmp_path, shipped, old, new, nearest):
    with pytest.raises(ConfigError, match=f"did you mean '{nearest}'"):
        read_policy(changed(tmp_path, shipped, old, new))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (r"P2 = [0-9.]+", "P2 = 9.0", "P1 must lie above P2"),
        ("hours = 24", "hours = 24\nworking_days = 1", "hours or working_days"),
        ('code = "fraud"', 'code = "privacy"', "two red lines share a code: privacy"),
        (r"complaint = [0-9.]+", "complaint = 3.0", "less than or equal to 1"),
        (r"complaint = [0-9.]+", "complain = 1.0", "Input should be"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused(tmp_path, shipped, old, new, problem):
    with pytest.raises(ConfigError, match=problem):
        read_policy(changed(tmp_path, shipped, old, new))


def test_a_missing_or_broken_file_is_a_config_error(tmp_path):
    with pytest.raises(ConfigError, match="no policy can be read"):
        read_policy(tmp_path / "none.toml")
    (tmp_path / "broken.toml").write_text("version = ", "utf-8")
    with pytest.raises(ConfigError, match="TOMLDecodeError"):
        read_policy(tmp_path / "broken.toml")


def test_phrases_carry_list_code_and_weight(vocabulary):
    policy = read_policy(vocabulary / "policy.toml")
    found = list(policy.phrases())
    assert Phrase("red_line", "illness", "食物中毒", 1.0) in found
    assert Phrase("red_line", "illness", "胃疼", 0.5) in found
    assert Phrase("red_line_guard", "fraud", "怀疑", 1.0) in found
    assert {phrase.list for phrase in found} >= {"red_line", "red_line_guard", "cue"}


def test_no_word_stands_twice_in_one_red_line(vocabulary):
    policy = read_policy(vocabulary / "policy.toml")
    for line in (*policy.red_line, *policy.cue):
        texts = [word.partition("^")[0] for word in line.phrases]
        assert sorted(set(texts)) == sorted(texts), line.code


def test_every_team_above_another_is_reached_and_no_team_is_above_itself(vocabulary):
    policy: Policy = read_policy(vocabulary / "policy.toml")
    assert all(team != above for team, above in policy.routing.escalate.items())

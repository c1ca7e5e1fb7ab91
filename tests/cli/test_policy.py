"""``textmine policy`` and ``textmine taxonomy``: faults, and what another policy would change."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.night.small import NIGHT, SAID


@pytest.fixture
def stricter(vocabulary: Path, tmp_path: Path) -> Path:
    """The shipped policy without the red line of illness."""
    text = (vocabulary / "policy.toml").read_text("utf-8")
    path = tmp_path / "policy.toml"
    start = text.index('[[red_line]]\ncode = "illness"')
    path.write_text(text[:start] + text[text.index("[[red_line]]", start + 5) :], "utf-8")
    return path


def test_the_shipped_files_are_in_order(textmine):
    for command in ("policy", "taxonomy"):
        done = textmine(command, "lint")
        assert (done.code, "0 problems" in done.out) == (0, True)


def test_problems_are_listed_and_end_with_exit_code_2(textmine, vocabulary, tmp_path):
    for name, old, new in (("policy", "[cuts]\nP1 = ", "[cuts]\nP1 = 99"), ("taxonomy", 'team = "', 'team = "" # "')):
        path = tmp_path / f"{name}.toml"
        path.write_text((vocabulary / f"{name}.toml").read_text("utf-8").replace(old, new, 1), "utf-8")
        done = textmine(name, "lint", path)
        assert done.code == 2
        assert "1 problems" in done.out


def test_a_broken_policy_is_told_in_one_line(textmine, tmp_path):
    (tmp_path / "p.toml").write_text("version = ", "utf-8")
    done = textmine("policy", "lint", tmp_path / "p.toml")
    assert (done.code, done.err.count("\n")) == (2, 1)


def test_the_dry_run_of_a_night_counts_moves_and_shows_ids_only(textmine, config, stricter):
    done = textmine("policy", "dryrun", "--policy", stricter, "--night", NIGHT, "--config", config)
    assert done.code == 0, done.err
    assert "rows move" in done.out.splitlines()[-1]
    assert not done.out.splitlines()[-1].startswith("0 of")
    assert not any(text[:12] in done.out for text in SAID)


def test_the_same_policy_moves_no_row_of_a_night(textmine, config, champion_policy):
    done = textmine("policy", "dryrun", "--policy", champion_policy, "--night", NIGHT, "--config", config)
    assert done.out.splitlines()[-1].startswith("0 of")


def test_the_dry_run_of_a_file_counts_moves(textmine, stricter, champion_policy, tmp_path):
    pd.DataFrame({"text": SAID}).to_csv(tmp_path / "in.csv", index=False)
    moved = textmine("policy", "dryrun", "--policy", stricter, "--texts", tmp_path / "in.csv")
    assert not moved.out.splitlines()[-1].startswith("0 of")
    still = textmine("policy", "dryrun", "--policy", champion_policy, "--texts", tmp_path / "in.csv")
    assert still.out.splitlines()[-1] == f"0 of {len(SAID)} rows move"


@pytest.fixture
def champion_policy() -> Path:
    from textmine.store.bundles import open_bundle
    from textmine.store.shipped import bundle_folders

    return open_bundle(bundle_folders(None)).path / "policy.toml"

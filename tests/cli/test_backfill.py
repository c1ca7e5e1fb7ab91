"""``textmine backfill``."""

from __future__ import annotations

import pytest

from tests.night.small import NIGHT, deliver, write_one_source

ROWS = ({"编号": "1", "内容": "很好用"}, {"编号": "2", "内容": "快递太慢"})


@pytest.fixture
def ready(tmp_path):
    deliver(tmp_path, "a.csv", *ROWS)
    return write_one_source(tmp_path)


def test_a_range_is_run_told_and_skipped_the_second_time(textmine, ready):
    call = ("backfill", "--from", NIGHT, "--to", NIGHT, "--config", ready)
    done = textmine(*call)
    assert done.code == 0, done.err
    assert done.out == "2026-11-03  published 2 records\n"
    assert done.err.startswith("nights ")  # a line a stage
    assert textmine(*call).out == "2026-11-03  skipped\n"
    assert textmine(*call, "--again").out == "2026-11-03  published 2 records\n"


def test_with_a_bundle_history_is_labelled_again_and_the_report_named(textmine, ready):
    textmine("nightly", "--night", NIGHT, "--config", ready)
    bundle = next(line[2:] for line in textmine("bundles", "list").out.splitlines() if line.startswith("*"))
    done = textmine("backfill", "--from", NIGHT, "--to", NIGHT, "--bundle", bundle, "--again", "--config", ready)
    assert done.code == 0, done.err
    night, changes = done.out.splitlines()
    assert night == "2026-11-03  published 2 records"
    assert changes.endswith(f"changes_2026-11-03_2026-11-03_{bundle}.html")


def test_a_bundle_that_is_not_there_is_refused(textmine, ready):
    textmine("nightly", "--night", NIGHT, "--config", ready)
    done = textmine("backfill", "--from", NIGHT, "--to", NIGHT, "--bundle", "nothing", "--config", ready)
    assert done.code == 1
    assert "no such bundle" in done.err


@pytest.mark.parametrize(
    "words", [("--from", NIGHT), ("--from", NIGHT, "--to", NIGHT, "--dry-run"), ("--from", "x", "--to", NIGHT)]
)
def test_wrong_use_is_exit_code_2(textmine, ready, words):
    assert textmine("backfill", *words, "--config", ready).code == 2

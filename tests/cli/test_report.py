"""``textmine report``: one night as a page."""

from __future__ import annotations

from pathlib import Path

from tests.night.small import NIGHT, Published, write_one_source


def test_the_page_of_the_latest_night_is_written_where_the_command_says(textmine, own_small: Published):
    page = own_small.root / "reports" / f"night={NIGHT}.html"
    page.unlink()
    done = textmine("report", "--config", own_small.folder / "textmine.toml")
    assert (done.code, Path(done.out.strip())) == (0, page)
    assert f"客户反馈夜报 {NIGHT}" in page.read_text("utf-8")


def test_the_page_may_go_elsewhere_and_is_the_same_every_time(textmine, small: Published, config, tmp_path):
    for name in ("a.html", "b.html"):
        assert textmine("report", "--night", NIGHT, "--config", config, "-o", tmp_path / name).code == 0
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes() == small.result.report.read_bytes()


def test_a_night_that_is_not_published_is_an_error(textmine, config):
    done = textmine("report", "--night", "2026-11-09", "--config", config)
    assert done.code == 1
    assert "2026-11-09" in done.err


def test_before_the_first_night_the_next_step_is_named(textmine, tmp_path):
    config = write_one_source(tmp_path)
    done = textmine("report", "--config", config)
    assert done.code == 1
    assert "textmine nightly" in done.err
    assert not (tmp_path / "lake").exists()

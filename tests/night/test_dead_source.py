"""One dead source does not stop the others; the run says what is missing and what to do, with exit code 3."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pandas as pd
import pytest

from tests.night.small import LAKE, NIGHT, SAID, Published, run, write
from textmine.errors import LostUnitError, TextmineError
from textmine.night import NightResult
from textmine.store.reading import read_table

TWO_SOURCES = (
    LAKE.format(chunk_rows=20_000)
    + """
[[sources]]
name = "好的"
path = "good.csv"

[[sources]]
name = "坏的"
path = "{path}"
[sources.columns]
{columns}
"""
)
GOOD = "编号,内容\n1,质量很好\n2,快递太慢\n"


def publish(folder: Path, *, path: str, columns: str = "") -> NightResult:
    write(folder / "good.csv", GOOD)
    write(folder / "textmine.toml", TWO_SOURCES.format(path=path, columns=columns))
    return run(folder)


def only_the_good_one(folder: Path, result: NightResult) -> str:
    """The one problem of the bad source, after what holds for every dead source was checked."""
    assert result.exit_code == 3
    assert result.missing == {"坏的"}
    rows = read_table("labelled_feedback", nights=NIGHT, root=folder / "lake")
    assert rows["source"].value_counts().to_dict() == {"好的": 2}
    runs = read_table("runs", nights=NIGHT, root=folder / "lake").set_index("source")
    assert runs["status"].to_dict() == {"all": "done", "好的": "done", "坏的": "failed"}
    [problem] = result.problems["坏的"]
    assert runs.loc["坏的", "problem"] == problem
    for part in ("found: ", "allowed: ", "to do: "):
        assert part in problem
    return problem


def test_a_source_without_a_file_is_missing_and_the_others_are_published(tmp_path):
    problem = only_the_good_one(tmp_path, publish(tmp_path, path="nothing/*.csv"))
    assert "nothing/*.csv" in problem


def test_a_cut_gz_is_missing_whole_and_named(tmp_path):
    whole = gzip.compress(("编号,内容\n" + "\n".join(f"{n},第{n}条" for n in range(500))).encode())
    write(tmp_path / "bad.csv.gz", whole[:-40])
    problem = only_the_good_one(tmp_path, publish(tmp_path, path="bad.csv.gz"))
    assert "bad.csv.gz" in problem


def test_a_column_that_is_not_there_is_answered_with_the_nearest(tmp_path):
    write(tmp_path / "bad.csv", "编号,用户反馈内容\n1,好\n")
    problem = only_the_good_one(tmp_path, publish(tmp_path, path="bad.csv", columns='text = "用户反馈"'))
    assert "did you mean '用户反馈内容'" in problem


def test_a_file_that_cannot_be_read_is_named_with_the_reason(tmp_path):
    (tmp_path / "bad.csv").symlink_to("/proc/self/mem")  # opens, and every read is an I/O error, even for root
    result = publish(tmp_path, path="bad.csv")
    assert (result.exit_code, result.missing) == (3, {"坏的"})
    [problem] = result.problems["坏的"]
    assert "bad.csv" in problem
    assert "Input/output error" in problem
    assert "to do: " in problem


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_nobody_may_read_is_missing(tmp_path):
    write(tmp_path / "bad.csv", GOOD).chmod(0)
    assert "Permission denied" in publish(tmp_path, path="bad.csv").problems["坏的"][0]


def test_the_other_files_of_a_source_are_published_when_one_cannot_be_read(tmp_path):
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "1.csv").symlink_to("/proc/self/mem")
    write(tmp_path / "bad" / "2.csv", "编号,内容\n9,还可以\n")
    result = publish(tmp_path, path="bad/*.csv")
    assert (result.exit_code, result.missing) == (3, {"坏的"})
    assert read_table("labelled_feedback", nights=NIGHT, root=tmp_path / "lake")["source"].value_counts().to_dict() == {
        "好的": 2,
        "坏的": 1,
    }


def test_the_report_says_that_a_dead_source_has_no_data(tmp_path):
    result = publish(tmp_path, path="nothing/*.csv")
    page = result.report.read_text("utf-8")
    assert "今晚没有数据" in page
    assert "nothing/*.csv" in page


def test_the_report_says_no_data_for_a_source_whose_only_file_is_broken(tmp_path):
    write(tmp_path / "bad.csv.gz", gzip.compress(GOOD.encode())[:-8])
    assert "今晚没有数据" in publish(tmp_path, path="bad.csv.gz").report.read_text("utf-8")


def test_a_source_that_comes_back_is_published_by_the_next_run_of_the_night(tmp_path):
    publish(tmp_path, path="late.csv")
    write(tmp_path / "late.csv", "编号,内容\n9,终于到了\n")
    result = run(tmp_path)
    assert (result.exit_code, result.totals["published"]) == (0, 3)


def test_a_night_whose_sources_are_all_dead_publishes_no_row_and_says_so(tmp_path):
    write(tmp_path / "textmine.toml", TWO_SOURCES.format(path="b.csv", columns=""))
    result = run(tmp_path)
    assert (result.exit_code, result.missing, result.totals["records_in"]) == (3, {"好的", "坏的"}, 0)
    assert read_table("labelled_feedback", nights=NIGHT, root=tmp_path / "lake").empty


def test_a_published_night_is_not_made_again_without_a_source_of_it(own_small: Published):
    before = read_table("labelled_feedback", nights=NIGHT, root=own_small.root)
    config = own_small.folder / "textmine.toml"
    text = config.read_text("utf-8")
    config.write_text(text[: text.index('[[sources]]\nname = "工单"')], "utf-8")
    with pytest.raises(LostUnitError, match="no longer names this source"):
        run(own_small.folder)
    pd.testing.assert_frame_equal(read_table("labelled_feedback", nights=NIGHT, root=own_small.root), before)


def test_a_published_night_is_not_made_again_without_its_landed_files(own_small: Published):
    before = read_table("labelled_feedback", nights=NIGHT, root=own_small.root)
    for landed in (own_small.root / "landing").rglob("*.bin"):
        landed.unlink()
    for delivered in own_small.folder.rglob("*.csv"):
        delivered.unlink()
    with pytest.raises(LostUnitError, match="cannot be made again"):
        run(own_small.folder)
    pd.testing.assert_frame_equal(read_table("labelled_feedback", nights=NIGHT, root=own_small.root), before)


def test_what_the_audit_holds_back_leaves_the_published_night_as_it_was(own_small: Published):
    from textmine.errors import AuditError

    before = read_table("labelled_feedback", nights=NIGHT, root=own_small.root)
    config = own_small.folder / "textmine.toml"
    config.write_text(config.read_text("utf-8") + "\n[audit]\nmax_quarantined = 0.01\n", "utf-8")
    with pytest.raises(AuditError, match="quarantined") as held:
        run(own_small.folder)
    assert held.value.exit_code == 5
    pd.testing.assert_frame_equal(read_table("labelled_feedback", nights=NIGHT, root=own_small.root), before)


def test_texts_that_cannot_be_scored_hold_the_night_back_when_they_are_too_many(tmp_path):
    from textmine.errors import AuditError

    write(tmp_path / "good.csv", "编号,内容\n" + "".join(f"{n},无\n" for n in range(20)) + f"99,{SAID[0].replace('，', ' ')}\n")
    write(tmp_path / "textmine.toml", TWO_SOURCES.format(path="b.csv", columns=""))
    with pytest.raises(AuditError, match="unscored"):
        run(tmp_path)


def test_a_page_that_cannot_be_written_is_told_and_the_night_is_published_all_the_same(tmp_path, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise TextmineError("the disk is full")

    monkeypatch.setattr("textmine.night.publishing.write_page", full)
    write(tmp_path / "good.csv", GOOD)
    write(tmp_path / "textmine.toml", TWO_SOURCES.format(path="good.csv", columns=""))
    result = run(tmp_path)
    assert result.report is None and result.problems["report"] == ["the disk is full"]
    assert len(read_table("labelled_feedback", nights=NIGHT, root=tmp_path / "lake")) == result.totals["published"]

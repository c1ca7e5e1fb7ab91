"""Every record is accounted for: the test counts what it wrote, the tables what became of it."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.night.small import NIGHT, Published, deliver, run, write, write_one_source
from textmine.night import summary_lines
from textmine.night.counting import Counts
from textmine.store.reading import read_table, read_tables
from textmine.tables import FATES


def test_every_record_that_was_written_has_the_fate_the_test_expects(small: Published):
    for source, fate in small.fates.items():
        counts = small.result.counts[source]
        assert {name: counts[name] for name in ("records_in", *FATES)} == {
            "records_in": fate.records_in,
            "published": fate.published,
            "duplicate": fate.duplicate,
            "superseded": fate.superseded,
            "quarantined": fate.quarantined,
            "erased": 0,
        }, source


def test_the_published_tables_hold_exactly_the_counted_records(small: Published):
    tables = read_tables(["labelled_feedback", "duplicates", "quarantine", "runs"], nights=NIGHT, root=small.root)
    duplicates = tables["duplicates"].groupby(["source", "fate"]).size()
    for source, fate in small.fates.items():
        assert (tables["labelled_feedback"]["source"] == source).sum() == fate.published
        assert duplicates.get((source, "duplicate"), 0) == fate.duplicate
        assert duplicates.get((source, "superseded"), 0) == fate.superseded
        assert tables["quarantine"].loc[tables["quarantine"]["source"] == source, "records"].sum() == fate.quarantined
    total = tables["runs"].set_index("source").loc["all"]
    assert total["records_in"] == sum(fate.records_in for fate in small.fates.values())


def test_each_broken_record_is_in_quarantine_under_its_reason(small: Published):
    rows = read_table("quarantine", nights=NIGHT, root=small.root)
    found = {(row.unit_name, int(row.row_number)): row.reason for row in rows.itertuples()}
    assert found == {
        ("a.csv", 13): "row_ragged",
        ("a.csv", 14): "row_ragged",
        ("a.csv", 15): "bad_date",
        ("m.jsonl", 11): "unknown_channel",
        ("m.jsonl", 12): "json_invalid",
        ("x.csv.gz", 0): "truncated",
    }


def test_of_two_texts_under_one_id_the_newer_is_published(small: Published):
    rows = read_table("labelled_feedback", nights=NIGHT, root=small.root)
    [text] = rows.loc[rows["source_ref"] == "A1", "text"]
    assert text.startswith("用了一天就坏了")
    aspects = read_table("aspects", nights=NIGHT, root=small.root)
    assert aspects["feedback_id"].isin(rows["feedback_id"]).all()
    words = aspects.loc[aspects["feedback_id"] == rows.loc[rows["source_ref"] == "A1", "feedback_id"].item(), "evidence"]
    assert all(word in text for found in words for word in found)


def test_an_empty_file_is_told_and_is_no_failure_of_its_source(small: Published):
    assert any("b_empty.csv" in problem for problem in small.result.problems["问卷"])
    assert "问卷" not in small.result.missing


def test_the_summary_shows_the_balance_of_all_sources(small: Published):
    wanted = f"records in {sum(fate.records_in for fate in small.fates.values())} = "
    [line] = [line for line in summary_lines(small.result) if line.startswith("records in")]
    assert line.startswith(wanted)
    assert line.endswith("(balanced)")


def test_a_file_with_a_header_and_no_rows_is_an_empty_file(tmp_path):
    write_one_source(tmp_path)
    deliver(tmp_path, "a.csv", {"编号": "1", "内容": "很好用"})
    write(tmp_path / "in" / "b.csv", "编号,内容\n")
    result = run(tmp_path)
    assert (result.exit_code, result.totals["records_in"], result.totals["published"]) == (0, 1, 1)
    assert any("b.csv" in problem for problem in result.problems["反馈"])


def test_a_file_whose_every_row_is_broken_loses_none_of_them(tmp_path):
    write_one_source(tmp_path)
    deliver(tmp_path, "a.csv", *({"编号": str(n), "内容": f"第{n}次来了"} for n in range(4)))
    write(tmp_path / "in" / "b.csv", "编号,内容,时间\n1,好\n2,差\n")
    totals = run(tmp_path).totals
    assert (totals["records_in"], totals["published"], totals["quarantined"]) == (6, 4, 2)


@pytest.mark.parametrize("lost", [1, -1])
def test_counts_that_do_not_balance_are_held_back(tmp_path, monkeypatch, lost):
    write_one_source(tmp_path)
    deliver(tmp_path, "a.csv", {"编号": "1", "内容": "很好用"}, {"编号": "2", "内容": "不好用"})

    def miscounted(published: pd.DataFrame, *_: object, **__: object) -> Counts:
        numbers = dict.fromkeys(("units", "waiting", *FATES), 0) | {
            "records_in": len(published) + lost,
            "published": len(published),
        }
        return Counts({"反馈": numbers})

    monkeypatch.setattr("textmine.night.publishing.count_sources", miscounted)
    with pytest.raises(Exception, match="do not balance"):
        run(tmp_path)
    assert not list((tmp_path / "lake" / "published").rglob("*.parquet"))

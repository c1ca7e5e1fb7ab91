"""The change report of a backfill: figures before and after, also when nothing is published."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from tests.backfill.conftest import NIGHTS, OTHER, History
from tests.night.small import KEY, NIGHT, digest
from textmine.backfill import BackfillResult
from textmine.store.corrections import append_corrections
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger
from textmine.store.reading import read_table
from textmine.store.records import read_records


def figures(result: BackfillResult) -> pd.DataFrame:
    assert result.report is not None
    return pd.read_parquet(result.report.with_suffix(".parquet"))


def urgent(result: BackfillResult) -> pd.Series:
    found = figures(result)
    return found[(found["metric"] == "urgent_rate") & (found["channel"] == "all")].iloc[0]


def share(history: History, night: object) -> float:
    rows = read_table("labelled_feedback", nights=str(night), root=history.root)
    return rows["priority"].isin(["P0", "P1"]).mean()


def test_before_and_after_are_what_the_tables_say(published: History, rescored: History, copied):
    found = urgent(copied(published).rescore(NIGHTS[1], NIGHTS[1]))
    assert (found["n_before"], found["n_range"]) == (10, 10)
    assert found["before_old"] == share(published, NIGHTS[0])
    assert found["range_old"] == share(published, NIGHTS[1])
    assert found["range_new"] > found["range_old"]
    assert found["total"] == found["model"] + found["customer"]
    assert found["total"] == pytest.approx(found["range_new"] - found["before_old"])


def test_the_period_before_is_labelled_in_scratch_alone(own: History):
    before = digest(own.root, night=NIGHTS[0])
    found = urgent(own.rescore(NIGHTS[1], NIGHTS[1]))
    assert found["before_new"] > found["before_old"]
    assert digest(own.root, night=NIGHTS[0]) == before


def test_a_dry_run_writes_the_report_and_nothing_else(own: History):
    def files() -> dict[object, int]:
        return {p: p.stat().st_mtime_ns for p in own.root.rglob("*") if p.is_file() and p.suffix not in (".lock", ".sqlite")}

    before = files()
    result = own.rescore(NIGHTS[1], NIGHTS[2], dry_run=True)
    after = files()
    assert {path.name for path in after.keys() - before.keys()} == {
        result.report.name,
        result.report.with_suffix(".parquet").name,
    }
    assert {path: after[path] for path in before} == before
    with Ledger(Lake(own.root)) as ledger:
        assert len(ledger.runs()) == 3
    assert "试算" in result.report.read_text("utf-8")


def test_a_dry_run_says_what_the_backfill_then_does(own: History):
    foreseen = urgent(own.rescore(NIGHT, NIGHT, dry_run=True))
    assert foreseen.equals(urgent(own.rescore(NIGHT, NIGHT)))


def test_corrections_move_the_new_side_of_a_night_that_is_labelled_again_and_leave_the_old_one(published: History, own: History):
    before = urgent(own.rescore(NIGHT, NIGHT))
    rows = read_table("labelled_feedback", nights=NIGHT, root=own.root)
    calm = rows.loc[rows["priority"].isin(["P0", "P1"]), ["feedback_id"]].head(2)
    records = read_records(NIGHT, lake=Lake(own.root)).query("fate == 'published'")[["feedback_id", "text_digest"]]
    none = dict.fromkeys(("sentiment", "categories", "primary_category", "intent"))
    append_corrections(
        calm.merge(records).assign(annotator="a", priority="P3", **none),
        lake=Lake(own.root),
        keyring=Keyring.from_secret(bytes.fromhex(KEY)),
        at=datetime(2026, 11, 10, tzinfo=UTC),
    )
    found = urgent(own.rescore(NIGHT, NIGHT, again=True))
    assert found["range_new"] == share(own, NIGHT) < before["range_new"]
    assert found["range_old"] == before["range_old"] == share(published, NIGHT)


def test_the_first_nights_of_a_lake_have_no_period_before(rescored: History):
    [path] = (rescored.root / "reports").glob("changes_*.parquet")
    found = pd.read_parquet(path)
    assert found["total"].isna().all()
    assert found["rescored"].notna().any()
    page = path.with_suffix(".html").read_text("utf-8")
    assert "没有已发布的夜晚" in page
    assert OTHER in page and rescored.shipped in page

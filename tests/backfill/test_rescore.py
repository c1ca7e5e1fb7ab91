"""Published nights labelled again with another bundle, from their masked text."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pandas as pd
import pytest

from tests.backfill.conftest import NIGHTS, OTHER, History
from tests.night.small import KEY, NIGHT, digest, run
from textmine.errors import BundleError, NightMissingError
from textmine.night.chunks import GIVEN
from textmine.store.corrections import append_corrections
from textmine.store.halfnight import is_whole
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger
from textmine.store.reading import read_table
from textmine.store.records import read_records
from textmine.tables import TABLES

KEPT = ["feedback_id", "language", "validity", "near_duplicate_group", *GIVEN[1:]]


def rows(history: History, table: str = "labelled_feedback") -> pd.DataFrame:
    return read_table(table, root=history.root)


def test_the_same_bundle_changes_no_row_of_any_table(own: History):
    before = [digest(own.root, night=night) for night in NIGHTS]
    own.rescore(bundle=own.shipped, again=True)
    assert [digest(own.root, night=night) for night in NIGHTS] == before


def test_every_night_names_the_new_bundle_in_every_place(rescored: History):
    assert rescored.bundles() == [OTHER] * 3
    assert set(rows(rescored)["bundle_id"]) == set(rows(rescored, "runs")["bundle_id"]) == {OTHER}
    for night in NIGHTS:
        runs = {run for table in TABLES for run in read_table(table, nights=night, root=rescored.root)["run_id"]}
        assert len(runs) == 1
        assert is_whole(night, lake=Lake(rescored.root))


def test_labels_are_new_and_what_came_from_the_source_stays(published: History, rescored: History):
    before, after = rows(published), rows(rescored)
    assert before[["night", *KEPT]].equals(after[["night", *KEPT]])
    assert (after["priority"] == "P1").sum() > (before["priority"] == "P1").sum()


def test_what_was_read_then_is_still_accounted_for(published: History, rescored: History):
    for table in ("duplicates", "quarantine"):
        assert rows(published, table).drop(columns="run_id").equals(rows(rescored, table).drop(columns="run_id"))
    own = ["run_id", "seconds", "bundle_id"]
    assert rows(published, "runs").drop(columns=own).equals(rows(rescored, "runs").drop(columns=own))
    for night in NIGHTS:
        before, after = (read_records(night, lake=Lake(history.root)) for history in (published, rescored))
        assert before.equals(after)


def test_a_backfill_that_is_done_has_nothing_to_do(rescored: History, copied):
    own = copied(rescored)
    result = own.rescore()
    assert [night.what for night in result.nights] == ["skipped"] * 3


def test_landing_may_be_gone(own: History, rescored: History):
    shutil.rmtree(own.root / "landing")
    shutil.rmtree(own.folder / "in")
    assert own.rescore().exit_code == 0
    assert [digest(own.root, night=night) for night in NIGHTS] == [digest(rescored.root, night=night) for night in NIGHTS]


def test_the_nights_after_the_range_are_stale_and_told(own: History):
    assert own.rescore(NIGHTS[0], NIGHTS[1]).stale == (NIGHTS[2],)


def test_what_people_said_wins_over_the_bundle(own: History):
    [first, *_] = read_records(NIGHT, lake=Lake(own.root)).query("fate == 'published'").to_dict("records")
    said = {"sentiment": "pos", "categories": ["service"], "primary_category": "service", "intent": "praise", "priority": "P3"}
    labels = pd.DataFrame([{"feedback_id": first["feedback_id"], "text_digest": first["text_digest"], "annotator": "a", **said}])
    keyring = Keyring.from_secret(bytes.fromhex(KEY))
    append_corrections(labels, lake=Lake(own.root), keyring=keyring, at=datetime(2026, 11, 10, tzinfo=UTC))
    own.rescore(NIGHT, NIGHT)
    found = rows(own).set_index("feedback_id").loc[first["feedback_id"]]
    assert (found["label_source"], found["sentiment"], found["intent"], found["priority"]) == ("human", "pos", "praise", "P3")


def test_a_bundle_that_was_altered_is_refused_before_anything_is_touched(own: History):
    before = sorted((path, path.stat().st_mtime_ns) for path in own.root.rglob("*"))
    with (own.folder / "models" / OTHER / "policy.toml").open("a") as file:
        file.write("# \n")
    with pytest.raises(BundleError, match="altered"):
        own.rescore()
    assert sorted((path, path.stat().st_mtime_ns) for path in own.root.rglob("*")) == before


def test_a_bundle_that_is_not_there_is_answered_with_the_nearest(own: History):
    with pytest.raises(BundleError, match=f"did you mean '{OTHER}'"):
        own.rescore(bundle="stricter-2")


def test_a_range_without_a_published_night_is_told(own: History):
    with pytest.raises(NightMissingError, match="no night of the range is published"):
        own.rescore(NIGHTS[0].replace(month=1), NIGHTS[0].replace(month=2))


def test_the_content_in_quarantine_is_kept(own: History, tmp_path):
    from textmine.store.quarantine import show

    (own.folder / "in" / "bad.csv").write_text("编号,内容\n9,好,多\n", "utf-8")
    run(own.folder)
    [entry] = rows(own, "quarantine")["quarantine_id"]
    content = show(entry, lake=Lake(own.root), keyring=Keyring.from_secret(bytes.fromhex(KEY)))
    own.rescore(NIGHT, NIGHT)
    assert show(entry, lake=Lake(own.root), keyring=Keyring.from_secret(bytes.fromhex(KEY))) == content


def test_the_ledger_knows_how_it_ended(rescored: History):
    with Ledger(Lake(rescored.root)) as ledger:
        latest = ledger.runs(limit=3)
    assert {(run.status, run.bundle_id) for run in latest} == {("done", OTHER)}
    assert all(run.run_id.endswith("-relabel") for run in latest)

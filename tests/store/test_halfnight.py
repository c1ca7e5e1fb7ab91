"""A night's files as they lie."""

from __future__ import annotations

import pytest

from textmine.errors import NightMissingError
from textmine.store.halfnight import is_whole, read_files
from textmine.store.nightfiles import staged_night
from textmine.store.records import RECORDS, write_records
from textmine.store.tablefile import publish_table
from textmine.tables import TABLES


def publish(lake, night, rows, run_id: str) -> None:
    with staged_night(lake=lake, night=night, run_id=run_id) as staged:
        staged.add("aspects", rows)
        staged.publish(bundle_id="b1", policy_version="1")
    write_records(RECORDS.schema.empty_table().to_pandas(), lake=lake, night=night, run_id=run_id)


def test_a_published_night_is_whole(lake, night, aspects):
    publish(lake, night, aspects("a"), "run1")
    assert is_whole(night, lake=lake)


def test_a_night_with_a_table_of_another_run_is_not_whole_but_can_be_read(lake, night, aspects):
    publish(lake, night, aspects("a"), "run1")
    publish_table(aspects("b", run_id="run2"), table=TABLES["aspects"], path=lake.table_file("aspects", night), run_id="run2")
    assert not is_whole(night, lake=lake)
    found = read_files(["aspects", "runs"], night=night, lake=lake)
    assert found["aspects"]["feedback_id"].to_pylist() == ["b"]
    assert found["runs"].num_rows == 0  # this night never had the table


def test_a_night_whose_records_are_of_another_run_is_not_whole(lake, night, aspects):
    publish(lake, night, aspects("a"), "run1")
    write_records(RECORDS.schema.empty_table().to_pandas(), lake=lake, night=night, run_id="run0")
    assert not is_whole(night, lake=lake)


def test_a_table_that_is_gone_and_a_night_that_never_was_are_told(lake, night, aspects):
    with pytest.raises(NightMissingError, match="not published"):
        read_files(["aspects"], night=night, lake=lake)
    publish(lake, night, aspects("a"), "run1")
    lake.table_file("aspects", night).unlink()
    with pytest.raises(NightMissingError, match="gone"):
        read_files(["aspects"], night=night, lake=lake)

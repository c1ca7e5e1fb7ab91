from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np
import pandas as pd
import pytest

from textmine.errors import ContractError
from textmine.store import records as module
from textmine.store.lake import Lake
from textmine.store.manifest import Manifest, write_manifest
from textmine.store.parquet import open_parquet
from textmine.store.records import RECORDS, known_before, read_records, unfinished_nights, write_records

ONE, TWO, THREE = (date(2026, 9, day) for day in (1, 2, 3))


def records(*ids: str | None, fate: str = "published") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "feedback_id": pd.Series(ids, dtype="str"),
            "text_digest": "t",
            "revision": 0,
            "fate": fate,
            "unit": "u",
            "row_number": range(len(ids)),
            "part": 0,
        }
    )


@pytest.fixture
def publish(lake: Lake) -> Callable[..., None]:
    def night(day: date, *ids: str | None, run_id: str = "run1", files: bool = True) -> None:
        write_manifest(Manifest(night=day, run_id=run_id, tables={}, bundle_id="b", policy_version="1"), lake=lake)
        if files:
            write_records(records(*ids), lake=lake, night=day, run_id=run_id)

    return night


def test_records_come_back_sorted_with_the_unreadable_ones_last(lake: Lake) -> None:
    write_records(records("c", None, "a", "b"), lake=lake, night=ONE, run_id="run1")
    frame = read_records(ONE, lake=lake)
    assert frame["feedback_id"].tolist()[:3] == ["a", "b", "c"] and pd.isna(frame["feedback_id"][3])
    assert frame["row_number"].tolist() == [2, 3, 0, 1] and list(frame.columns) == RECORDS.names


def test_the_order_the_records_came_in_does_not_change_the_file(lake: Lake) -> None:
    made = set()
    for order in (slice(None), slice(None, None, -1)):
        write_records(records("c", None, "a", "b")[order], lake=lake, night=ONE, run_id="run1")
        made.add(lake.records_file(ONE).read_bytes())
    assert len(made) == 1


def test_a_night_without_records_has_an_empty_frame(lake: Lake) -> None:
    assert read_records(ONE, lake=lake).empty
    write_records(records(), lake=lake, night=ONE, run_id="run1")
    assert read_records(ONE, lake=lake).empty


def test_earlier_records_of_the_ids_asked_for_are_found(publish: Callable[..., None], lake: Lake) -> None:
    publish(ONE, "a", "b", None)
    publish(TWO, "b", "c")
    publish(THREE, "a")
    found = known_before(THREE, pd.Series(["b", "a", "x", None, "a"]), lake=lake)
    assert list(zip(found["feedback_id"], found["night"], strict=True)) == [("a", ONE), ("b", ONE), ("b", TWO)]
    assert known_before(ONE, pd.Series(["a"]), lake=lake).empty
    assert known_before(THREE, pd.Series([], dtype="str"), lake=lake).empty
    assert list(found.columns) == ["night", *RECORDS.names]


def test_a_night_without_manifest_is_not_known(publish: Callable[..., None], lake: Lake) -> None:
    write_records(records("a"), lake=lake, night=ONE, run_id="run1")
    assert known_before(TWO, pd.Series(["a"]), lake=lake).empty


def test_a_look_up_agrees_with_a_plain_join_and_skips_what_cannot_hold_the_ids(
    publish: Callable[..., None], lake: Lake, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GROUP_ROWS", 4)
    ids = [f"f_{n:03}" for n in np.random.default_rng(0).permutation(40)]
    publish(ONE, *ids[:30])
    publish(TWO, *ids[20:])
    asked = pd.Series(["f_001", "f_017", "f_039", "f_999"])
    found = known_before(THREE, asked, lake=lake)
    expected = sorted([(i, ONE) for i in asked if i in ids[:30]] + [(i, TWO) for i in asked if i in ids[20:]])
    assert list(zip(found["feedback_id"], found["night"], strict=True)) == expected
    with open_parquet(lake.records_file(ONE)) as file:
        opened = [module._may_hold(file, group, np.array(["f_001"])) for group in range(file.num_row_groups)]
    assert opened == [True] + [False] * 7


def test_a_run_killed_after_its_manifest_is_noticed(publish: Callable[..., None], lake: Lake) -> None:
    publish(ONE, "a")
    publish(TWO, files=False)
    publish(THREE, "c")
    publish(THREE, run_id="run2", files=False)
    assert unfinished_nights(lake) == [TWO, THREE]


def test_a_fate_nobody_knows_is_refused(lake: Lake) -> None:
    with pytest.raises(ContractError, match="lost"):
        write_records(records("a", fate="lost"), lake=lake, night=ONE, run_id="run1")

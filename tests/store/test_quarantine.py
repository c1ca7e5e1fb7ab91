from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pandas as pd
import pytest

from textmine.errors import ConfigError, UnitError
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.nightfiles import staged_night
from textmine.store.quarantine import drop_other_runs, list_entries, put, show


@dataclass(frozen=True)
class Reject:
    row_number: int
    reason: str
    detail: str
    content: bytes
    records: int = 1


REJECTS = [
    Reject(4, "row_ragged", "7 fields, 5 expected", "4,我的电话13800001234".encode()),
    Reject(9, "bad_date", "month 13", b"9,2026-13-01"),
    Reject(9, "bad_date", "month 14", b"9,2026-14-01"),
]


@pytest.fixture
def reject(lake: Lake, keyring: Keyring, night: date) -> Callable[..., pd.DataFrame]:
    def into_quarantine(rejects: list[Reject] = REJECTS, *, unit: str = "u1", run_id: str = "run1") -> pd.DataFrame:
        return put(
            rejects, source="crm", unit=unit, unit_name="cases.csv", night=night, run_id=run_id, lake=lake, keyring=keyring
        )

    return into_quarantine


@pytest.fixture
def publish(lake: Lake, night: date) -> Callable[..., None]:
    def rows(*frames: pd.DataFrame, run_id: str = "run1") -> None:
        with staged_night(lake=lake, night=night, run_id=run_id) as staged:
            staged.add("quarantine", list(frames))
            staged.publish(bundle_id="b", policy_version="1")

    return rows


def test_every_reject_is_listed_and_its_content_shown(
    reject: Callable[..., pd.DataFrame], publish: Callable[..., None], lake: Lake, keyring: Keyring, night: date
) -> None:
    publish(reject(), reject([Reject(0, "encoding_ambiguous", "", b"\xff\xfe\x00", 40)], unit="u2"))
    entries = list_entries(night, lake=lake)
    assert entries["reason"].tolist() == ["row_ragged", "bad_date", "bad_date", "encoding_ambiguous"]
    assert entries["records"].tolist() == [1, 1, 1, 40]
    contents = [show(entry, lake=lake, keyring=keyring) for entry in entries["quarantine_id"]]
    assert contents == [*(r.content for r in REJECTS), b"\xff\xfe\x00"]


def test_no_content_is_readable_on_disk(reject: Callable[..., pd.DataFrame], publish: Callable[..., None], lake: Lake) -> None:
    publish(reject())
    for path in lake.root.rglob("*"):
        assert not path.is_file() or b"13800001234" not in path.read_bytes()


def test_a_unit_has_one_file_for_a_run_and_a_rerun_has_the_same_ids(reject: Callable[..., pd.DataFrame], lake: Lake) -> None:
    first, again, other_run = reject(), reject(), reject(run_id="run2")
    assert first.equals(again) and first["quarantine_id"].is_unique
    assert first["quarantine_id"].equals(other_run["quarantine_id"])
    assert len(list(lake.quarantine.rglob("*.bin"))) == 2


def test_a_unit_without_rejects_leaves_nothing(
    reject: Callable[..., pd.DataFrame], publish: Callable[..., None], lake: Lake
) -> None:
    publish(reject([]))
    assert list(lake.quarantine.rglob("*.bin")) == []


def test_the_published_run_is_shown_whatever_a_later_one_left_and_only_it_is_kept(
    reject: Callable[..., pd.DataFrame], publish: Callable[..., None], lake: Lake, keyring: Keyring, night: date
) -> None:
    publish(reject())
    [entry, *_] = reject([Reject(4, "row_ragged", "", b"of a run that was killed")], run_id="run2")["quarantine_id"]
    assert show(entry, lake=lake, keyring=keyring) == REJECTS[0].content
    drop_other_runs(night, keep="run1", lake=lake)
    assert show(entry, lake=lake, keyring=keyring) == REJECTS[0].content
    assert [path.name for path in (lake.quarantine / f"night={night}").iterdir()] == ["run1"]


def test_an_id_nobody_gave_and_a_content_that_expired_say_so(
    reject: Callable[..., pd.DataFrame], publish: Callable[..., None], lake: Lake, keyring: Keyring
) -> None:
    rows = reject()
    publish(rows)
    with pytest.raises(ConfigError, match="q_0"):
        show("q_0", lake=lake, keyring=keyring)
    for path in lake.quarantine.rglob("*.bin"):
        path.unlink()
    with pytest.raises(UnitError) as caught:
        show(rows["quarantine_id"][0], lake=lake, keyring=keyring)
    assert caught.value.reason == "expired"

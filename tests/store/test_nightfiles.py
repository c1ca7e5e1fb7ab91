from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from textmine.errors import ContractError, NightMissingError
from textmine.store.lake import Lake
from textmine.store.manifest import read_manifest
from textmine.store.nightfiles import staged_night
from textmine.store.reading import read_table

Rows = Callable[..., pd.DataFrame]


def files(lake: Lake) -> list[str]:
    return sorted(path.name for path in lake.root.rglob("*") if path.is_file() and path.name != "manifest.lock")


def test_nothing_is_visible_before_publish_and_everything_after(lake: Lake, night: date, aspects: Rows) -> None:
    with staged_night(lake=lake, night=night, run_id="run1") as staged:
        staged.add("aspects", aspects("a"))
        staged.add("duplicates", [])
        with pytest.raises(NightMissingError):
            read_table("aspects", nights=night, root=lake.root)
        made = staged.publish(bundle_id="b1", policy_version="3", counts={"all": {"published": 1}})
    assert files(lake) == ["data.parquet", "data.parquet", "night=2026-09-01.json"]
    assert made == read_manifest(night, lake=lake)
    assert {name: entry.rows for name, entry in made.tables.items()} == {"aspects": 1, "duplicates": 0}


def test_the_manifest_has_the_digest_of_every_file(lake: Lake, night: date, aspects: Rows) -> None:
    with staged_night(lake=lake, night=night, run_id="run1") as staged:
        staged.add("aspects", aspects("a"))
        made = staged.publish(bundle_id="b1", policy_version="3")
    data = lake.table_file("aspects", night).read_bytes()
    assert made.tables["aspects"].sha256 == hashlib.sha256(data).hexdigest() and made.tables["aspects"].bytes == len(data)


@pytest.mark.parametrize("failing", [True, False])
def test_a_night_that_is_held_back_or_fails_leaves_the_old_one_and_no_temps(
    lake: Lake, night: date, aspects: Rows, failing: bool
) -> None:
    with staged_night(lake=lake, night=night, run_id="run1") as staged:
        staged.add("aspects", aspects("old"))
        staged.publish(bundle_id="b1", policy_version="3")
    before = files(lake)
    try:
        with staged_night(lake=lake, night=night, run_id="run2") as staged:
            staged.add("aspects", aspects("new", run_id="run2"))
            if failing:
                raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert files(lake) == before
    assert read_table("aspects", root=lake.root)["feedback_id"].tolist() == ["old"]


def test_a_table_is_declared_and_staged_once(lake: Lake, night: date, aspects: Rows) -> None:
    with staged_night(lake=lake, night=night, run_id="run1") as staged:
        staged.add("aspects", aspects("a"))
        for name in ("aspects", "aspect"):
            with pytest.raises(ContractError):
                staged.add(name, aspects("b"))


def test_the_manifest_comes_after_every_table_is_on_disk(
    lake: Lake, night: date, aspects: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    placed: list[str] = []
    replace, fsync = os.replace, os.fsync
    monkeypatch.setattr(os, "replace", lambda temp, path: (placed.append(Path(path).parent.parent.name), replace(temp, path)))
    monkeypatch.setattr(os, "fsync", lambda fd: (placed.append(Path(f"/proc/self/fd/{fd}").resolve().parent.name), fsync(fd)))
    with staged_night(lake=lake, night=night, run_id="run1") as staged:
        staged.add("aspects", aspects("a"))
        staged.add("duplicates", [])
        placed.clear()
        staged.publish(bundle_id="b1", policy_version="3")
    # tables replaced, both folders synced, then the manifest: file synced, replaced, folder synced
    assert placed == ["aspects", "duplicates", "aspects", "duplicates", "_manifest", "published", "published"]

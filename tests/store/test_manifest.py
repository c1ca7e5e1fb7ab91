from __future__ import annotations

import json
from datetime import date

import pytest

from textmine.errors import ContractError, NightMissingError
from textmine.store.lake import Lake
from textmine.store.manifest import Manifest, TableEntry, published_nights, read_manifest, write_manifest

NIGHT = date(2026, 9, 1)


def manifest(run_id: str = "run1", night: date = NIGHT) -> Manifest:
    return Manifest(
        night=night,
        run_id=run_id,
        tables={"aspects": TableEntry(rows=2, sha256="0" * 64, bytes=10)},
        bundle_id="b1",
        policy_version="1",
        counts={"all": {"records_in": 3}},
        timings={"clean": 1.5},
    )


def test_a_manifest_comes_back_as_it_was_written(lake: Lake) -> None:
    written = write_manifest(manifest(), lake=lake)
    assert read_manifest(NIGHT, lake=lake) == written
    assert json.loads(lake.manifest_file(NIGHT).read_text())["counts"] == {"all": {"records_in": 3}}


def test_generations_count_runs_not_repetitions_of_one(lake: Lake) -> None:
    made = [write_manifest(manifest(run), lake=lake).generation for run in ("run1", "run1", "run2", "run1")]
    assert made == [1, 1, 2, 3]


def test_a_night_counts_as_published_by_its_manifest_alone(lake: Lake) -> None:
    lake.table_file("aspects", date(2026, 9, 2)).parent.mkdir(parents=True)
    (lake.manifest_file(NIGHT).parent / ".night=2026-09-03.json.00.tmp").touch()
    for day in (3, 1):
        write_manifest(manifest(night=date(2026, 9, day)), lake=lake)
    assert published_nights(lake) == [date(2026, 9, 1), date(2026, 9, 3)]


def test_a_lake_that_was_never_prepared_has_no_nights(lake: Lake) -> None:
    assert published_nights(Lake(lake.root / "nowhere")) == []


def test_a_night_that_is_missing_says_how_to_make_it(lake: Lake) -> None:
    with pytest.raises(NightMissingError, match="textmine nightly --night 2026-09-01"):
        read_manifest(NIGHT, lake=lake)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"night": "2026-09-01"}', "\xff"])
def test_a_damaged_manifest_is_named_and_the_next_run_mends_it(lake: Lake, text: str) -> None:
    lake.manifest_file(NIGHT).write_bytes(text.encode("latin-1"))
    with pytest.raises(ContractError, match=r"night=2026-09-01\.json"):
        read_manifest(NIGHT, lake=lake)
    assert write_manifest(manifest(), lake=lake).generation == 1


@pytest.mark.parametrize("change", [{"format_version": 2}, {"extra": 1}, {"tables": {"aspects": {"rows": -1}}}])
def test_a_manifest_of_another_shape_is_refused(lake: Lake, change: dict[str, object]) -> None:
    write_manifest(manifest(), lake=lake)
    path = lake.manifest_file(NIGHT)
    path.write_text(json.dumps({**json.loads(path.read_text()), **change}))
    with pytest.raises(ContractError, match="no manifest that this version can read"):
        read_manifest(NIGHT, lake=lake)

"""A kill before any line of the store: what is left can be read, and the next run ends as if nothing had happened."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pytest

from textmine.errors import NightChangingError
from textmine.store import reading
from textmine.store.bundles import champion, open_bundle, promote, seal_bundle
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.landing import land, open_unit
from textmine.store.ledger import Ledger
from textmine.store.manifest import Manifest, published_nights, write_manifest
from textmine.store.nightfiles import staged_night
from textmine.store.parquet import read_parquet
from textmine.store.reading import read_table
from textmine.store.tablefile import publish_table
from textmine.tables import ASPECTS

Rows = Callable[..., pd.DataFrame]
Kills = Callable[..., Iterator[int]]
NIGHT = date(2026, 9, 1)

pytestmark = pytest.mark.parametrize("step", [pytest.param(1, marks=pytest.mark.slow), 41])


@pytest.fixture
def copies(lake: Lake, tmp_path: Path) -> Callable[[object], Lake]:
    """A copy of the lake as it was before the kill, one for each name."""

    def copy(name: object) -> Lake:
        made = Lake(tmp_path / f"lake-{name}")
        if not made.root.exists():
            shutil.copytree(lake.root, made.root)
        return made

    return copy


def contents(lake: Lake) -> dict[str, bytes]:
    return {str(path.relative_to(lake.root)): path.read_bytes() for path in sorted(lake.root.rglob("*")) if path.is_file()}


def temps(lake: Lake) -> list[Path]:
    return list(lake.root.rglob(".*.tmp"))


def test_a_table_is_wholly_old_or_wholly_new(
    lake: Lake, aspects: Rows, copies: Callable[[object], Lake], killed_at: Kills, step: int
) -> None:
    def publish(into: Lake, *ids: str) -> None:
        publish_table(aspects(*ids), table=ASPECTS, path=into.table_file("aspects", NIGHT), run_id="run1")

    publish(lake, "old")
    undisturbed = copies("undisturbed")
    publish(undisturbed, "a", "b")
    lines = 0
    for line in killed_at(lambda line: lambda: publish(copies(line), "a", "b"), step=step):
        left, lines = copies(line), lines + 1
        assert read_parquet(left.table_file("aspects", NIGHT))["feedback_id"].to_pylist() in (["old"], ["a", "b"])
        left.prepare()
        assert temps(left) == []
        publish(left, "a", "b")
        assert contents(left) == contents(undisturbed)
    assert lines > 80 // step


def test_a_night_killed_while_it_is_published_is_repaired_by_running_it_again(
    lake: Lake, aspects: Rows, copies: Callable[[object], Lake], killed_at: Kills, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish(into: Lake, run_id: str, *ids: str) -> None:
        with staged_night(lake=into, night=NIGHT, run_id=run_id) as staged:
            staged.add("aspects", aspects(*ids, run_id=run_id))
            staged.add("duplicates", [])
            staged.publish(bundle_id="b", policy_version="1")

    monkeypatch.setattr(reading, "PAUSES", (0.0,))
    publish(lake, "run1", "old")
    undisturbed = copies("undisturbed")
    publish(undisturbed, "run2", "a", "b")
    seen = set()
    for line in killed_at(lambda line: lambda: publish(copies(line), "run2", "a", "b"), step=step):
        left = copies(line)
        assert pd.read_parquet(left.published / "aspects")["feedback_id"].tolist() in (["old"], ["a", "b"])
        try:
            seen.add("".join(read_table("aspects", root=left.root)["feedback_id"]))
        except NightChangingError:
            seen.add("changing")
        left.prepare()
        assert temps(left) == []
        publish(left, "run2", "a", "b")
        assert contents(left) == contents(undisturbed)
    assert {"old"} <= seen <= {"old", "changing", "ab"} and (step > 1 or len(seen) == 3)


def test_a_manifest_is_there_or_not(lake: Lake, copies: Callable[[object], Lake], killed_at: Kills, step: int) -> None:
    def write(into: Lake) -> None:
        write_manifest(Manifest(night=NIGHT, run_id="run1", tables={}, bundle_id="b", policy_version="1"), lake=into)

    undisturbed = copies("undisturbed")
    write(undisturbed)
    for line in killed_at(lambda line: lambda: write(copies(line)), step=step):
        left = copies(line)
        assert published_nights(left) in ([], [NIGHT])
        left.prepare()
        write(left)
        assert contents(left) == contents(undisturbed)


def test_a_unit_is_landed_or_not(keyring: Keyring, copies: Callable[[object], Lake], killed_at: Kills, step: int) -> None:
    digest = keyring.digest(b"id,text\n")
    for line in killed_at(lambda line: lambda: land(b"id,text\n", lake=copies(line), keyring=keyring), step=step):
        left = copies(line)
        assert not left.unit_file(digest).exists() or open_unit(digest, lake=left, keyring=keyring) == b"id,text\n"
        left.prepare()
        assert temps(left) == []
        assert land(b"id,text\n", lake=left, keyring=keyring) == digest
        assert open_unit(digest, lake=left, keyring=keyring) == b"id,text\n"
        assert [path for path in left.landing.rglob("*") if path.is_file()] == [left.unit_file(digest)]


def test_a_champion_is_the_old_or_the_new_one_and_the_way_back_is_kept(
    lake: Lake, copies: Callable[[object], Lake], killed_at: Kills, step: int
) -> None:
    for name in ("b1", "b2", "b3"):
        (lake.root / "models" / name).mkdir(parents=True)
        (lake.root / "models" / name / "taxonomy.toml").write_text(name)
        seal_bundle(lake.root / "models" / name)
    for name in ("b1", "b2"):
        promote([lake.root / "models"], name)
    undisturbed = copies("undisturbed")
    promote([undisturbed.root / "models"], "b3")
    for line in killed_at(lambda line: lambda: promote([copies(line).root / "models"], "b3"), step=step):
        left = copies(line)
        named = champion([left.root / "models"])
        assert (named.current[0], named.previous and named.previous[0]) in (("b2", "b1"), ("b3", "b2"))
        assert open_bundle([left.root / "models"]).id == named.current[0]
        left.prepare()
        promote([left.root / "models"], "b3")
        assert contents(left) == contents(undisturbed)


def test_a_night_and_its_cursor_move_together_or_not_at_all(
    lake: Lake, copies: Callable[[object], Lake], killed_at: Kills, step: int
) -> None:
    def close(into: Lake) -> None:
        with Ledger(into) as ledger, ledger.together():
            ledger.set_night(NIGHT, "published", run_id="run1")
            ledger.move_cursor("crm", "5", run_id="run1")

    with Ledger(lake) as ledger:
        ledger.begin_run("run1", night=NIGHT, at=datetime(2026, 9, 2, tzinfo=UTC), version="1")
    for line in killed_at(lambda line: lambda: close(copies(line)), step=step):
        with Ledger(copies(line)) as left:
            assert (len(left.nights()), left.cursor("crm")) in ((0, None), (1, "5"))
            assert [run.status for run in left.runs()] == ["running"]
        close(copies(line))
        with Ledger(copies(line)) as left:
            assert (len(left.nights()), left.cursor("crm")) == (1, "5")

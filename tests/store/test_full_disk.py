"""A disk that is full at any byte: a clear error, the old file whole, nothing left behind."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from textmine.errors import NightMissingError, TextmineError
from textmine.store import durable
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.landing import land
from textmine.store.manifest import Manifest, read_manifest, write_manifest
from textmine.store.parquet import read_parquet
from textmine.store.tablefile import publish_table
from textmine.tables import ASPECTS

Rows = Callable[..., pd.DataFrame]
NIGHT = date(2026, 9, 1)


@contextmanager
def no_file_over(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("buffer", [16, 1 << 20])
def test_a_table_that_does_not_fit_leaves_the_old_one(
    lake: Lake, aspects: Rows, monkeypatch: pytest.MonkeyPatch, buffer: int
) -> None:
    monkeypatch.setattr(durable, "BUFFER", buffer)
    path = lake.table_file("aspects", NIGHT)
    whole = publish_table(aspects("old"), table=ASPECTS, path=path, run_id="run1").bytes
    for size in (0, 4, 100, 700, whole - 300):
        with no_file_over(size), pytest.raises(TextmineError, match="cannot be written.*see to the disk"):
            publish_table(aspects("new"), table=ASPECTS, path=path, run_id="run1")
        assert read_parquet(path)["feedback_id"].to_pylist() == ["old"]
        assert [file.name for file in path.parent.iterdir()] == ["data.parquet"]
    publish_table(aspects("new"), table=ASPECTS, path=path, run_id="run1")
    assert read_parquet(path)["feedback_id"].to_pylist() == ["new"]


def test_a_unit_that_does_not_fit_is_not_landed(lake: Lake, keyring: Keyring) -> None:
    with no_file_over(100), pytest.raises(TextmineError, match="cannot be written"):
        land(b"x" * 200, lake=lake, keyring=keyring)
    assert [path for path in lake.landing.rglob("*") if path.is_file()] == []


def test_a_manifest_that_does_not_fit_leaves_the_night_unpublished(lake: Lake) -> None:
    with no_file_over(20), pytest.raises(TextmineError, match="cannot be written"):
        write_manifest(Manifest(night=NIGHT, run_id="r", tables={}, bundle_id="b", policy_version="1"), lake=lake)
    with pytest.raises(NightMissingError):
        read_manifest(NIGHT, lake=lake)


ON_A_SMALL_DISK = """
import sys
from datetime import date
from pathlib import Path
from textmine.errors import TextmineError
from textmine.store.keys import Keyring
from textmine.store.lake import Lake
from textmine.store.landing import land, open_unit
from textmine.store.ledger import Ledger

lake, keyring = Lake(Path(sys.argv[1])), Keyring.from_secret(b"k" * 32)
lake.prepare()
kept = land(b"kept" * 1000, lake=lake, keyring=keyring)
with Ledger(lake) as ledger:
    ledger.move_cursor("crm", "1", run_id="r")
    try:
        for n in range(100):
            land(bytes([n]) * 20_000, lake=lake, keyring=keyring)
    except TextmineError as error:
        print("land:", error)
    try:
        for n in range(100):
            ledger.move_cursor("crm", "2" * 20_000 + str(n), run_id="r")
    except TextmineError as error:
        print("ledger:", error)
with Ledger(lake) as ledger:
    print("cursor whole:", len(ledger.cursor("crm")) in (1, 20_001, 20_002))
print("kept:", open_unit(kept, lake=lake, keyring=keyring) == b"kept" * 1000, "temps:", len(list(lake.root.rglob(".*.tmp"))))
"""


@pytest.mark.slow
def test_a_disk_that_fills_up_for_real_is_a_clear_error_and_what_was_safe_stays_so(tmp_path: Path) -> None:
    mount = f'mount -t tmpfs -o size=300k tmpfs "{tmp_path}" && exec "$0" -c "$1" "{tmp_path}/lake"'
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("no unshare -rm here, so no small disk to fill")
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", mount, sys.executable, ON_A_SMALL_DISK], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert "No space left on device" in lines[0] and lines[-2:] == ["cursor whole: True", "kept: True temps: 0"]
    assert len(lines) == 4 and lines[1].startswith("ledger:") and "full" in lines[1]

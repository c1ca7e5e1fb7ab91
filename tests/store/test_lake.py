from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

from textmine.store.lake import Lake


def test_the_paths_are_those_of_the_layout() -> None:
    lake, night = Lake(Path("/lake")), date(2026, 9, 1)
    assert str(lake.table_file("aspects", night)) == "/lake/published/aspects/night=2026-09-01/data.parquet"
    assert str(lake.manifest_file(night)) == "/lake/published/_manifest/night=2026-09-01.json"
    assert str(lake.records_file(night)) == "/lake/ledger/records/night=2026-09-01.parquet"
    assert str(lake.index_file("history", night)) == "/lake/index/history/night=2026-09-01.parquet"
    assert str(lake.unit_file("abcd")) == "/lake/landing/ab/abcd.bin"


def test_folders_with_raw_text_or_ids_are_closed_to_others_even_if_they_were_open(tmp_path: Path) -> None:
    (tmp_path / "landing").mkdir(mode=0o755)
    Lake(tmp_path).prepare()
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    assert {name for name, mode in modes.items() if not mode & 0o077} == {"landing", "quarantine", "ledger", "work"}
    assert set(modes) == {"landing", "published", "quarantine", "ledger", "labels", "registry", "index", "reports", "work"}


def test_preparing_twice_keeps_what_is_there_and_sweeps_what_a_dead_run_left(tmp_path: Path) -> None:
    lake = Lake(tmp_path)
    lake.prepare()
    (lake.landing / "unit.bin").write_bytes(b"x")
    (lake.published / ".data.parquet.00.tmp").write_bytes(b"half")
    lake.prepare()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["unit.bin"]

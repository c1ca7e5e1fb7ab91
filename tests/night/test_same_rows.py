"""The same night gives the same rows, whoever runs it, wherever, in whatever pieces."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.night.small import KEY, NIGHT, SAID, Published, deliver, digest, run, write_one_source, write_small_night
from textmine.store.reading import read_table

TEXT_ONLY = [
    "text",
    "language",
    "n_tokens",
    "validity",
    "sentiment",
    "sentiment_score",
    "categories",
    "intent",
    "topic_id",
    "red_lines",
]


def test_a_night_run_twice_publishes_the_same_rows(own_small: Published):
    before = digest(own_small.root)
    again = run(own_small.folder)
    assert again.run_id != own_small.result.run_id
    assert digest(own_small.root) == before


def test_another_lake_with_the_same_files_and_key_publishes_the_same_rows(small: Published, tmp_path):
    write_small_night(tmp_path)
    run(tmp_path)
    assert digest(tmp_path / "lake") == digest(small.root)


def test_the_size_of_chunks_and_the_number_of_threads_change_no_row(tmp_path):
    found = []
    for name, rows in (("whole", 20_000), ("pieces", 4)):
        config = write_one_source(tmp_path / name, chunk_rows=rows)
        deliver(tmp_path / name, "a.csv", *({"编号": str(n), "客户编号": f"C{n % 3}", "内容": SAID[n % 7]} for n in range(10)))
        if name == "pieces":
            config.write_text(
                config.read_text("utf-8").replace("workers = 1", "workers = 2").replace("sequential", "threading"), "utf-8"
            )
        run(tmp_path / name)
        found.append(digest(tmp_path / name / "lake"))
    assert found[0] == found[1]


def test_the_order_and_the_splitting_of_files_leave_what_comes_from_the_text_alone(tmp_path):
    rows = [{"编号": str(n), "内容": text} for n, text in enumerate(SAID)]
    write_one_source(tmp_path / "one")
    deliver(tmp_path / "one", "a.csv", *rows)
    write_one_source(tmp_path / "two")
    deliver(tmp_path / "two", "a.csv", *rows[6:][::-1])
    deliver(tmp_path / "two", "b.csv", *rows[:6][::-1])
    tables = []
    for name in ("one", "two"):
        run(tmp_path / name)
        rows_of = read_table("labelled_feedback", nights=NIGHT, root=tmp_path / name / "lake")
        tables.append(rows_of.set_index("feedback_id").sort_index()[TEXT_ONLY].astype(str))
    assert tables[0].equals(tables[1])


def test_another_source_absent_or_broken_leaves_what_comes_from_the_text_alone(small: Published, tmp_path):
    write_small_night(tmp_path)
    shutil.rmtree(tmp_path / "mixed")
    (tmp_path / "social" / "w.parquet").write_bytes(b"PAR1 and no more")
    run(tmp_path)
    tables = [read_table("labelled_feedback", nights=NIGHT, root=root) for root in (small.root, tmp_path / "lake")]
    kept = [
        rows[rows["source"].isin(["问卷", "热线", "工单"])].set_index("feedback_id").sort_index()[TEXT_ONLY] for rows in tables
    ]
    assert len(kept[1]) == 15
    assert kept[0].astype(str).equals(kept[1].astype(str))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("seed", "backend", "workers", "chunk_rows"), [("0", "loky", 2, 7), ("4711", "sequential", 1, 3), ("1", "threading", 2, 1)]
)
def test_another_hash_seed_backend_folder_and_locale_change_no_row(
    small: Published, tmp_path, seed, backend, workers, chunk_rows
):
    write_small_night(tmp_path, chunk_rows=chunk_rows)
    config = tmp_path / "textmine.toml"
    config.write_text(
        config.read_text("utf-8").replace("workers = 1", f"workers = {workers}").replace("sequential", backend), "utf-8"
    )
    place = tmp_path / "somewhere"
    place.mkdir()
    done = _nightly(config, cwd=place, PYTHONHASHSEED=seed, LC_ALL="C", TZ="America/New_York", OMP_NUM_THREADS=str(workers))
    assert done.returncode == 3, done.stderr
    assert digest(tmp_path / "lake") == digest(small.root)


def _nightly(config: Path, *, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from textmine.cli.main import main; main()",
        "nightly",
        "--night",
        str(NIGHT),
        "--config",
        str(config),
    ]
    return subprocess.run(
        command, cwd=cwd, env={**os.environ, "TEXTMINE_KEY": KEY, **environment}, capture_output=True, text=True, timeout=300
    )

"""The nightly table of new words, and accepted words that wait for the next bundle."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd

from tests.night.small import NIGHT, deliver, digest, run, write_one_source
from textmine.retraining.accepted_words import accept_words
from textmine.store.lake import Lake
from textmine.store.reading import read_table
from textmine.text.dictionary import Entry

AROUND = "香甜苦辣咸鲜酥脆滑嫩"
SAID = [f"{AROUND[n]}拌饭{AROUND[n - 3]}，送来还是热的" for n in range(10)]


def write_night(folder: Path, night: date, *, chunk_rows: int = 20_000) -> None:
    write_one_source(folder, chunk_rows=chunk_rows)
    rows = ({"编号": f"{night}-{n}", "客户编号": f"C{n}", "内容": text} for n, text in enumerate(SAID))
    deliver(folder, f"{night}.csv", *rows)


def words(folder: Path, night: date) -> pd.DataFrame:
    return read_table("new_words", nights=night, root=folder / "lake").set_index("word")


def test_an_accepted_word_changes_no_night_of_the_old_bundle(tmp_path):
    for name in ("plain", "accepted"):
        write_night(tmp_path / name, NIGHT)
    entry = Entry("拌饭", 30, "n")
    lake = Lake(tmp_path / "accepted" / "lake")
    assert accept_words([entry], lake=lake, known=(), who="chen", at=datetime(2026, 11, 2, tzinfo=UTC)) == [entry]
    for name in ("plain", "accepted"):
        run(tmp_path / name)
    assert digest(tmp_path / "plain" / "lake") == digest(tmp_path / "accepted" / "lake")


def test_the_size_of_chunks_changes_no_word(tmp_path):
    for name, rows in (("whole", 20_000), ("pieces", 3)):
        write_night(tmp_path / name, NIGHT, chunk_rows=rows)
        run(tmp_path / name)
    assert (
        words(tmp_path / "whole", NIGHT).drop(columns="run_id").equals(words(tmp_path / "pieces", NIGHT).drop(columns="run_id"))
    )

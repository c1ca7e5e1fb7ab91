"""Drift of a night against those before it: what is remembered, published and told."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.night.small import NIGHT, SAID, deliver, digest, run, write_one_source
from textmine.measure.drift import MEASURES
from textmine.night import summary_lines
from textmine.store.reading import read_table

NIGHTS = [NIGHT + timedelta(days=number) for number in range(6)]


def write(folder: Path, *, last: int, chunk_rows: int = 20_000) -> None:
    """Six nights of 120 texts, on the first five of ten kinds, on the last one of the kind ``last``."""
    write_one_source(folder, chunk_rows=chunk_rows)
    for night in NIGHTS:
        texts = [SAID[last if night == NIGHTS[-1] else n % 10] for n in range(120)]
        rows = (
            {"编号": f"{night}-{n}", "客户编号": f"C{n}", "内容": f"{text}第{n}号", "接收时间": f"{night} 12:00"}
            for n, text in enumerate(texts)
        )
        deliver(folder, f"{night}.csv", *rows)


@pytest.mark.slow
def test_a_night_of_other_texts_is_an_alarm_and_is_published_all_the_same(tmp_path):
    write(tmp_path, last=2)
    quiet = [run(tmp_path, night=night) for night in NIGHTS[:5]]
    assert not any(result.drift for result in quiet)
    result = run(tmp_path, night=NIGHTS[5])
    assert result.exit_code == 0
    assert any(alarm.startswith("sentiment of survey:") for alarm in result.drift)
    assert any(line.startswith("drift     ") for line in summary_lines(result))
    drift = read_table("drift", nights=NIGHTS[5], root=tmp_path / "lake")
    assert drift[["measure", "channel"]].value_counts().max() == 1
    assert len(drift) == 2 * len(MEASURES)
    assert set(drift["nights"]) == {5}
    assert "漂移" in result.report.read_text("utf-8")


@pytest.mark.slow
def test_drift_does_not_depend_on_chunks_nor_on_the_order_of_nights(tmp_path):
    found = []
    for name, order in {"in order": NIGHTS, "late": [NIGHTS[0], *NIGHTS[2:], NIGHTS[1], *NIGHTS[2:]]}.items():
        write(tmp_path / name, last=2, chunk_rows=20_000 if name == "late" else 50)
        for night in order:
            run(tmp_path / name, night=night)
        found.append(digest(tmp_path / name / "lake", night=NIGHTS[5]))
    assert found[0] == found[1]


def test_the_first_night_of_a_lake_has_nothing_to_be_held_against(small):
    drift = read_table("drift", nights=NIGHT, root=small.root)
    assert set(drift["status"]) == {"no_reference"}
    assert "all" in set(drift["channel"])
    assert small.result.drift == ()

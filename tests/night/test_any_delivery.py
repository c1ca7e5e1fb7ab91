"""Conservation for deliveries nobody thought of, with a kill at any point: the test keeps its own account."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.night.kills import killed
from tests.night.small import NIGHT, run, write, write_one_source
from textmine.store.reading import read_table

RECORD = st.tuples(
    st.integers(0, 4), st.sampled_from(["质量很好", "快递太慢", "还行", "要求退款"])
)  # few ids and texts, so that they meet
ROW = RECORD | st.sampled_from(["ragged", "no date", "too long"])
FILES = st.lists(st.lists(ROW, max_size=8), min_size=1, max_size=4)
BROKEN = {"ragged": "1,2026-11-03", "no date": "9,哪天来着,很好", "too long": "1,2026-11-03,很好,多余"}


def expected(files: list[list[object]]) -> Counter[str]:
    """What must become of the rows, by an account that knows nothing of the night's own."""
    fates: Counter[str] = Counter()
    said: dict[object, object] = {}
    for row in (row for rows in files for row in rows):
        if isinstance(row, str):
            fates["quarantined"] += 1
        elif row[0] in said:
            fates["duplicate" if said[row[0]] == row[1] else "superseded"] += 1
            said[row[0]] = row[1]
        else:
            said[row[0]] = row[1]
    fates["published"] = len(said)
    return fates


def deliver_all(folder: Path, files: list[list[object]]) -> None:
    for number, rows in enumerate(files):
        lines = [BROKEN[row] if isinstance(row, str) else f"{row[0]},2026-11-03,{row[1]}" for row in rows]
        # blank lines at the end, so that two files of equal rows are two deliveries
        write(folder / "in" / f"{number}.csv", "\n".join(["编号,时间,内容", *lines, ""]) + "\n" * number)


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@given(files=FILES, kill=st.integers(1, 25))
def test_any_delivery_balances_also_when_the_first_run_was_killed_anywhere(files: list[list[object]], kill: int):
    with TemporaryDirectory() as place:
        folder = Path(place)
        config = write_one_source(folder)
        config.write_text(config.read_text("utf-8") + "[audit]\nmax_quarantined = 1.0\n", "utf-8")
        deliver_all(folder, files)
        calls = iter(range(kill - 1, -1, -1))
        killed(lambda: run(folder), before=lambda name, _: name == "replace" and next(calls, -1) == 0)
        result, wanted = run(folder), expected(files)
        assert {fate: number for fate, number in result.totals.items() if fate in wanted} == dict(wanted)
        assert result.totals["records_in"] == sum(len(rows) for rows in files)
        rows = read_table("labelled_feedback", nights=NIGHT, root=folder / "lake")
        assert len(rows) == wanted["published"]
        assert rows["feedback_id"].is_unique

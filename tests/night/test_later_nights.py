"""Records that come again, come late or come changed: each joins one night, once."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tests.night.small import NIGHT, SAID, deliver, digest, run, write_one_source
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger
from textmine.store.reading import read_table

BEFORE, NEXT = NIGHT - timedelta(days=1), NIGHT + timedelta(days=1)
TWO = ({"编号": "1", "客户编号": "C1", "内容": SAID[0]}, {"编号": "2", "客户编号": "C2", "内容": SAID[1]})


def received(number: int, *, on: object, text: str = "") -> dict[str, str]:
    return {"编号": str(number), "客户编号": "C1", "内容": text or SAID[number], "接收时间": f"{on} 12:00"}


def rows_of(folder: Path, night: object) -> list[tuple[str, int]]:
    rows = read_table("labelled_feedback", nights=str(night), root=folder / "lake")
    return sorted(zip(rows["source_ref"], rows["revision"], strict=True))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_one_source(tmp_path)
    return tmp_path


def test_the_same_file_delivered_again_publishes_nothing_twice(folder: Path):
    file = deliver(folder, "a.csv", *TWO)
    run(folder)
    shutil.copy(file, folder / "in" / "again.csv")
    totals = run(folder, night=NEXT).totals
    assert (totals["records_in"], totals["published"]) == (0, 0)
    assert rows_of(folder, NIGHT) == [("1", 0), ("2", 0)]


def test_the_same_records_in_another_file_are_duplicates_of_their_first_night(folder: Path):
    deliver(folder, "a.csv", *TWO)
    run(folder)
    deliver(folder, "b.csv", *TWO[::-1], {"编号": "3", "客户编号": "C1", "内容": SAID[2]})
    totals = run(folder, night=NEXT).totals
    assert (totals["records_in"], totals["published"], totals["duplicate"]) == (3, 1, 2)
    duplicates = read_table("duplicates", nights=NEXT, root=folder / "lake")
    assert duplicates["first_night"].tolist() == [NIGHT, NIGHT]


def test_a_night_of_nothing_but_duplicates_is_published(folder: Path):
    deliver(folder, "a.csv", *TWO)
    run(folder)
    deliver(folder, "b.csv", *TWO[::-1])
    result = run(folder, night=NEXT)
    assert (result.exit_code, result.totals["published"], result.totals["duplicate"]) == (0, 0, 2)
    assert rows_of(folder, NEXT) == []


def test_a_new_text_under_a_known_id_is_the_next_revision_and_the_old_night_stays(folder: Path):
    deliver(folder, "a.csv", *TWO)
    run(folder)
    before = digest(folder / "lake")
    deliver(folder, "b.csv", {"编号": "1", "客户编号": "C1", "内容": "补充一下：包装也破了。"})
    run(folder, night=NEXT)
    assert rows_of(folder, NEXT) == [("1", 1)]
    assert digest(folder / "lake") == before


def test_records_with_a_time_of_receipt_join_their_own_night(folder: Path):
    deliver(folder, "a.csv", received(0, on=BEFORE), received(1, on=NIGHT), received(2, on=NEXT), received(3, on=NEXT))
    first = run(folder)
    assert (first.totals["records_in"], first.totals["published"], first.totals["waiting"]) == (1, 1, 3)
    second = run(folder, night=NEXT)
    assert (second.totals["records_in"], second.totals["waiting"]) == (2, 1)
    assert rows_of(folder, NIGHT) == [("1", 0)]
    assert rows_of(folder, NEXT) == [("2", 0), ("3", 0)]


def test_a_late_record_whose_night_is_published_joins_the_night_that_receives_it(folder: Path):
    deliver(folder, "a.csv", received(0, on=NIGHT))
    run(folder)
    deliver(folder, "b.csv", received(1, on=NIGHT), received(2, on=NEXT))
    assert run(folder, night=NEXT).totals["published"] == 2
    assert rows_of(folder, NIGHT) == [("0", 0)]
    assert run(folder).totals["published"] == 1  # and it stays there when its own night is run again


def test_a_night_published_late_marks_the_later_ones_stale(folder: Path):
    deliver(folder, "a.csv", received(0, on=NIGHT), received(1, on=NEXT))
    run(folder, night=NEXT)
    assert run(folder).stale == (NEXT,)
    with Ledger(Lake(folder / "lake")) as ledger:
        assert {row.night: row.state for row in ledger.nights()} == {NIGHT: "published", NEXT: "stale"}
    run(folder, night=NEXT)
    with Ledger(Lake(folder / "lake")) as ledger:
        assert {row.state for row in ledger.nights()} == {"published"}


def test_a_night_run_again_that_comes_to_the_same_leaves_the_later_ones_as_they_are(folder: Path):
    deliver(folder, "a.csv", received(0, on=NIGHT), received(1, on=NEXT))
    run(folder)
    run(folder, night=NEXT)
    assert run(folder).stale == ()
    deliver(folder, "b.csv", {"编号": "7", "客户编号": "C1", "内容": SAID[3], "接收时间": ""})
    assert run(folder).stale == (NEXT,)


def test_back_fill_in_date_order_comes_to_what_the_nights_in_order_come_to(tmp_path):
    nights = {"in order": [NIGHT, NEXT], "late": [NEXT, NIGHT, NEXT]}
    for name, order in nights.items():
        write_one_source(tmp_path / name)
        deliver(tmp_path / name, "a.csv", received(0, on=NIGHT), received(5, on=NIGHT), received(1, on=NEXT, text=SAID[0] + "！"))
        for night in order:
            run(tmp_path / name, night=night)
    for night in (NIGHT, NEXT):
        assert digest(tmp_path / "in order" / "lake", night=night) == digest(tmp_path / "late" / "lake", night=night)
    leaders = read_table("labelled_feedback", root=tmp_path / "late" / "lake").set_index("source_ref")
    assert leaders.loc["1", "near_duplicate_group"] == leaders.loc["0", "feedback_id"]


def test_answers_of_one_survey_row_are_told_apart_and_joined_by_their_answer(folder: Path):
    config = folder / "textmine.toml"
    config.write_text(config.read_text("utf-8") + '[sources.columns]\ntext = ["好的地方", "不好的地方"]\n', "utf-8")
    deliver(
        folder,
        "a.csv",
        {"答卷编号": "K1", "满意度": "4", "好的地方": "发货快", "不好的地方": "包装差"},
        {"答卷编号": "K2", "满意度": "2", "好的地方": "", "不好的地方": ""},
    )
    run(folder)
    rows = read_table("labelled_feedback", nights=NIGHT, root=folder / "lake").sort_values(["answer_id", "question"])
    assert rows["answer_id"].tolist() == ["K1", "K1", "K2"]
    assert set(rows["question"].dropna()) == {"好的地方", "不好的地方"}
    assert rows["feedback_id"].is_unique
    assert rows["validity"].tolist()[2] == "empty"
    assert rows["rating"].tolist() == [4.0, 4.0, 2.0]

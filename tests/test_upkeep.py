"""Looking after a lake: missing nights, and the content behind a quarantine entry."""

from __future__ import annotations

import gzip
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.night.small import KEY, NIGHT, deliver, run, write, write_one_source
from textmine.errors import ConfigError, UnitError
from textmine.settings import Settings
from textmine.store.lake import Lake
from textmine.store.reading import read_table
from textmine.upkeep import missing_nights, quarantined_content

SETTINGS = Settings(key=KEY)
BROKEN = gzip.compress("编号,内容\n1,好\n".encode(), mtime=0)[:-8]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Root of a lake with a night of broken rows and a broken file."""
    folder = tmp_path_factory.mktemp("night")
    write_one_source(folder)
    write(folder / "in" / "a.csv", "编号,时间,内容\n1,2026-11-03,质量很好\n2,2026-11-03,不错\n3,十月初一吧,包装不错\n4,少了\n")
    write(folder / "in" / "b.csv.gz", BROKEN)
    deliver(folder, "c.csv", *({"编号": str(n), "内容": f"第{n}次来了"} for n in range(5, 9)))
    run(folder)
    return folder / "lake"


def test_days_without_a_manifest_between_the_first_and_the_last_are_missing(tmp_path):
    lake = Lake(tmp_path)
    lake.prepare()
    assert missing_nights(lake) == []
    for day in (0, 1, 4):
        lake.manifest_file(NIGHT + timedelta(days=day)).write_text("{}")
    assert missing_nights(lake) == [NIGHT + timedelta(days=2), NIGHT + timedelta(days=3)]


def test_every_quarantined_row_gives_its_raw_content_back(lake: Path):
    contents = {row.row_number: quarantined_content(row.quarantine_id, root=lake, settings=SETTINGS) for row in quarantine(lake)}
    assert contents[4] == "4,少了".encode()
    assert "十月初一吧".encode() in contents[3]


def test_a_whole_file_in_quarantine_is_given_back_as_it_was_delivered(lake: Path):
    [whole] = [row.quarantine_id for row in quarantine(lake) if row.row_number == 0]
    assert quarantined_content(whole, root=lake, settings=SETTINGS) == BROKEN


def test_an_entry_that_no_night_has_is_told(lake: Path):
    with pytest.raises(ConfigError, match="no published night has this entry"):
        quarantined_content("q_0", root=lake, settings=SETTINGS)


def test_another_key_opens_nothing(lake: Path):
    for row in quarantine(lake):
        with pytest.raises(UnitError) as error:
            quarantined_content(row.quarantine_id, root=lake, settings=Settings(key="7c" * 32))
        assert error.value.reason in ("other_key", "expired")  # the name of a row's content is keyed as well


def quarantine(lake: Path) -> list[Any]:
    return list(read_table("quarantine", nights=NIGHT, root=lake).itertuples())

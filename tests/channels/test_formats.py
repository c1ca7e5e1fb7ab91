"""The one way in: bytes of a unit to batches."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels.exports.known import EXPORTS
from textmine.channels.formats import FORMATS, read_unit
from textmine.errors import ConfigError, UnitError
from textmine.settings import Format


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return out.getvalue()


def reason_of(data: bytes, name: str = "u.zip", **options: str) -> str:
    with pytest.raises(UnitError) as caught:
        next(read_unit(data, name=name, **options))
    return caught.value.reason


def test_every_format_of_the_config_has_a_reader() -> None:
    assert {*FORMATS, *EXPORTS, "auto"} == set(get_args(Format))


def test_record_numbers_run_on_over_the_members_of_an_archive() -> None:
    data = zipped({"a.csv": b"a,b\n1,2\nx\n", "b.jsonl": b'{"c": 1}\n', "c.csv": b"a,b\n", "d.csv": b"a,b\n3,4\n"})
    found = list(read_unit(data, name="u.zip"))
    assert [batch.frame["_row"].tolist() for batch in found] == [[1], [3], [4]]
    assert [reject.row_number for reject in found[0].rejects] == [2]


def test_a_broken_member_stops_the_unit_before_any_row() -> None:
    assert reason_of(zipped({"a.csv": b"a,b\n1,2\n", "b.json": b"[{"})) == "json_invalid"
    assert reason_of(zipped({"a.csv": b"a,b\n1,2\n", "b.pdf": b"%PDF-1.7"})) == "unsupported_format:pdf"


def test_an_archive_of_nothing_is_empty() -> None:
    assert reason_of(zipped({})) == reason_of(zipped({"a.csv": b"a,b\n", "b.csv": b""})) == "empty_file"
    assert reason_of(b"", "a.csv") == "empty_file"


def test_a_truncated_gzip_gives_no_row() -> None:
    assert reason_of(gzip.compress(b"a,b\n1,2\n")[:-4], "a.csv.gz") == "truncated"


def test_a_truncated_workbook_gives_no_row() -> None:
    assert reason_of(zipped({"xl/workbook.xml": b"<workbook/>"})[:-9], "a.xlsx") == "truncated"


def test_an_unknown_format_names_the_nearest() -> None:
    with pytest.raises(ConfigError, match="did you mean 'excel'"):
        next(read_unit(b"a", name="a", format="exel"))


def test_the_error_of_a_member_names_unit_and_member() -> None:
    with pytest.raises(UnitError) as caught:
        next(read_unit(zipped({"x/b.json": b"[{"}), name="u.zip"))
    assert caught.value.where == "u.zip/b.json"


SEEDS = [
    b"a,b\n1,2\n3,4\n",
    b'{"a": 1}\n{"a": 2}\n',
    b'[{"a": 1}]',
    b"From: a@b\nSubject: s\n\nwords\n",
    gzip.compress(b"a,b\n1,2\n"),
    zipped({"a.csv": b"a,b\n1,2\n"}),
    b"",
    "编号\t内容\n1\t物流太慢了，客服也不理\n".encode("gb18030"),
    "很好\n差\n".encode("utf-16"),
]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(SEEDS),
    st.integers(0, 40),
    st.binary(max_size=8),
    st.sampled_from(["auto", *FORMATS]),
    st.sampled_from(["a.csv", "a", "a.eml", "a.json", "a.xlsx"]),
)
def test_any_bytes_balance_or_are_an_error_with_a_reason(seed: bytes, place: int, noise: bytes, format: str, name: str) -> None:
    try:
        found = list(read_unit(seed[:place] + noise + seed[place:], name=name, format=format, batch_rows=1))
    except UnitError as error:
        assert error.reason
        assert name in error.where
        return
    for batch in found:
        assert batch.read == len(batch.frame) + sum(reject.records for reject in batch.rejects)
        assert batch.frame["_row"].dtype == "int64"


def test_a_real_workbook_under_another_name_is_read(shared: Path) -> None:
    data = (shared / "data" / "raw" / "civic_taxonomy.xlsx").read_bytes()
    assert sum(batch.read for batch in read_unit(data, name="taxonomy.csv")) == 517

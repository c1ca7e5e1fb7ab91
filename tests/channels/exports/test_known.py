"""What every export must do, run over the ``EXPORTS`` dict, so that a new one is tested by being there."""

from __future__ import annotations

import copy
import csv
import io
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels.exports.known import EXPORTS, export_of, shape_batches
from textmine.channels.feedback import FEEDBACK_COLUMNS, Parsed
from textmine.channels.formats import read_unit
from textmine.channels.rawframe import RawBatch
from textmine.channels.readers import read_batches
from textmine.errors import UnitError
from textmine.settings import Columns, Source

HERE = Path(__file__).parent
FILES = {name: next(path for kind in ("csv", "json") if (path := HERE / f"{name}.{kind}").exists()) for name in EXPORTS}
DATA_ROWS = {
    "qualtrics": 4,
    "surveymonkey": 3,
    "surveymonkey_pages": 2,
    "wenjuanxing": 3,
    "zoho_cases": 2,
    "zoho_notes": 2,
    "fxiaoke": 2,
    "chatwoot": 2,
    "weibo_comments": 2,
}
MACHINES = ("192.0.2.", "31.2")
HOSTILE = [
    "",
    None,
    "\ufffd",  # what the readers make of a lone surrogate: none reaches a cell
    "昨天",
    "1",
    "9" * 30,
    1e300,
    float("nan"),
    True,
    [],
    {},
    [{"a": 1}],
    {"QID1": [1]},
    '{"ImportId"',
    "┋",
    b"x",
]

every_export = pytest.mark.parametrize("name", EXPORTS)


def read(data: bytes, name: str, **source: object) -> Parsed:
    batches = list(read_unit(data, name=name, zone="Asia/Shanghai"))
    for batch in batches:
        assert batch.read == len(batch.frame) + sum(reject.records for reject in batch.rejects)
    return read_batches(batches, source=Source(name="s", path="x", **source))  # type: ignore[arg-type]


def raw(name: str) -> pd.DataFrame:
    return pd.concat([batch.frame for batch in read_unit(FILES[name].read_bytes(), name=FILES[name].name)], ignore_index=True)


def assert_sound(parsed: Parsed) -> None:
    assert dict(parsed.feedback.dtypes) == dict(FEEDBACK_COLUMNS)
    assert parsed.read == len(parsed.feedback) + sum(reject.records for reject in parsed.rejects)
    places = list(zip(parsed.feedback["row_number"], parsed.feedback["part"], strict=True))
    assert places == sorted(set(places))
    assert all(reject.reason and reject.content for reject in parsed.rejects)


@every_export
def test_a_file_is_told_by_its_shape_and_by_no_other_exports(name: str) -> None:
    assert [other for other, export in EXPORTS.items() if export.detect(raw(name))] == [name]


@every_export
def test_a_file_is_read_without_any_column_named(name: str) -> None:
    parsed = read(FILES[name].read_bytes(), FILES[name].name)
    assert_sound(parsed)
    assert parsed.feedback["text"].notna().any()
    assert parsed.feedback[["source_ref", "created_at"]].notna().all(axis=None)


@every_export
def test_every_data_row_is_a_record_or_a_reject_and_no_header_row_is(name: str) -> None:
    parsed = read(FILES[name].read_bytes(), FILES[name].name)
    rows = {*parsed.feedback["row_number"], *(reject.row_number for reject in parsed.rejects)}
    assert len(rows) == DATA_ROWS[name]


@every_export
def test_no_address_or_place_of_a_machine_is_kept(name: str) -> None:
    for batch in read_unit(FILES[name].read_bytes(), name=FILES[name].name, zone="Asia/Shanghai"):
        kept = batch.frame.drop(columns="_row").to_json(force_ascii=False) + str([reject.content for reject in batch.rejects])
        assert not any(machine in kept for machine in MACHINES)


@every_export
def test_the_raw_frame_is_not_changed(name: str) -> None:
    frame = raw(name)
    before = copy.deepcopy(frame)
    EXPORTS[name].shape(frame, zone="Asia/Shanghai")
    pd.testing.assert_frame_equal(frame, before)


@every_export
def test_the_format_of_the_config_asks_for_the_export_or_for_the_plain_table(name: str) -> None:
    path = FILES[name]
    forced = next(read_unit(path.read_bytes(), name=path.name, format=name, zone="Asia/Shanghai"))
    assert forced.shape is not None
    assert forced.shape.export == name
    plain = next(read_unit(path.read_bytes(), name=path.name, format=path.suffix[1:], zone="Asia/Shanghai"))
    assert plain.shape is None


@every_export
def test_another_table_under_a_forced_format_is_refused_with_a_reason(name: str) -> None:
    with pytest.raises(UnitError) as caught:
        next(read_unit("编号,内容\n1,好\n".encode(), name="a.csv", format=name, zone="Asia/Shanghai"))
    assert caught.value.reason == "not_this_export"


@every_export
def test_the_channel_of_the_config_is_the_records_own(name: str) -> None:
    parsed = read(FILES[name].read_bytes(), FILES[name].name, channel="suggestion_box")
    assert set(parsed.feedback["channel"]) == {"suggestion_box"}


@every_export
def test_rows_read_alone_give_the_same_records_as_the_whole_file(name: str) -> None:
    frame = raw(name)
    heads = frame.iloc[: {"qualtrics": 2, "surveymonkey": 1}.get(name, 0)]
    whole = _read_frame(frame)
    parts = [_read_frame(pd.concat([heads, frame.iloc[[place]]], ignore_index=True)) for place in range(len(heads), len(frame))]
    alone = pd.concat([part.feedback for part in parts], ignore_index=True)
    columns = ["row_number", "part", "source_ref", "question", "text"]
    pd.testing.assert_frame_equal(alone[columns], whole.feedback[columns])


@every_export
@settings(max_examples=10, deadline=None)
@given(data=st.data())
def test_hostile_cells_are_records_or_rejects(name: str, data: st.DataObject) -> None:
    frame = raw(name).astype(object)
    for _ in range(data.draw(st.integers(1, 6))):
        row, column = data.draw(st.integers(0, len(frame) - 1)), data.draw(st.integers(0, len(frame.columns) - 2))
        frame.iat[row, column] = data.draw(st.sampled_from(HOSTILE))
    try:
        assert_sound(_read_frame(frame))
    except UnitError as error:
        assert error.reason in ("missing_column", "duplicate_column", "empty_file")  # the last: a page whose list is made empty


def _read_frame(frame: pd.DataFrame) -> Parsed:
    batches = list(shape_batches([RawBatch(frame, [], len(frame))], zone="Asia/Shanghai", name="f"))
    return read_batches(batches, source=Source(name="s", path="x"))


def test_a_plain_table_stays_as_it_is() -> None:
    assert export_of(pd.DataFrame({"编号": ["1"], "内容": ["好"], "_row": [1]})) == ""
    assert read("编号,内容\n1,好\n".encode(), "a.csv").feedback["text"].tolist() == ["好"]


def test_exports_of_two_systems_and_a_plain_table_in_one_archive_are_each_read_their_way() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("wenjuanxing", "zoho_cases"):
            archive.writestr(FILES[name].name, FILES[name].read_bytes())
        archive.writestr("a.csv", "编号,内容\n77,好\n")
    parsed = read(out.getvalue(), "u.zip")
    assert_sound(parsed)
    assert parsed.feedback["channel"].tolist() == ["survey"] * 4 + ["crm"] * 2 + ["survey"]
    assert parsed.feedback["row_number"].tolist() == [1, 1, 2, 3, 4, 5, 6]


def test_a_column_that_the_config_names_wins_over_the_export() -> None:
    path = FILES["wenjuanxing"]
    parsed = read(path.read_bytes(), path.name, columns=Columns(text=["6、总的来说"], product="来源"))
    assert parsed.feedback["question"].dropna().tolist() == ["总的来说"]
    assert parsed.feedback["product"].tolist()[0] == "微信"


def test_a_ragged_line_of_an_export_is_rejected_with_its_number() -> None:
    path = FILES["zoho_notes"]
    parsed = read(path.read_bytes() + b"zcrm_9003,only\n", path.name)
    assert [(reject.row_number, reject.reason) for reject in parsed.rejects] == [(3, "row_ragged")]
    assert len(parsed.feedback) == 2


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_an_export_in_any_encoding_of_tables_is_told(encoding: str) -> None:
    path = FILES["wenjuanxing"]
    tabbed = io.StringIO()
    csv.writer(tabbed, delimiter="\t", lineterminator="\n").writerows(csv.reader(io.StringIO(path.read_text("utf-8"))))
    parsed = read(tabbed.getvalue().encode(encoding), "a.tsv")
    expected = read(path.read_bytes(), path.name)
    pd.testing.assert_frame_equal(parsed.feedback, expected.feedback)


def test_header_rows_alone_are_an_empty_file() -> None:
    rows = list(csv.reader(io.StringIO(FILES["qualtrics"].read_text("utf-8"))))[:3]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    with pytest.raises(UnitError) as caught:
        read(out.getvalue().encode(), "q.csv")
    assert caught.value.reason == "empty_file"

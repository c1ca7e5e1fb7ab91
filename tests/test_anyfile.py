"""Any file labelled without a lake: read, joined with its labels, written so that nothing in it runs."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from tests.night.small import write
from textmine import anyfile
from textmine.anyfile import customer_keys, join_own, label_frame, read_any, write_any
from textmine.errors import ConfigError, UnitError
from textmine.label import Labeller
from textmine.settings import Settings
from textmine.store.keys import Keyring
from textmine.tables import LABELLED_FEEDBACK

FORMULAS = ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", "平常的话"]


@pytest.fixture(scope="module")
def labeller() -> Labeller:
    return Labeller.load(models=Settings().models)


def frame_of(path: Path) -> pd.DataFrame:
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    return pd.read_csv(path, dtype=str) if path.suffix == ".csv" else pd.read_excel(path, engine="calamine", dtype=str)


@pytest.mark.parametrize("out", ["out.csv", "out.xlsx", "out.parquet"])
def test_what_was_written_reads_back_with_the_own_columns_first(labeller: Labeller, tmp_path, out: str):
    read = read_any(
        write(tmp_path / "in.csv", "店,内容,sentiment\nA,很好用,旧标签\nB,太差了，要退款,旧标签\n".replace("，", "、"))
    )
    labels = pd.concat(label_frame(read.feedback, labeller=labeller, workers=1))
    write_any(join_own(read.own, labels), tmp_path / out)
    found = frame_of(tmp_path / out)
    assert found.columns.tolist() == ["店", "内容", "sentiment_in", *LABELLED_FEEDBACK.names]
    assert found["店"].tolist() == ["A", "B"]
    assert found["内容"].tolist() == ["很好用", "太差了、要退款"]
    assert found["sentiment_in"].tolist() == ["旧标签", "旧标签"]
    assert found["sentiment"].tolist() == ["pos", "neg"]
    assert found["text"].tolist() == ["很好用", labels["text"].iloc[1]]


def test_parquet_keeps_lists_maps_and_numbers_as_the_table_declares_them(labeller: Labeller, tmp_path):
    read = read_any(write(tmp_path / "in.jsonl", '{"内容": "快递太慢", "件数": 3}\n{"内容": "很好", "件数": "两"}\n'))
    write_any(join_own(read.own, labeller.label(read.feedback)), tmp_path / "out.parquet")
    schema = pq.read_schema(tmp_path / "out.parquet")
    for column in LABELLED_FEEDBACK.columns:
        assert schema.field(column.name).type == column.type, column.name
    assert pq.read_table(tmp_path / "out.parquet")["件数"].to_pylist() == ["3", "两"]


def test_a_name_that_is_taken_with_its_suffix_too_gets_another(labeller: Labeller, tmp_path):
    own = pd.DataFrame({"text": ["好"], "text_in": ["原"]})
    joined = join_own(own, labeller.label(["好"]))
    assert joined.columns.is_unique
    assert joined.iloc[0, :2].tolist() == ["好", "原"]
    write_any(joined, tmp_path / "out.parquet")


def test_text_that_a_spreadsheet_would_run_is_defused_in_csv(tmp_path):
    write_any(pd.DataFrame({"=own": FORMULAS}), tmp_path / "out.csv")
    lines = (tmp_path / "out.csv").read_bytes().removeprefix(b"\xef\xbb\xbf").decode().splitlines()
    assert lines == ["'=own", "'=1+1", "'+86", "'-2", "'@SUM(A1)", "'\t=1", "平常的话"]


def test_text_that_a_spreadsheet_would_run_is_a_string_cell_in_xlsx(tmp_path):
    write_any(
        pd.DataFrame({"own": [*FORMULAS, "http://example.com"], "second": [f"s{n}" for n in range(7)]}), tmp_path / "out.xlsx"
    )
    sheet = zipfile.ZipFile(tmp_path / "out.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    found = pd.read_excel(tmp_path / "out.xlsx", engine="calamine", dtype=str, keep_default_na=False)
    assert found["own"].str.strip().tolist() == [*(text.strip() for text in FORMULAS), "http://example.com"]
    assert found["second"].tolist() == [f"s{n}" for n in range(7)]


def test_a_workbook_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    write_any(pd.DataFrame({"a": ["old"]}), tmp_path / "out.xlsx")
    before = (tmp_path / "out.xlsx").read_bytes()

    def breaks(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.worksheet.Worksheet.write_row", breaks)
    with pytest.raises(Exception, match="No space left"):
        write_any(pd.DataFrame({"a": ["new"]}), tmp_path / "out.xlsx")
    assert (tmp_path / "out.xlsx").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


def test_more_rows_than_a_sheet_holds_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(anyfile, "SHEET_ROWS", 2)
    with pytest.raises(ConfigError, match="parquet"):
        write_any(pd.DataFrame({"a": ["1", "2", "3"]}), tmp_path / "out.xlsx")
    assert not (tmp_path / "out.xlsx").exists()


def test_another_extension_is_refused(tmp_path):
    with pytest.raises(ConfigError, match=r"\.parquet, \.xlsx, \.csv"):
        write_any(pd.DataFrame({"a": [1]}), tmp_path / "out.doc")


def test_a_long_file_is_labelled_in_pieces_with_ids_that_never_repeat(labeller: Labeller, tmp_path, monkeypatch):
    read = read_any(write(tmp_path / "in.txt", "".join(f"第{n}次来，还是不错\n" for n in range(7))))
    whole = pd.concat(label_frame(read.feedback, labeller=labeller, workers=1), ignore_index=True)
    monkeypatch.setattr(anyfile, "CHUNK_ROWS", 3)
    pieces = list(label_frame(read.feedback, labeller=labeller, workers=1))
    assert [len(piece) for piece in pieces] == [3, 3, 1]
    assert pd.concat(pieces, ignore_index=True).astype(str).equals(whole.astype(str))
    assert whole["feedback_id"].tolist() == [f"row_{n}" for n in range(1, 8)]


def test_ratings_and_products_of_the_file_are_read_under_their_usual_names(tmp_path):
    read = read_any(write(tmp_path / "in.csv", "评价,满意度,产品,点赞数,时间\n不错,4分,冰箱,1.2万,2026-11-03 08:00\n"))
    [row] = read.feedback.to_dict("records")
    assert (row["rating"], row["product"], row["votes"]) == (4.0, "冰箱", 12_000)
    assert str(row["created_at"]) == "2026-11-03 00:00:00+00:00"


def test_broken_rows_are_given_back_and_the_others_read(tmp_path):
    read = read_any(write(tmp_path / "in.csv", "编号,内容\n1,好\n2,好,多了\n3,差\n"))
    assert read.own["编号"].tolist() == ["1", "3"]
    assert [reject.reason for reject in read.rejects] == ["row_ragged"]


def test_a_text_column_that_is_not_there_is_wrong_use_and_answered_with_the_nearest(tmp_path):
    path = write(tmp_path / "in.csv", "编号,反馈详情\n1,好\n")
    with pytest.raises(ConfigError, match="did you mean '反馈详情'"):
        read_any(path, text_column="反馈详")


def test_without_a_known_text_column_the_columns_are_listed_and_the_option_named(tmp_path):
    path = write(tmp_path / "in.csv", "甲,乙\n1,好\n")
    with pytest.raises(ConfigError, match="--text-column") as error:
        read_any(path)
    assert "甲, 乙" in str(error.value)


@pytest.mark.parametrize("content", ["", "编号,内容\n"])
def test_a_file_without_a_row_is_told(tmp_path, content: str):
    with pytest.raises(UnitError) as error:
        read_any(write(tmp_path / "in.csv", content))
    assert error.value.reason == "empty_file"


def test_customers_named_in_a_column_become_pseudonyms(tmp_path):
    keyring = Keyring.from_secret(b"k" * 32)
    own = pd.DataFrame({"电话": ["13871234509", "+86 138 7123 4509", None]})
    keys = customer_keys(own, "电话", keyring=keyring)
    assert keys[0] == keys[1]
    assert keys.isna().tolist() == [False, False, True]
    with pytest.raises(ConfigError, match="no such column"):
        customer_keys(own, "手机", keyring=keyring)

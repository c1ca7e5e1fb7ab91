"""``textmine label``: any file, no lake, no key."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.night.small import HOTLINE, write
from textmine.tables import LABELLED_FEEDBACK

CSV = "店,内容\nA,质量很好\nB,快递太慢了、要求退款\nC,=HYPERLINK(1)\n"


@pytest.mark.parametrize("out", ["out.csv", "out.xlsx", "out.parquet"])
def test_a_file_is_labelled_without_a_lake_and_without_a_key(textmine, tmp_path, monkeypatch, out: str):
    monkeypatch.delenv("TEXTMINE_KEY")
    monkeypatch.chdir(tmp_path)
    done = textmine("label", write(tmp_path / "in.csv", CSV), tmp_path / out)
    assert done.code == 0, done.err
    assert "3 rows labelled" in done.out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", out]
    readers = {"csv": pd.read_csv, "xlsx": lambda path: pd.read_excel(path, engine="calamine"), "parquet": pd.read_parquet}
    found = readers[out.split(".")[1]](tmp_path / out)
    assert found.columns.tolist() == ["店", "内容", *LABELLED_FEEDBACK.names]
    assert found["店"].tolist() == ["A", "B", "C"]
    assert found["sentiment"].tolist()[:2] == ["pos", "neg"]
    assert found["内容"].tolist()[2] == ("'" if out == "out.csv" else "") + "=HYPERLINK(1)"


def test_the_stages_are_told_a_line_each(textmine, tmp_path):
    done = textmine("label", write(tmp_path / "in.csv", CSV), tmp_path / "out.csv")
    assert [line.split()[:2] for line in done.err.splitlines()] == [["read", "3"], ["label", "3"], ["write", "3"]]


def test_the_text_column_may_be_named(textmine, tmp_path):
    path = write(tmp_path / "in.csv", "内容,原话\n编号一,快递太慢\n")
    assert textmine("label", path, tmp_path / "out.parquet", "--text-column", "原话").code == 0
    assert pd.read_parquet(tmp_path / "out.parquet")["text"].tolist() == ["快递太慢"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("in.csv", "out.doc"), ".parquet, .xlsx, .csv"),
        (("in.csv", "out.csv", "--text-column", "内客"), "did you mean '内容'?"),
        (("nothing.csv", "out.csv"), "nothing.csv"),
        (("in.csv", "out.csv", "--customer-column", "电话"), "no such column"),
    ],
)
def test_wrong_use_is_exit_code_2_and_writes_nothing(textmine, tmp_path, monkeypatch, arguments, said: str):
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "in.csv", CSV)
    done = textmine("label", *arguments)
    assert done.code == 2
    assert said in done.err
    assert [path.name for path in tmp_path.iterdir()] == ["in.csv"]


@pytest.mark.parametrize("out", ["in.csv", "./in.csv", "link.csv", "hard.csv"])
def test_the_input_is_never_overwritten(textmine, tmp_path, monkeypatch, out: str):
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "in.csv", CSV)
    (tmp_path / "link.csv").symlink_to(path)
    (tmp_path / "hard.csv").hardlink_to(path)
    done = textmine("label", "in.csv", out)
    assert done.code == 2
    assert "OUT is the same file as IN" in done.err
    assert path.read_text("utf-8") == CSV


def test_a_customer_column_needs_the_key_and_becomes_a_pseudonym(textmine, tmp_path, monkeypatch):
    path = write(tmp_path / "in.csv", "电话,内容\n13871234509,很好\n+86 138-7123-4509,不好\n")
    assert textmine("label", path, tmp_path / "out.parquet", "--customer-column", "电话").code == 0
    first, second = pd.read_parquet(tmp_path / "out.parquet")["customer_key"]
    assert first == second
    assert first.startswith("c_")
    monkeypatch.delenv("TEXTMINE_KEY")
    monkeypatch.chdir(tmp_path)
    assert textmine("label", path, tmp_path / "other.parquet", "--customer-column", "电话").code == 2
    assert not (tmp_path / "other.parquet").exists()


def test_rows_that_cannot_be_read_are_told_and_the_others_labelled(textmine, tmp_path):
    path = write(tmp_path / "in.csv", "编号,内容\n1,好\n2,多,了\n3,差\n")
    done = textmine("label", path, tmp_path / "out.csv")
    assert done.code == 0
    assert "2 rows labelled" in done.out
    assert "left out 1 rows that cannot be read: row_ragged" in done.err


def test_a_file_that_cannot_be_read_is_exit_code_1(textmine, tmp_path):
    done = textmine("label", write(tmp_path / "in.xlsx", b"PK\x03\x04 no more"), tmp_path / "out.csv")
    assert done.code == 1
    assert "in.xlsx" in done.err
    assert not (tmp_path / "out.csv").exists()


def test_lines_of_a_text_file_are_rows(textmine, tmp_path):
    assert textmine("label", write(tmp_path / "in.txt", "快递太慢\n质量很好\n"), tmp_path / "out.parquet").code == 0
    found = pd.read_parquet(tmp_path / "out.parquet")
    assert found["line"].tolist() == ["快递太慢", "质量很好"]
    assert found["sentiment"].tolist() == ["neg", "pos"]


@pytest.mark.slow
def test_every_row_of_a_real_workbook_is_labelled(textmine, shared, tmp_path):
    done = textmine(
        "label", shared / "data" / "raw" / "civic_messages.xlsx", tmp_path / "out.parquet", "--text-column", "留言详情"
    )
    assert done.code == 0, done.err
    found = pd.read_parquet(tmp_path / "out.parquet")
    own = pd.read_excel(shared / "data" / "raw" / "civic_messages.xlsx", engine="calamine")
    assert len(found) == len(own) == 4326
    assert found.columns.tolist()[: len(own.columns)] == own.columns.tolist()
    assert found["feedback_id"].is_unique
    assert (found["validity"] == "ok").mean() > 0.95


@pytest.mark.slow
def test_a_file_of_more_than_one_piece_is_labelled_by_processes_as_by_one(textmine, tmp_path):
    path = write(tmp_path / "in.txt", "".join(f"第{n}次买，快递太慢了，客服也不理人\n" for n in range(10_050)))
    for workers in (1, 2):
        assert textmine("label", path, tmp_path / f"{workers}.parquet", "--workers", workers).code == 0
    assert pd.read_parquet(tmp_path / "1.parquet").astype(str).equals(pd.read_parquet(tmp_path / "2.parquet").astype(str))


def test_a_transcript_is_read_like_any_text(textmine, tmp_path):
    assert textmine("label", write(tmp_path / "in.txt", HOTLINE), tmp_path / "out.csv").code == 0

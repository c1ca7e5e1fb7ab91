from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from textmine.errors import ConfigError
from textmine.retraining import labels as module
from textmine.retraining.labels import LabelFile, read_labels
from textmine.retraining.problems import ExamplesRefusedError
from textmine.store.lake import Lake

CSV = "text,sentiment,主类别\n太慢了,负面,物流配送\n很好吃,pos,product\n"


def test_csv_with_codes_and_chinese_names(written, taxonomy):
    rows = read_labels([LabelFile(written("a.csv", CSV))], taxonomy=taxonomy)
    assert rows["sentiment"].tolist() == ["neg", "pos"]
    assert rows["primary_category"].tolist() == ["logistics", "product"]
    assert set(rows["source"]) == {"a"}
    assert set(rows["role"]) == {"train"}


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "jsonl"])
def test_the_same_from_excel_parquet_and_jsonl(kind, tmp_path: Path, taxonomy):
    frame = pd.DataFrame({"text": ["太慢了", "很好吃"], "sentiment": ["负面", "正面"]})
    path = tmp_path / f"a.{kind}"
    if kind == "xlsx":
        frame.to_excel(path, index=False, engine="xlsxwriter")
    elif kind == "parquet":
        frame.to_parquet(path)
    else:
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in frame.to_dict("records")), "utf-8")
    assert read_labels([LabelFile(path)], taxonomy=taxonomy)["sentiment"].tolist() == ["neg", "pos"]


def test_an_export_of_label_studio(written, taxonomy):
    task = {"data": {"text": "太慢了"}, "annotations": [{"result": [
        {"from_name": "sentiment", "to_name": "text", "type": "choices", "value": {"choices": ["neg"]}}]}]}  # fmt: skip
    rows = read_labels([LabelFile(written("a.json", json.dumps([task])))], taxonomy=taxonomy)
    assert rows[["text", "sentiment"]].to_numpy().tolist() == [["太慢了", "neg"]]


def test_a_file_that_came_back_counts_by_its_corrections(written, taxonomy):
    path = written("a.csv", "text,sentiment,corrected_sentiment\n太慢了,pos,neg\n很好吃,neg,\n")
    rows = read_labels([LabelFile(path)], taxonomy=taxonomy)
    assert rows["sentiment"].fillna("").tolist() == ["neg", ""]


def test_one_column_of_labels_with_a_map(written, taxonomy):
    file = LabelFile(written("a.csv", "评论,label\n太慢了,0\n很好吃,1\n"), "评论", "label", "sentiment", {"1": "pos", "0": "neg"})
    rows = read_labels([file], taxonomy=taxonomy)
    assert rows[["text", "sentiment"]].to_numpy().tolist() == [["太慢了", "neg"], ["很好吃", "pos"]]


def test_ids_bring_text_time_and_channel_of_the_lake(written, taxonomy, monkeypatch):
    lake = pd.DataFrame({"feedback_id": ["f1", "f1"], "text": ["旧的", "新的"], "channel": "crm",
                         "created_at": pd.to_datetime(["2026-01-01", "2026-01-02"], utc=True)})  # fmt: skip
    monkeypatch.setattr(module, "read_table", lambda *_, **__: lake)
    rows = read_labels([LabelFile(written("a.csv", "feedback_id,sentiment\nf1,neg\n"))], taxonomy=taxonomy, root=Path())
    assert rows[["text", "source", "sentiment"]].to_numpy().tolist() == [["新的", "crm", "neg"]]
    assert rows["created_at"].dt.day.tolist() == [2]


def test_rows_with_words_keep_their_text_time_and_source_beside_an_id(written, taxonomy, monkeypatch):
    lake = pd.DataFrame({"feedback_id": ["f1", "f2"], "text": ["旧的", "新的"], "channel": "crm",
                         "created_at": pd.to_datetime(["2026-01-01", "2026-01-02"], utc=True)})  # fmt: skip
    monkeypatch.setattr(module, "read_table", lambda *_, **__: lake)
    path = written("a.csv", "feedback_id,text,source,created_at,sentiment\nf1,自己的话,shop,2025-05-05 12:00,neg\nf2,,,,pos\n")
    rows = read_labels([LabelFile(path)], taxonomy=taxonomy, root=Path())
    assert rows[["text", "source", "sentiment"]].to_numpy().tolist() == [["自己的话", "shop", "neg"], ["新的", "crm", "pos"]]
    assert rows["created_at"].dt.strftime("%Y-%m-%d %H").tolist() == ["2025-05-05 04", "2026-01-02 00"]


def test_a_lake_without_a_night_refuses_only_rows_without_words(written, taxonomy, tmp_path: Path):
    Lake(tmp_path / "lake").prepare()
    good = written("a.csv", "feedback_id,text,sentiment\nf1,太慢了,neg\n")
    rows = read_labels([LabelFile(good)], taxonomy=taxonomy, root=tmp_path / "lake")
    assert rows[["text", "source"]].to_numpy().tolist() == [["太慢了", "a"]]
    bare = written("b.csv", "feedback_id,text,sentiment\nf1,太慢了,neg\nf2,,pos\n")
    with pytest.raises(ExamplesRefusedError) as refused:
        read_labels([LabelFile(bare)], taxonomy=taxonomy, root=tmp_path / "lake")
    assert refused.value.table[["problem", "rows", "first_row"]].to_numpy().tolist() == [["unknown id", 1, 2]]


@pytest.mark.parametrize("more", [{}, {"text_column": "正文"}, {"text_column": "13900000001"}])
def test_a_file_without_a_header_shows_no_word_of_its_first_customer(written, taxonomy, more):
    path = written("a.csv", "王小明,13900000001,用了一天就坏了！,neg\n李四,13900000002,很好用,pos\n")
    with pytest.raises(ConfigError) as refused:
        read_labels([LabelFile(path, **more)], taxonomy=taxonomy)
    assert not any(
        word in str(refused.value).replace(f"found: {more.get('text_column')} ", "") for word in ("王小明", "坏了", "139")
    )


def test_an_id_that_is_published_nowhere_is_refused(written, taxonomy, monkeypatch):
    lake = pd.DataFrame(
        {"feedback_id": ["f1"], "text": ["慢"], "channel": "crm", "created_at": pd.to_datetime(["2026-01-01"], utc=True)}
    )
    monkeypatch.setattr(module, "read_table", lambda *_, **__: lake)
    path = written("a.csv", "feedback_id,sentiment\nf1,neg\nf2,pos\nf3,pos\n")
    with pytest.raises(ExamplesRefusedError) as refused:
        read_labels([LabelFile(path)], taxonomy=taxonomy, root=Path())
    (found,) = refused.value.table.to_dict("records")
    assert (found["problem"], found["rows"], found["first_row"]) == ("unknown id", 2, 2)


def test_equal_texts_with_different_labels_in_two_files_are_refused(written, taxonomy):
    files = [
        LabelFile(written("a.csv", "text,sentiment\n太慢了,neg\n")),
        LabelFile(written("b.csv", "text,sentiment\n太慢了 ,pos\n")),
    ]
    with pytest.raises(ExamplesRefusedError) as refused:
        read_labels(files, taxonomy=taxonomy)
    assert refused.value.table["problem"].tolist() == ["conflicting rows"]


def test_a_file_without_words_or_without_labels_is_refused(written, taxonomy):
    with pytest.raises(ConfigError, match="--text-column"):
        read_labels([LabelFile(written("a.csv", "x,sentiment\n1,neg\n"))], taxonomy=taxonomy)
    with pytest.raises(ConfigError, match="no column of labels"):
        read_labels([LabelFile(written("b.csv", "text,x\n太慢了,neg\n"))], taxonomy=taxonomy)

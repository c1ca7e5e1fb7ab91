"""``textmine init``: a folder of deliveries becomes a config that the night accepts."""

from __future__ import annotations

import json
import stat
import zipfile
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest

from tests.night.small import HOTLINE, NIGHT, write
from textmine.settings import read_config
from textmine.store.reading import read_table


@pytest.fixture(autouse=True)
def _one_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("textmine.cli.init._workers", lambda: 1)  # starting processes takes seconds


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files of many kinds in a folder whose own name must not matter."""
    home = tmp_path / "email [crm] exports"
    write(home / "问卷.csv", "编号,内容,满意度\n1,很好用,5\n2,包装破了,2\n".encode("gb18030"))
    write(home / "hotline" / "通话.txt", HOTLINE)
    chat = {"session_id": "S1", "messages": [{"role": "customer", "text": "登录不了"}, {"role": "agent", "text": "请稍等"}]}
    write(home / "chat" / "会话.jsonl", json.dumps(chat, ensure_ascii=False) + "\n")
    write(home / "意见箱[2026].txt", "建议加开窗口\n希望延长营业时间\n")
    write(
        home / "mail" / "a.eml",
        "From: a <a@example.com>\nSubject: hi\nDate: Tue, 03 Nov 2026 09:00:00 +0800\n"
        "Content-Type: text/plain; charset=utf-8\n\n发票一直没有收到。\n",
    )
    pd.DataFrame({"工单号": ["T1"], "主题": ["退款"], "描述": ["退款一直没到"]}).to_excel(
        _made(home / "crm" / "工单.xlsx"), index=False
    )
    pd.DataFrame({"评论ID": ["W1", "W2"], "正文": ["味道不错", "太吵了"]}).to_parquet(_made(home / "social" / "评论.parquet"))
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("问卷.csv", "编号,内容\n9,还行\n")
    write(home / "zip" / "问卷.zip", packed.getvalue())
    write(home / "notes" / "甲乙.csv", "甲,乙\n1,2\n")
    write(home / "broken" / "b.xlsx", b"PK\x03\x04 no more")
    return home


@pytest.fixture
def one_file(tmp_path: Path) -> Path:
    write(tmp_path / "问卷.csv", "编号,内容\n1,很好用\n2,包装破了\n")
    return tmp_path


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def test_a_folder_of_many_kinds_of_files_becomes_a_config_that_the_night_accepts(textmine, folder: Path):
    done = textmine("init", folder)
    assert done.code == 0, done.err
    sources = {source.path: source for source in read_config(folder / "textmine.toml").sources}
    channels = {Path(path).name: source.channel for path, source in sources.items()}
    assert {name.replace("[[]", "["): channel for name, channel in channels.items()} == {
        "问卷.csv": "survey",
        "通话.txt": "hotline",
        "会话.jsonl": "chat",
        "意见箱[2026].txt": "suggestion_box",
        "a.eml": "email",
        "工单.xlsx": "crm",
        "评论.parquet": "social",
        "问卷.zip": "survey",
    }
    assert "甲乙.csv" in done.err
    assert "b.xlsx" in done.err
    night = textmine("nightly", "--night", NIGHT, "--config", folder / "textmine.toml")
    assert night.code == 0, night.out
    rows = read_table("labelled_feedback", nights=NIGHT, root=folder / "data")
    assert rows["channel"].value_counts().to_dict() == {
        "survey": 3,
        "hotline": 2,
        "suggestion_box": 2,
        "social": 2,
        "chat": 1,
        "email": 1,
        "crm": 1,
    }


def test_every_choice_of_the_config_is_shown_with_its_default(textmine, tmp_path):
    textmine("init", tmp_path)
    text = (tmp_path / "textmine.toml").read_text("utf-8")
    for key in ("root", "workers", "backend", "chunk_rows", "max_quarantined", "max_unscored"):
        assert f"{key} = " in text


def test_a_key_is_made_that_the_owner_alone_can_read(textmine, one_file: Path, monkeypatch):
    monkeypatch.delenv("TEXTMINE_KEY")
    done = textmine("init", one_file)
    key = one_file / "data" / ".key"
    assert stat.S_IMODE(key.stat().st_mode) == 0o400
    assert len(bytes.fromhex(key.read_text().strip())) == 32
    assert str(key) in done.out
    assert key.read_text().strip() not in done.out
    assert textmine("nightly", "--night", NIGHT, "--config", one_file / "textmine.toml").code == 0


def test_no_key_is_made_where_the_deployment_has_one(textmine, folder: Path):
    textmine("init", folder)
    assert not (folder / "data").exists()


def test_a_config_that_is_there_is_kept_unless_forced_and_a_key_always(textmine, folder: Path, monkeypatch):
    monkeypatch.delenv("TEXTMINE_KEY")
    write(folder / "textmine.toml", "# mine\n")
    refused = textmine("init", folder)
    assert refused.code == 2
    assert (folder / "textmine.toml").read_text() == "# mine\n"
    assert textmine("init", folder, "--force").code == 0
    key = (folder / "data" / ".key").read_text()
    assert textmine("init", folder, "--force").code == 0
    assert (folder / "data" / ".key").read_text() == key


def test_what_a_night_made_is_no_source_when_init_is_called_again(textmine, one_file: Path):
    textmine("init", one_file)
    textmine("nightly", "--night", NIGHT, "--config", one_file / "textmine.toml")
    before = read_config(one_file / "textmine.toml").sources
    textmine("init", one_file, "--force")
    assert read_config(one_file / "textmine.toml").sources == before


def test_names_of_sources_never_clash(textmine, tmp_path):
    for name in ("a/all.csv", "b/x_2.csv", "c/x.csv", "d/x 2.csv"):
        write(tmp_path / name, "编号,内容\n1,好\n")
    assert textmine("init", tmp_path).code == 0
    names = [source.name for source in read_config(tmp_path / "textmine.toml").sources]
    assert len(set(names)) == 4
    assert "all" not in names
    assert textmine("nightly", "--night", NIGHT, "--config", tmp_path / "textmine.toml").code == 0


def test_an_empty_folder_gets_a_config_without_sources(textmine, tmp_path):
    done = textmine("init", tmp_path)
    assert "0 of 0 files" in done.out
    assert read_config(tmp_path / "textmine.toml").sources == []

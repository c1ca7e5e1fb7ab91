"""Made-up people are planted wherever a delivery can hold them; no byte of them is in anything that a night writes or says."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.night.small import KEY, LAKE, NIGHT, config_of, run, temp_files, write, write_one_source
from textmine.cli.main import cli
from textmine.night import run_night
from textmine.settings import Settings
from textmine.store.lake import Lake
from textmine.store.ledger import Ledger
from textmine.store.reading import read_table

PHONE, IDCARD, MAIL, NAME = "13871234509", "420106198803141527", "canary.bird@example.com", "诸葛翠花"
CANARIES = (PHONE, IDCARD, MAIL, NAME)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
WORDS = f"我叫{NAME}，电话{PHONE}，身份证{IDCARD}，邮箱 {MAIL} ，快递太慢了，要求退款。"

CONFIG = (
    LAKE.format(chunk_rows=20_000)
    + """
[audit]
max_quarantined = 0.9

[[sources]]
name = "表格"
path = "table/*.csv"
[sources.columns]
text = "内容"
attributes = ["备注"]
question = "题目"

[[sources]]
name = "混合"
path = "mixed/*"
channel_column = "渠道"

[[sources]]
name = "热线"
path = "hotline/*.txt"
channel = "hotline"

[[sources]]
name = "邮件"
path = "mail/*.eml"
channel = "email"
"""
)


def plant(folder: Path) -> None:
    write(folder / "textmine.toml", CONFIG)
    header = "编号,客户编号,坐席工号,产品,地区,团队,状态,题目,满意度,提交时间,内容,备注"
    cells = [
        f"1,{PHONE},{NAME},冰箱{PHONE},{MAIL},{PHONE},{IDCARD},您的电话{PHONE}是吗,{PHONE},2026-11-03,{WORDS},{MAIL}",
        f"{IDCARD},{NAME},{MAIL},冰箱,武汉,一组,处理中,,3,2026-11-03,{WORDS}又来催了,{NAME}女士",
        f"3,{NAME},,冰箱,武汉,一组,处理中,,3,找{NAME},{WORDS},无",  # a bad date
        f"4,{PHONE},{WORDS}",  # a ragged row
        f"{PHONE},{NAME},,冰箱,武汉,一组,处理中,,3,2026-11-03,{' '.join(PHONE)}和{PHONE[:3]}-{PHONE[3:7]}-{PHONE[7:]},",
    ]
    write(folder / "table" / "a.csv", "\n".join([header, *cells]).encode("gb18030"))
    lines = [
        {"编号": "1", "渠道": f"找{NAME}{PHONE}", "内容": WORDS},
        {"编号": "2", "渠道": "微博", "用户": NAME, "内容": WORDS},
        {"编号": MAIL, "渠道": "微博", "用户": NAME, "内容": "还行"},
    ]
    write(
        folder / "mixed" / "m.jsonl", "\n".join([*(json.dumps(line, ensure_ascii=False) for line in lines), '{"内容": "' + WORDS])
    )
    write(folder / "mixed" / "broken.xlsx", b"PK\x03\x04" + WORDS.encode())
    write(folder / "hotline" / "h.txt", f"通话编号：H1\n客户号码：{PHONE}\n坐席：{NAME}您好，您尾号{PHONE}？\n客户：{WORDS}\n")
    write(
        folder / "mail" / "x.eml",
        f"From: {NAME} <{MAIL}>\nSubject: {WORDS}\nDate: Tue, 03 Nov 2026 09:00:00 +0800\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{WORDS}\n\n发件人：{MAIL}\n",
    )


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    plant(folder)
    return folder


@pytest.fixture(scope="module")
def told(planted: Path) -> str:
    """All that the night logged, at the finest level, and its summary."""
    from textmine.night import summary_lines

    heard: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: heard.append(handler.format(record))  # type: ignore[method-assign]
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        result = run_night(config_of(planted), settings=Settings(key=KEY), night=NIGHT)
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    return "\n".join([*heard, *summary_lines(result), repr(result)])


def found_in(content: bytes) -> list[str]:
    return [f"{canary} in {encoding}" for canary in CANARIES for encoding in ENCODINGS if canary.encode(encoding) in content]


def _decoded(root: Path) -> Iterator[tuple[Path, bytes]]:
    """Every file below the lake as bytes, and parquet files once more as the values that they hold."""
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        yield path, path.read_bytes()
        if path.suffix == ".parquet":
            table = pq.read_table(path)
            yield path, f"{table.to_pylist()} {table.schema.metadata} {pq.read_metadata(path).to_dict()}".encode()


def test_the_planted_records_are_read_and_their_masked_texts_published(planted: Path, told: str):
    rows = read_table("labelled_feedback", nights=NIGHT, root=planted / "lake")
    assert rows["source"].value_counts().to_dict() == {"表格": 3, "混合": 2, "热线": 1, "邮件": 1}
    for word in ("NAME", "PHONE", "IDCARD", "EMAIL"):
        assert rows["text"].str.contains(word).sum() >= 4
    assert read_table("quarantine", nights=NIGHT, root=planted / "lake")["records"].sum() == 5


def test_no_byte_of_a_person_is_in_any_file_of_the_lake(planted: Path, told: str):
    root = planted / "lake"
    leaks = [f"{path.relative_to(root)}: {leak}" for path, content in _decoded(root) for leak in found_in(content)]
    assert leaks == []
    assert (root / "landing").is_dir()
    assert temp_files(root) == []


def test_no_log_line_no_summary_and_no_problem_names_a_person(planted: Path, told: str):
    assert "quarantined" in told
    assert found_in(told.encode()) == []


def test_no_screen_of_the_command_names_a_person(planted: Path, told: str, monkeypatch, capfd, caplog):
    monkeypatch.setenv("TEXTMINE_KEY", KEY)
    for command in (["runs"], ["doctor"], ["quarantine", "list"], ["report"]):
        cli.main([*command, "--config", str(planted / "textmine.toml")], standalone_mode=False)
    shown = capfd.readouterr()
    assert "records in" in shown.out
    assert found_in((shown.out + shown.err + caplog.text).encode()) == []


def test_the_error_of_a_night_that_fails_names_no_person(planted: Path, told: str, tmp_path, monkeypatch):
    plant(tmp_path)

    def fails(*_: object, **__: object) -> None:
        raise ValueError(f"could not convert string to float: {WORDS}")

    monkeypatch.setattr("textmine.label.assign_topics", fails)
    with pytest.raises(ValueError, match="could not convert"):
        run_night(config_of(tmp_path), settings=Settings(key=KEY), night=NIGHT)
    with Ledger(Lake(tmp_path / "lake")) as ledger:
        assert [run.problem for run in ledger.runs()] == ["ValueError"]
    leaks = [f"{path.name}: {leak}" for path, content in _decoded(tmp_path / "lake") for leak in found_in(content)]
    assert leaks == []
    assert temp_files(tmp_path / "lake") == []


def test_a_table_without_a_header_shows_nobody_where_its_columns_are_named(tmp_path, caplog):
    write_one_source(tmp_path)
    write(tmp_path / "in" / "x.csv", f"{NAME},{PHONE},{MAIL}\n{NAME},{PHONE},{MAIL}\n")
    result = run(tmp_path)
    assert result.missing == {"反馈"}
    assert found_in((repr(result) + caplog.text).encode()) == []
    assert found_in(result.report.read_bytes()) == []


def test_scratch_left_by_a_kill_holds_no_raw_text(tmp_path, monkeypatch):
    plant(tmp_path)
    kept: dict[str, bytes] = {}

    def look(*_: object, **__: object) -> None:
        work = tmp_path / "lake" / "work"
        kept.update({path.name: content for path, content in _decoded(work)})
        raise KeyboardInterrupt

    monkeypatch.setattr("textmine.night.publishing.count_sources", look)
    with pytest.raises(KeyboardInterrupt):
        run_night(config_of(tmp_path), settings=Settings(key=KEY), night=NIGHT)
    assert len(kept) >= 5
    assert [leak for content in kept.values() for leak in found_in(content)] == []


def test_one_person_has_one_pseudonym_over_channels_and_spellings(planted: Path, told: str):
    rows = read_table("labelled_feedback", nights=NIGHT, root=planted / "lake").set_index(["source", "source_ref"])
    by_phone = rows.loc[("表格", "1"), "customer_key"]
    assert rows.loc[("热线", "H1"), "customer_key"] == by_phone
    by_name = rows.loc[("混合", "2"), "customer_key"]
    assert by_name.startswith("c_")
    assert by_name != by_phone

"""Deliveries of one small night, written by the tests and counted while they are written; and what a published night comes to."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from textmine.night import NightResult, run_night
from textmine.settings import Config, Settings, read_config
from textmine.store.reading import read_table
from textmine.tables import TABLES

NIGHT = date(2026, 11, 3)
KEY = "5a" * 32
RUN_OWN = ("run_id", "seconds", "waiting")  # what two runs of a night may differ in: the last counts what other nights still owe

LAKE = """
[lake]
root = "lake"
workers = 1
backend = "sequential"
chunk_rows = {chunk_rows}
"""
CONFIG = (
    LAKE
    + """
[[sources]]
name = "问卷"
path = "survey/*.csv"
[sources.columns]
attributes = ["备注"]

[[sources]]
name = "热线"
path = "hotline/*.txt"
channel = "hotline"

[[sources]]
name = "混合"
path = "mixed/*.jsonl"
channel_column = "渠道"

[[sources]]
name = "评论"
path = "social/*"
channel = "social"

[[sources]]
name = "工单"
path = "crm/*.xlsx"
channel = "crm"
"""
)

ONE_SOURCE = (
    LAKE
    + """
[[sources]]
name = "反馈"
path = "in/*"
"""
)

SAID = (
    "快递太慢了，等了一个星期才到，客服也不回消息。",
    "质量很好，做工精细，下次还会买。",
    "吃完之后上吐下泻，去了医院，医生说是食物中毒。",
    "请问保修期是多长时间？",
    "建议增加夜间客服，晚上没有人回复。",
    "APP一打开就闪退，根本登录不了，太差劲了。",
    "价格比别家贵，不过东西还行。",
    "包装破了，里面的杯子碎了一个，要求退款。",
    "房间很干净，前台服务热情。",
    "空调修了三次还是不制冷，售后互相推诿。",
)
HOTLINE = """通话编号：H1
通话时间：2026-11-03 09:10
坐席：小林（工号 88）
客户号码：13900000001
坐席：您好，请问有什么可以帮您？
客户：洗衣机又漏水了，修了两次都没修好，太失望了。
坐席：我帮您登记。
通话编号：H2
通话时间：2026-11-03 10:20
坐席：您好。
客户：宽带装好了，师傅很专业，谢谢。
"""


class Published(NamedTuple):
    """A night that was published: its folder, what the test knows of its records, what the run told."""

    folder: Path
    fates: dict[str, Fate]
    result: NightResult

    @property
    def root(self) -> Path:
        return self.folder / "lake"


@dataclass(frozen=True)
class Fate:
    """What the test itself knows will become of the records that it wrote for a source."""

    published: int = 0
    duplicate: int = 0
    superseded: int = 0
    quarantined: int = 0

    @property
    def records_in(self) -> int:
        return self.published + self.duplicate + self.superseded + self.quarantined


def write_small_night(folder: Path, *, chunk_rows: int = 20_000) -> dict[str, Fate]:
    """The config and the files of a night under ``folder``; returns what must become of every record, by source."""
    write(folder / "textmine.toml", CONFIG.format(chunk_rows=chunk_rows))
    return {
        "问卷": _survey(folder),
        "热线": _hotline(folder),
        "混合": _mixed(folder),
        "评论": _social(folder),
        "工单": _crm(folder),
    }


def publish_small(folder: Path) -> Published:
    fates = write_small_night(folder)
    return Published(folder, fates, run(folder))


def write_one_source(folder: Path, *, chunk_rows: int = 20_000) -> Path:
    """A config with the one source 反馈, which reads ``in/``."""
    return write(folder / "textmine.toml", ONE_SOURCE.format(chunk_rows=chunk_rows))


def deliver(folder: Path, name: str, *rows: Mapping[str, str]) -> Path:
    """A CSV file in ``in/``; every row has the same keys, no cell a comma."""
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    return write(folder / "in" / name, "\n".join(lines) + "\n")


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def _survey(folder: Path) -> Fate:
    good = [f"A{n},C{n % 4},空气炸锅,杭州,{n % 5 + 1},2026-11-03 08:{n:02},{text},无" for n, text in enumerate(SAID)]
    repeated = [good[3]]
    revised = ["A1,C1,空气炸锅,杭州,1,2026-11-03 09:00,用了一天就坏了，质量太差。,无"]  # a newer text under A1
    ragged = ["A90,C1,空气炸锅", "A91,C1,空气炸锅,杭州,3,2026-11-03 08:00,多了一格,无,多余"]
    bad_date = ["A92,C1,空气炸锅,杭州,3,十月初一吧,包装不错,无"]
    lines = ["编号,客户编号,产品,地区,满意度,提交时间,内容,备注", *good, *repeated, *revised, *ragged, *bad_date]
    write(folder / "survey" / "a.csv", "\n".join(lines) + "\n")
    write(folder / "survey" / "b_empty.csv", "")
    return Fate(published=len(good), duplicate=1, superseded=1, quarantined=3)


def _hotline(folder: Path) -> Fate:
    write(folder / "hotline" / "calls.txt", HOTLINE.encode("gb18030"))
    return Fate(published=2)


def _mixed(folder: Path) -> Fate:
    channels = ("问卷", "微博", "邮件", "在线客服", "意见箱")
    good = [
        json.dumps({"编号": f"M{n}", "渠道": channels[n % 5], "客户编号": f"C{n}", "内容": f"{text}（{n}）"}, ensure_ascii=False)
        for n, text in enumerate(SAID)
    ]
    strange = json.dumps({"编号": "M90", "渠道": "飞鸽传书", "内容": "信送到了"}, ensure_ascii=False)
    write(folder / "mixed" / "m.jsonl", "\n".join([*good, strange, '{"编号": "M91", "渠道": "微博", "内容": "断了']) + "\n")
    return Fate(published=len(good), quarantined=2)


def _social(folder: Path) -> Fate:
    rows = pd.DataFrame(
        {"评论ID": [f"W{n}" for n in range(8)], "用户": [f"u{n}" for n in range(8)], "正文": SAID[:8], "点赞数": range(8)}
    )
    (folder / "social").mkdir(parents=True, exist_ok=True)
    rows.to_parquet(folder / "social" / "w.parquet", index=False)
    whole = gzip.compress(("评论ID,正文\n" + "\n".join(f"X{n},不该出现的评论" for n in range(400))).encode(), mtime=0)
    write(folder / "social" / "x.csv.gz", whole[: len(whole) // 2])
    return Fate(published=8, quarantined=1)  # a unit that cannot be read counts as one


def _crm(folder: Path) -> Fate:
    rows = pd.DataFrame(
        {
            "工单号": ["T1", "T2", "T3"],
            "主题": ["退款", "安装", "发票"],
            "描述": [SAID[7], SAID[9], "发票抬头开错了，请重开。"],
            "客户编号": ["C1", "C2", "C9"],
            "状态": ["处理中", "已完结", "处理中"],
        }
    )
    (folder / "crm").mkdir(parents=True, exist_ok=True)
    rows.to_excel(folder / "crm" / "t.xlsx", index=False)
    return Fate(published=3)


def config_of(folder: Path) -> Config:
    return read_config(folder / "textmine.toml")


def run(folder: Path, *, night: date = NIGHT) -> NightResult:
    return run_night(config_of(folder), settings=Settings(key=KEY), night=night)


def digest(root: Path, *, night: date = NIGHT) -> dict[str, str]:
    """D: for each table a hash over its published rows, sorted, without what belongs to the run."""
    return {name: _digest_of(read_table(name, nights=night, root=root), TABLES[name].key) for name in TABLES}


def _digest_of(rows: pd.DataFrame, key: tuple[str, ...]) -> str:
    ordered = rows.drop(columns=[name for name in RUN_OWN if name in rows]).sort_values([k for k in key if k not in RUN_OWN])
    return hashlib.sha256(ordered.to_json(orient="records", date_format="iso", date_unit="us").encode()).hexdigest()


def temp_files(root: Path) -> list[Path]:
    """Files that only a run that still runs may have."""
    scratch = [path for path in (root / "work").rglob("*") if path.is_file()]
    return sorted([*root.rglob(".*.tmp"), *scratch])

"""The night's page: every section, nothing that runs, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from html.parser import HTMLParser

import pandas as pd

from tests.report.conftest import drift_row, run_row, urgent_row
from textmine.report.names import TERM_NAMES

ATTACK = "<script>alert(1)</script><img src=x onerror=alert(2)>'\"&{{ 7*7 }}"
MARK = "<script>alert(1)</script>"


class Seen(HTMLParser):
    """Tags and attributes of a page, and whether every tag is closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in ("meta", "rect", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "rect":
            assert self.open.pop() == tag


def plant(tables: dict[str, pd.DataFrame]) -> None:
    tables["urgent"] = pd.DataFrame(
        [urgent_row(text=ATTACK, route_to=ATTACK, source_ref=ATTACK, red_lines=[ATTACK], primary_category=ATTACK)]
    )
    tables["topics"]["topic_name"] = ATTACK
    tables["topics"]["keywords"] = [[ATTACK], [ATTACK]]
    tables["quarantine"]["reason"] = ATTACK
    tables["quarantine"]["source"] = ATTACK
    tables["labelled_feedback"]["channel"] = ATTACK
    tables["labelled_feedback"]["primary_category"] = ATTACK
    tables["labelled_feedback"]["validity"] = ATTACK
    tables["runs"] = pd.DataFrame(
        [run_row("all", 1, 1, 0, run_id=ATTACK, bundle_id=ATTACK), run_row(ATTACK, 1, 0, 1, problem=ATTACK)]
    )


def test_the_page_has_every_section(tables, page):
    made = page(tables)
    for heading in (
        "客户反馈夜报 2026-11-03",
        "紧急与高优先级（1 条）",
        "各渠道情感",
        "主类别",
        "主要话题",
        "来源与完整性",
        "隔离区（按原因）",
        "有效性",
    ):
        assert heading in made
    shown = html.unescape(made)
    for figure in (
        "吃完之后上吐下泻",
        "身体不适",
        "安全合规部",
        "11-03 11:00",
        f"{TERM_NAMES['severity']} +0.50",
        "问卷",
        "社交媒体",
        "物流",
        "配送",
        "快递、配送",
        "row_ragged",
    ):
        assert figure in shown
    assert TERM_NAMES["burst"] not in made  # a term of 0 explains nothing
    assert "口味" not in made  # a topic that nobody spoke of
    assert Seen(made).open == []


def test_the_balance_is_shown_and_an_imbalance_is_loud(tables, page):
    assert re.search(r"读入 8 = 发布 5 \+ 重复 0 \+ 被替代 0 \+ 隔离 3 \+ 已删除 0\s*（已平衡）", page(tables))
    tables["runs"].loc[0, "published"] = 4
    assert "（不平衡！）" in page(tables)


def test_a_text_with_a_script_stays_text(tables, page):
    plant(tables)
    made = page(tables)
    seen = Seen(made)
    assert "script" not in seen.tags
    assert "img" not in seen.tags
    assert not [name for name, _ in seen.attributes if name.startswith("on")]
    assert MARK not in made
    assert made.count("&lt;script&gt;") >= 8
    assert "{{ 7*7 }}" in made
    assert "49" not in made


def test_the_page_runs_no_script_and_asks_no_host(tables, page):
    made = page(tables)
    [policy] = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', made)
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe" not in policy
    seen = Seen(made)
    assert not {"script", "link", "img", "iframe", "form", "object"} & set(seen.tags)
    assert not {"src", "href", "style"} & {name for name, _ in seen.attributes}
    assert "http:" not in made
    assert "https:" not in made


def test_the_style_is_the_one_that_the_policy_allows(tables, page):
    made = page(tables)
    [style] = re.findall(r"<style>(.*?)</style>", made, flags=re.DOTALL)
    wanted = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{wanted}'" in made


def test_a_night_without_urgent_rows_says_so(tables, page):
    tables["urgent"] = tables["urgent"].iloc[:0]
    made = page(tables)
    assert "今晚没有紧急或高优先级的反馈" in made
    assert "（0 条）" in made


def test_a_figure_of_too_few_is_not_shown(tables, page):
    made = page(tables)
    assert "n=4，样本过少" in made
    assert "50.0%" in made
    assert "35.0% ~ 65.0%，n=40" in made


def test_a_dead_source_has_no_data_instead_of_a_zero(tables, page):
    tables["runs"] = pd.DataFrame(
        [run_row("all", 0, 0, 0), run_row("微博", 0, 0, 0, status="failed", problem="微博: no file fits the path")]
    )
    made = page(tables)
    assert "今晚没有数据" in made
    assert "微博: no file fits the path" in made


def test_a_source_whose_only_file_is_broken_has_no_data_either(tables, page):
    tables["runs"] = pd.DataFrame([run_row("all", 1, 0, 1), run_row("微博", 1, 0, 1, status="failed", problem="w.csv.gz: cut")])
    assert "今晚没有数据" in page(tables)


def test_a_source_that_is_half_there_keeps_its_figures_and_its_problem(tables, page):
    tables["runs"] = pd.DataFrame([run_row("all", 6, 5, 1), run_row("微博", 6, 5, 1, status="failed", problem="w.csv.gz: cut")])
    made = page(tables)
    assert "今晚没有数据" not in made
    assert "w.csv.gz: cut" in made


def test_a_night_without_any_row_has_a_page(tables, page):
    empty = {name: table.iloc[:0] for name, table in tables.items()} | {"runs": pd.DataFrame([run_row("all", 0, 0, 0)])}
    assert "今晚没有紧急或高优先级的反馈" in page(empty)


def test_only_the_first_of_many_urgent_rows_are_shown_and_the_number_is_told(tables, page):
    tables["urgent"] = pd.DataFrame([urgent_row(feedback_id=f"f_{n}", source_ref=f"R-{n}-") for n in range(230)])
    made = page(tables)
    assert "紧急与高优先级（230 条，显示前 200 条）" in made
    assert made.count("R-") == 200


def test_what_drifts_is_told_with_its_value_and_the_class_that_moved(tables, page):
    row = re.search(r"<tr><td>意图构成</td>.*?</tr>", page(tables), re.DOTALL)[0]
    for shown in ("全部", "+0.410", "0.250", "告警", "complaint 20.0% -&gt; 45.0%"):
        assert shown in row
    assert "情感构成" not in page(tables)  # what does not drift is left out where something does


def test_a_night_without_drift_shows_that_it_was_looked_at(tables, page):
    tables["drift"] = pd.DataFrame([drift_row("intent", "all", "ok", 0.01), drift_row("intent", "survey", "ok", 0.02)])
    assert re.search(r"<tr><td>意图构成</td>.*?正常", page(tables), re.DOTALL)
    tables["drift"] = pd.DataFrame([drift_row("intent", "all", "no_reference", None)])
    assert "此前的夜晚还不够" in page(tables)

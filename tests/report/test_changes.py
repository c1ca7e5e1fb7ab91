"""The page of a change report: three parts, names in Chinese, nothing that runs."""

from __future__ import annotations

import base64
import hashlib
import re
from datetime import date

import pandas as pd
import pytest

from tests.report.test_html import ATTACK, MARK, Seen
from textmine.measure.changes import READ, measure_changes, pair_sums
from textmine.report.changes import ChangePeriod, render_changes


def labelled(negative: int, *, category: str = "product") -> pd.DataFrame:
    cells = [
        (str(n), "hotline", "neg" if n < negative else "pos", -0.5 if n < negative else 0.5, category, "complaint", "P1")
        for n in range(1000)
    ]
    return pd.DataFrame(cells, columns=list(READ))


def rendered(figures: pd.DataFrame, *, bundle: str = "b2", nights: int = 7, dry_run: bool = False, **names: str) -> str:
    return render_changes(
        figures,
        within=ChangePeriod(date(2026, 11, 8), date(2026, 11, 14), 7, (bundle,)),
        before=ChangePeriod(date(2026, 11, 1), date(2026, 11, 7), nights, ("b1",)),
        bundle_id=bundle,
        category_names={"product": "产品"} | names,
        dry_run=dry_run,
    )


@pytest.fixture
def figures() -> pd.DataFrame:
    return measure_changes(pair_sums(labelled(300), labelled(400)), pair_sums(labelled(200), labelled(250)))


def test_the_parts_of_a_change_stand_side_by_side(figures):
    page = rendered(figures)
    row = re.search(r"<tr><td>负面率</td>.*?</tr>", page, re.DOTALL)[0]
    # before 20.0 % (old) and 25.0 % (new), now 30.0 % and 40.0 %: 20 points, of them 5 the model's and 15 the customers'
    assert re.findall(r"(?:<td class=\"number\">|<b>)([+-]?[\d.]+)(?:%|<)", row) == [
        "20.0", "25.0", "30.0", "40.0", "+20.0", "+5.0", "+15.0", "+10.0",
    ]  # fmt: skip
    assert row.count("<b>") == 4  # no interval holds zero


def test_channels_and_categories_have_chinese_names(figures):
    page = rendered(figures)
    for name in ("全部渠道", "热线", "主类别占比：产品", "平均情感分", "投诉率", "P0/P1 占比"):
        assert name in page


def test_a_change_that_may_be_chance_is_not_marked():
    same = pair_sums(labelled(300), labelled(300))
    assert '<td class="number"><b>' not in rendered(measure_changes(same, same))


def test_what_cannot_be_said_is_a_dash(figures):
    alone = measure_changes(pair_sums(labelled(300), labelled(400)), pair_sums(labelled(300), labelled(400)).head(0))
    page = rendered(alone, nights=0)
    assert "没有已发布的夜晚" in page
    assert "—" in re.search(r"<tr><td>负面率</td>.*?</tr>", page, re.DOTALL)[0]


def test_a_dry_run_says_so(figures):
    assert "试算" in rendered(figures, dry_run=True)
    assert "试算" not in rendered(figures)


def test_names_are_escaped_and_nothing_runs():
    figures = measure_changes(*[pair_sums(labelled(300, category=ATTACK), labelled(400, category=ATTACK))] * 2)
    page = rendered(figures.assign(channel=ATTACK), bundle=ATTACK)
    assert MARK not in page
    assert not {"script", "img", "iframe", "object"} & set(Seen(page).tags)
    [style] = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert f"'sha256-{base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()}'" in page
    assert "default-src 'none'" in page

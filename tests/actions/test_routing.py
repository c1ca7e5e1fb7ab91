from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from textmine.actions.routing import escalate, route
from textmine.taxonomy import Taxonomy, read_taxonomy


@pytest.fixture(scope="module")
def taxonomy(vocabulary: Path) -> Taxonomy:
    return read_taxonomy(vocabulary / "taxonomy.toml")


def rows(*cells: tuple[str, list[str] | None, str | None, list[str] | None]) -> pd.DataFrame:
    names = ["priority", "red_lines", "primary_category", "subcategories"]
    return pd.DataFrame(cells, columns=names).astype({"priority": "str", "primary_category": "str"})


def test_a_row_goes_to_the_team_of_its_primary_category(taxonomy, policy):
    teams = {category.code: category.team for category in taxonomy.categories}
    table = rows(("P2", [], "logistics", ["logistics.speed"]), ("P1", None, "technical", None))
    assert route(table, taxonomy=taxonomy, policy=policy).tolist() == [teams["logistics"], teams["technical"]]


def test_a_red_line_with_a_team_goes_before_the_category(taxonomy, policy):
    table = rows(("P0", ["illness"], "product", []), ("P1", ["refund_demanded"], "after_sales", []))
    teams = {category.code: category.team for category in taxonomy.categories}
    assert route(table, taxonomy=taxonomy, policy=policy).tolist() == ["安全合规部", teams["after_sales"]]


def test_a_second_level_team_counts_only_below_the_primary_category(taxonomy, policy):
    teams = {category.code: category.team for category in taxonomy.categories}
    table = rows(
        ("P2", [], "service", ["service.attitude"]),
        ("P2", [], "logistics", ["service.attitude", "logistics.speed"]),
    )
    assert route(table, taxonomy=taxonomy, policy=policy).tolist() == ["客服培训组", teams["logistics"]]


def test_nobody_has_to_act_on_p3_or_on_a_row_without_category(taxonomy, policy):
    table = rows(("P3", [], "product", []), ("P2", [], None, None))
    assert route(table, taxonomy=taxonomy, policy=policy).isna().tolist() == [True, True]


def test_an_empty_night_has_no_routes(taxonomy, policy):
    assert route(rows(("P2", [], "product", [])).iloc[:0], taxonomy=taxonomy, policy=policy).tolist() == []


def test_overdue_items_go_one_level_up(policy):
    above = escalate(pd.Series(["安全合规部", "物流部", None], dtype="str"), policy=policy)
    assert above.tolist()[:2] == ["总经理", "客户体验总监"]
    assert above.isna().tolist() == [False, False, True]

from __future__ import annotations

import pandas as pd

from textmine.actions.handling import suggest


def rows(*cells: tuple[str, list[str] | None, str | None, str | None, list[str] | None]) -> pd.DataFrame:
    names = ["priority", "red_lines", "intent", "primary_category", "subcategories"]
    return pd.DataFrame(cells, columns=names).astype({"priority": "str", "intent": "str", "primary_category": "str"})


def test_red_line_then_intent_then_second_level_then_category(policy):
    table = rows(
        ("P0", ["illness", "fraud"], "inquiry", "product", ["product.taste"]),
        ("P2", [], "inquiry", "product", ["product.taste"]),
        ("P2", [], "complaint", "product", ["product.taste"]),
        ("P2", [], "complaint", "product", ["logistics.speed"]),
    )
    illness = next(line for line in policy.red_line if line.code == "illness")
    playbook = policy.handling
    assert suggest(table, policy=policy).tolist() == [
        illness.handling,
        playbook.intent["inquiry"],
        playbook.subcategory["product.taste"],
        playbook.category["product"],
    ]


def test_p3_and_rows_without_labels_have_no_suggestion(policy):
    table = rows(("P3", [], "complaint", "product", []), ("P2", None, None, None, None))
    assert suggest(table, policy=policy).isna().tolist() == [True, True]


def test_every_category_and_red_line_has_a_text(policy):
    assert set(policy.values.category) == set(policy.handling.category)
    assert all(line.handling for line in policy.red_line)

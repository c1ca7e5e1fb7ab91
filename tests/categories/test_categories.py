"""Weak-rule categories: who wins, what is left out, how sure."""

from __future__ import annotations

import math

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.categories.categories import assign_categories
from textmine.taxonomy import Category, Subcategory, Taxonomy


def _category(code: str, *subs: str) -> Category:
    return Category(code, code, "定义", "部门", (), tuple(Subcategory(sub, sub, ()) for sub in subs))


TAXONOMY = Taxonomy(
    "1",
    "测试",
    "other",
    (
        _category("product", "quality", "taste"),
        _category("logistics", "speed", "damage"),
        _category("other", "brand", "general"),
    ),
)


def _lists(result: pd.DataFrame, column: str) -> list[list[str]]:
    return [list(value) for value in result[column]]


def test_the_heavier_words_make_the_primary_category(hits_of, documents_of) -> None:
    hits = hits_of((0, 0, 0, "category", "product.taste", "味道", 1.0), (0, 1, 5, "category", "logistics.damage", "洒了", 2.0))
    result = assign_categories(documents_of(["味道好但是洒了"]), hits, taxonomy=TAXONOMY)
    assert result["primary_category"].tolist() == ["logistics"]
    assert _lists(result, "categories") == [["logistics", "product"]]
    assert _lists(result, "subcategories") == [["logistics.damage", "product.taste"]]


def test_of_equal_words_the_earlier_wins(hits_of, documents_of) -> None:
    hits = hits_of(
        (0, 0, 0, "category", "logistics.speed", "送得慢", 1.0),
        (0, 1, 4, "category", "product.taste", "难吃", 1.0),
        (1, 0, 0, "category", "product.taste", "难吃", 1.0),
        (1, 1, 3, "category", "logistics.speed", "送得慢", 1.0),
    )
    result = assign_categories(documents_of(["送得慢，难吃", "难吃，送得慢"]), hits, taxonomy=TAXONOMY)
    assert result["primary_category"].tolist() == ["logistics", "product"]


def test_a_clause_votes_once_for_a_category(hits_of, documents_of) -> None:
    hits = hits_of(
        (0, 0, 0, "category", "product.taste", "汤咸", 1.0),
        (0, 0, 2, "category", "product.quality", "碗破", 1.0),
        (0, 1, 5, "category", "logistics.speed", "送得很慢", 1.5),
    )
    result = assign_categories(documents_of(["汤咸碗破，送得很慢"]), hits, taxonomy=TAXONOMY, front=0.0)
    assert result["primary_category"].tolist() == ["logistics"]


def test_a_negated_mention_is_a_mention(hits_of, documents_of) -> None:
    hits = hits_of((0, 0, 2, "category", "logistics.damage", "破损", 1.4, True))
    result = assign_categories(documents_of(["没有破损"]), hits, taxonomy=TAXONOMY)
    assert _lists(result, "subcategories") == [["logistics.damage"]]


def test_what_has_less_than_a_quarter_of_the_first_is_left_out(hits_of, documents_of) -> None:
    hits = hits_of((0, 0, 0, "category", "product.taste", "难吃", 4.0), (0, 1, 3, "category", "logistics.speed", "送来", 0.9))
    result = assign_categories(documents_of(["难吃，送来"]), hits, taxonomy=TAXONOMY, front=0.0)
    assert _lists(result, "categories") == [["product"]]


def test_a_valid_text_without_words_falls_to_the_last_second_level(hits_of, documents_of) -> None:
    result = assign_categories(documents_of(["嗯嗯"]), hits_of(), taxonomy=TAXONOMY)
    assert _lists(result, "subcategories") == [["other.general"]]
    assert result["primary_category"].tolist() == ["other"]
    assert result["category_confidence"].tolist() == [0.5]


def test_general_words_count_only_where_nothing_else_is_named(hits_of, documents_of) -> None:
    hits = hits_of(
        (0, 0, 0, "category", "other.general", "不错", 3.0),
        (0, 1, 3, "category", "product.taste", "味道", 1.0),
        (1, 0, 0, "category", "other.general", "不错", 3.0),
    )
    result = assign_categories(documents_of(["不错，味道", "不错"]), hits, taxonomy=TAXONOMY)
    assert _lists(result, "categories") == [["product"], ["other"]]


def test_an_invalid_text_has_empty_lists_and_no_category(hits_of, documents_of) -> None:
    hits = hits_of((0, 0, 0, "category", "product.taste", "味道", 1.0))
    result = assign_categories(documents_of(["味道"], validity=["advert"]), hits, taxonomy=TAXONOMY)
    assert _lists(result, "categories") == [[]] and _lists(result, "subcategories") == [[]]
    assert result["primary_category"].isna().all() and result["category_confidence"].isna().all()


def test_confidence_is_half_on_a_tie_and_three_quarters_at_a_margin_of_one(hits_of, documents_of) -> None:
    hits = hits_of(
        (0, 0, 0, "category", "product.taste", "味道", 1.0),
        (0, 0, 0, "category", "logistics.speed", "味道", 1.0),
        (1, 0, 0, "category", "product.taste", "味道", 1.0),
    )
    result = assign_categories(documents_of(["味道", "味道"]), hits, taxonomy=TAXONOMY, front=0.0)
    assert result["category_confidence"].tolist() == [0.5, 0.75]


def test_words_of_other_lists_and_unknown_labels_are_not_read(hits_of, documents_of) -> None:
    hits = hits_of((0, 0, 0, "flag", "product.taste", "味道", 1.0), (0, 0, 0, "category", "moon.phase", "味道", 1.0))
    assert _lists(assign_categories(documents_of(["味道"]), hits, taxonomy=TAXONOMY), "categories") == [["other"]]


def test_no_documents_give_no_rows(hits_of, documents_of) -> None:
    assert len(assign_categories(documents_of([]), hits_of(), taxonomy=TAXONOMY)) == 0


LABELS = [label for label in TAXONOMY.labels if label != "other.general"]
ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from(LABELS), st.integers(1, 30)), max_size=12)


@settings(max_examples=40, deadline=None)
@given(rows=ROWS, cut=st.integers(0, 4))
def test_a_text_gets_the_same_labels_in_whatever_chunk_it_comes(rows, cut) -> None:
    texts = ["一二三四五六七八九十"] * 4
    whole = assign_categories(_plain(texts), _hits(rows), taxonomy=TAXONOMY)
    parts = [
        assign_categories(_plain(texts[:cut]), _hits([row for row in rows if row[0] < cut]), taxonomy=TAXONOMY),
        assign_categories(
            _plain(texts[cut:]), _hits([(row[0] - cut, *row[1:]) for row in rows if row[0] >= cut]), taxonomy=TAXONOMY
        ),
    ]
    joined = pd.concat(parts, ignore_index=True)
    for column in ("categories", "subcategories"):
        assert _lists(whole, column) == _lists(joined, column)
    assert whole["category_confidence"].tolist() == joined["category_confidence"].tolist()
    assert all(0.5 <= value < 1 and not math.isnan(value) for value in whole["category_confidence"])
    assert [row[0] for row in _lists(whole, "categories")] == whole["primary_category"].tolist()


def _plain(texts: list[str]) -> pd.DataFrame:
    return pd.DataFrame({"text": pd.Series(texts, dtype="str"), "validity": pd.Series(["ok"] * len(texts), dtype="str")})


def _hits(rows: list[tuple[int, int, str, int]]) -> pd.DataFrame:
    frame = pd.DataFrame(
        [
            (doc, clause, 3 * clause, 3 * clause + 2, "category", label, "词语", eighths / 8, False)
            for doc, clause, label, eighths in rows
        ],
        columns=["doc", "clause", "start", "end", "list", "label", "words", "weight", "negated"],
    )
    return frame.astype({"list": "category", "label": "category", "words": "category", "negated": "bool"})

"""The map from labels to the words that speak for them."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from textmine.categories.evidence import collect_evidence
from textmine.schema import WORDS_MAP


def _lists(*values: list[str]) -> pd.Series:
    return pd.Series(list(values), dtype=pd.ArrowDtype(pa.list_(pa.string())))


def _maps(column: pd.Series) -> list[dict[str, list[str]]]:
    return [dict(value) for value in column]


def test_words_stand_under_the_labels_given_in_text_order_and_once(hits_of) -> None:
    hits = hits_of(
        (0, 1, 8, "category", "product.taste", "太咸", 1.5),
        (0, 0, 0, "category", "product.taste", "难吃", 1.5),
        (0, 2, 12, "category", "product.taste", "难吃", 1.5),
        (0, 0, 3, "intent", "complaint", "差评", 1.2),
        (0, 2, 14, "flag", "churn_risk", "换一家", 1.0),
        (0, 2, 14, "category", "price.level", "贵", 1.0),
    )
    intents = pd.Series(["complaint"], dtype="str")
    found = collect_evidence(hits, subcategories=_lists(["product.taste"]), intents=intents, flags=_lists(["churn_risk"]))
    assert _maps(found) == [{"product.taste": ["难吃", "太咸"], "intent:complaint": ["差评"], "flag:churn_risk": ["换一家"]}]
    assert list(_maps(found)[0]) == ["product.taste", "intent:complaint", "flag:churn_risk"]


def test_labels_without_words_and_texts_without_labels_have_no_entry(hits_of) -> None:
    hits = hits_of((1, 0, 0, "intent", "praise", "好评", 1.0), (2, 0, 0, "category", "price.level", "贵", 1.0))
    intents = pd.Series(["statement", "complaint", None], dtype="str")
    general, undecided = _lists(["other.general"], [], []), _lists(["undecided"], [], [])
    found = collect_evidence(hits, subcategories=general, intents=intents, flags=undecided)
    assert _maps(found) == [{}, {}, {}]


def test_the_column_has_the_declared_type_even_without_hits(hits_of) -> None:
    for hits in (hits_of(), hits_of((0, 0, 0, "red_line", "food", "中毒", 1.0))):
        found = collect_evidence(hits, subcategories=_lists([]), intents=pd.Series(["praise"], dtype="str"), flags=_lists([]))
        assert pa.array(found).type == WORDS_MAP
        assert _maps(found) == [{}]


def test_the_words_of_a_red_line_stand_under_it_and_a_negated_word_only_under_its_category(hits_of) -> None:
    hits = hits_of(
        (0, 0, 0, "red_line", "food", "中毒", 1.0),
        (0, 1, 5, "red_line", "food", "腹泻", 1.0, True),
        (0, 1, 5, "category", "safety.food", "腹泻", 1.0, True),
    )
    labels = {"subcategories": _lists(["safety.food"]), "intents": pd.Series(["complaint"], dtype="str"), "flags": _lists([])}
    found = collect_evidence(hits, **labels, red_lines=_lists(["food"]))
    assert _maps(found) == [{"safety.food": ["腹泻"], "red_line:food": ["中毒"]}]


def test_a_code_that_is_an_intent_and_a_flag_is_kept_apart(hits_of) -> None:
    hits = hits_of((0, 0, 0, "intent", "praise", "点赞", 1.0), (0, 0, 3, "flag", "praise", "表扬", 1.0))
    found = collect_evidence(hits, subcategories=_lists([]), intents=pd.Series(["praise"], dtype="str"), flags=_lists([]))
    assert _maps(found) == [{"intent:praise": ["点赞"]}]

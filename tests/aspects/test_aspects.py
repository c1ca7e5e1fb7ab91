"""Aspects clause by clause, with polarity and words."""

from __future__ import annotations

import pandas as pd
import pytest

from textmine.aspects.aspects import find_aspects


def _hits(*rows: tuple[int, int, int, str, str]) -> pd.DataFrame:
    full = [(doc, clause, start, "category", label, words) for doc, clause, start, label, words in rows]
    frame = pd.DataFrame(full, columns=["doc", "clause", "start", "list", "label", "words"])
    numbers, names = dict.fromkeys(["doc", "clause", "start"], "int32"), dict.fromkeys(["list", "label", "words"], "category")
    return frame.astype(numbers | names)


def _found(hits: pd.DataFrame, clauses: list[tuple[int, int, float]], validity: tuple[str, ...] = ("ok",)) -> pd.DataFrame:
    documents = pd.DataFrame({"validity": pd.Series(list(validity), dtype="str")})
    scores = pd.DataFrame(clauses, columns=["doc", "clause", "score"])
    scores = scores.astype({"doc": "int32", "clause": "int32", "score": "float64"})
    return find_aspects(documents, hits, scores, fallback="other.general")


def _rows(found: pd.DataFrame) -> list[tuple[object, ...]]:
    return [(r.doc, r.clause, r.aspect, r.polarity, r.polarity_score, list(r.evidence)) for r in found.itertuples()]


def test_one_row_for_each_aspect_of_a_clause_with_its_words_once() -> None:
    soup, late = (0, 0, 0, "product.taste", "汤"), (0, 1, 9, "logistics.speed", "送得快")
    hits = _hits(soup, (0, 0, 3, "product.taste", "太咸"), (0, 0, 6, "product.taste", "汤"), late)
    assert _rows(_found(hits, [(0, 0, -0.61234), (0, 1, 0.5)])) == [
        (0, 0, "product.taste", "neg", -0.6123, ["汤", "太咸"]),
        (0, 1, "logistics.speed", "pos", 0.5, ["送得快"]),
    ]


def test_a_clause_that_only_names_the_aspect_takes_the_attitude_of_the_next() -> None:
    hits = _hits((0, 0, 0, "price.level", "价格"))
    assert _rows(_found(hits, [(0, 0, 0.0), (0, 1, -0.7)])) == [(0, 0, "price.level", "neg", -0.7, ["价格"])]


def test_the_attitude_of_a_next_clause_with_its_own_aspect_is_not_taken() -> None:
    hits = _hits((0, 0, 0, "price.level", "价格"), (0, 1, 3, "product.taste", "味道"))
    assert [row[3] for row in _rows(_found(hits, [(0, 0, 0.0), (0, 1, 0.8)]))] == ["neu", "pos"]


def test_the_next_document_is_no_next_clause() -> None:
    hits = _hits((0, 0, 0, "price.level", "价格"))
    assert _rows(_found(hits, [(1, 0, -0.9), (1, 1, -0.9)], ("ok", "ok")))[0][3] == "neu"


@pytest.mark.parametrize(("score", "polarity"), [(0.1, "pos"), (0.09, "neu"), (-0.09, "neu"), (-0.1, "neg")])
def test_a_tenth_is_an_attitude(score, polarity) -> None:
    assert _found(_hits((0, 0, 0, "price.level", "价格")), [(0, 0, score)])["polarity"].tolist() == [polarity]


def test_the_fallback_is_no_aspect_and_invalid_texts_have_none() -> None:
    hits = _hits((0, 0, 0, "other.general", "不错"), (1, 0, 0, "price.level", "便宜"))
    assert len(_found(hits, [(0, 0, 0.5), (1, 0, 0.5)], ("ok", "advert"))) == 0


def test_rows_are_sorted_by_document_clause_and_label_whatever_the_order_of_hits() -> None:
    first, last = (0, 0, 0, "service.attitude", "凶"), (1, 0, 2, "price.level", "贵")
    rows = [last, (0, 1, 5, "product.taste", "咸"), first, (0, 1, 7, "logistics.speed", "慢")]
    keys = [("service.attitude", 0, 0), ("logistics.speed", 0, 1), ("product.taste", 0, 1), ("price.level", 1, 0)]
    for order in (rows, rows[::-1]):
        found = _found(_hits(*order), [], ("ok", "ok"))
        assert list(zip(found["aspect"], found["doc"], found["clause"], strict=True)) == keys


def test_no_hits_give_no_rows_with_the_declared_types() -> None:
    found = _found(_hits(), [(0, 0, 0.5)])
    assert found.dtypes.astype(str).to_dict() == {
        "doc": "int32",
        "clause": "int32",
        "aspect": "str",
        "polarity": "str",
        "polarity_score": "float64",
        "evidence": "list<item: string>[pyarrow]",
    }

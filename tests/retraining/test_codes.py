from __future__ import annotations

import pandas as pd
import pytest

from textmine.retraining.codes import as_codes, names_of, unknown_labels


def coded(cells, column, taxonomy, values=None):
    return as_codes(pd.Series(cells, dtype=object), column=column, names=names_of(column, taxonomy=taxonomy), values=values or {})


@pytest.mark.parametrize(
    ("column", "cells", "codes"),
    [
        ("sentiment", ["neg", "中性", " 正面 ", "POS"], ["neg", "neu", "pos", "pos"]),
        ("intent", ["complaint", "建议", "咨询求助"], ["complaint", "suggestion", "inquiry"]),
        ("priority", ["P0", "p1", "中"], ["P0", "P1", "P2"]),
        ("primary_category", ["product", "服务"], ["product", "service"]),
    ],
)
def test_codes_and_chinese_names_are_read_alike(taxonomy, column, cells, codes):
    found, strange = coded(cells, column, taxonomy)
    assert found.tolist() == codes
    assert strange.isna().all()


def test_numbers_are_labels_only_by_a_map(taxonomy):
    assert coded([1, 0], "sentiment", taxonomy)[1].tolist() == ["1", "0"]
    assert coded([1, 0], "sentiment", taxonomy, {"1": "pos", "0": "neg"})[0].tolist() == ["pos", "neg"]


def test_a_blank_cell_and_a_value_mapped_to_nothing_are_no_label_and_no_mistake(taxonomy):
    found, strange = coded(["", None, "9"], "sentiment", taxonomy, {"9": ""})
    assert found.isna().all()
    assert strange.isna().all()


def test_lists_of_categories_are_read_from_cells_and_from_arrays(taxonomy):
    found, strange = coded(["product|物流配送", ["service"], "价格费用、safety", None], "categories", taxonomy)
    assert found.tolist() == [["product", "logistics"], ["service"], ["price", "safety"], None]
    assert strange.isna().all()


def test_an_unknown_label_is_told_with_its_rows_and_the_nearest(taxonomy):
    _, strange = coded(["product", "prodct", "prodct"], "primary_category", taxonomy)
    (found,) = unknown_labels(strange, file="a.csv", column="类别", allowed=names_of("primary_category", taxonomy=taxonomy))
    assert (found.problem, found.found, found.rows, found.first_row) == ("unknown class", "prodct", 2, 2)
    assert "'product'" in found.todo


def test_twenty_unknown_labels_are_listed_and_the_others_counted(taxonomy):
    _, strange = coded([f"词{chr(0x4E00 + n)}" for n in range(25)] + ["词一"], "sentiment", taxonomy)
    found = list(unknown_labels(strange, file="a.csv", column="x", allowed=()))
    assert len(found) == 21
    assert (found[0].found, found[0].rows) == ("词一", 2)
    assert (found[-1].found, found[-1].rows) == ("... 5 more", 5)


def test_digits_of_an_unknown_label_are_masked(taxonomy):
    _, strange = coded(["订单8812"], "sentiment", taxonomy)
    assert [problem.found for problem in unknown_labels(strange, file="a.csv", column="x", allowed=())] == ["订单####"]


def test_of_a_cell_that_may_be_a_text_only_the_length_is_told(taxonomy):
    _, strange = coded(["我在你们店里买的东西坏了三次都没有人来修理过"], "sentiment", taxonomy)
    (found,) = unknown_labels(strange, file="a.csv", column="x", allowed=())
    assert found.found == "(22 characters)"

from __future__ import annotations

import hashlib

import pandas as pd
import pytest

from textmine.errors import ContractError
from textmine.learn.examples import EXAMPLE_COLUMNS, join_examples, make_examples, text_digest


def test_columns_that_are_missing_are_null_and_others_are_left_out():
    made = make_examples(pd.DataFrame({"text": ["太慢了"], "sentiment": ["neg"], "extra": [1]}), source="shop", weight=0.5)
    assert tuple(made.columns) == EXAMPLE_COLUMNS
    assert made.loc[0, ["source", "role", "weight", "sentiment"]].tolist() == ["shop", "train", 0.5, "neg"]
    assert made.loc[0, ["intent", "priority", "categories", "created_at"]].isna().all()


def test_a_primary_category_without_a_list_is_a_list_of_one():
    rows = pd.DataFrame({"text": ["a", "b", "c"], "primary_category": ["product", "service", None],
                         "categories": [None, ["price", "service"], None]})  # fmt: skip
    assert make_examples(rows)["categories"].tolist() == [["product"], ["price", "service"], None]


def test_an_unknown_role_is_refused():
    with pytest.raises(ContractError, match="no such role"):
        make_examples(pd.DataFrame({"text": ["a"]}), role="test")


def test_joined_examples_count_on_and_no_frame_at_all_gives_no_rows():
    one = make_examples(pd.DataFrame({"text": ["a"], "created_at": ["2026-01-01"]}))
    two = make_examples(pd.DataFrame({"text": ["b"]}))
    joined = join_examples([one, two])
    assert joined.index.tolist() == [0, 1]
    assert str(joined["created_at"].dtype).endswith("UTC]")
    assert len(join_examples([])) == 0


def test_the_digest_does_not_see_how_white_space_was_written():
    assert text_digest(" 很 好\n吃 ") == text_digest("很 好 吃") == hashlib.sha256("很 好 吃".encode()).hexdigest()

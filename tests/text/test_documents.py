"""Feedback to documents."""

from __future__ import annotations

import logging
from pathlib import Path

import pandas as pd
import pytest

from textmine.errors import ContractError
from textmine.text.cleaner import Cleaner
from textmine.text.documents import make_documents

ROWS = pd.DataFrame(
    {
        "feedback_id": ["a", "b", "c", "d"],
        "text": ["質量很差，打13800138000", None, "<b>无</b>", "👍👍👍👍"],
        "staff_text": [None, "请打满分，我是客服李娜", None, ""],
        "had_turns": [False, True, False, True],
    },
    index=[7, 3, 5, 1],
)


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    return Cleaner.load(Path(__file__).parents[2] / "src" / "textmine" / "vocabulary")


def test_documents_have_the_declared_columns_in_the_order_of_the_feedback(cleaner: Cleaner) -> None:
    expected = pd.DataFrame(
        {
            "feedback_id": ["a", "b", "c", "d"],
            "text": ["质量很差，打PHONE", "", "无", "[拇指向上][拇指向上][拇指向上]"],
            "language": ["zh", None, "zh", "zh"],
            "validity": ["ok", "no_customer_text", "no_content", "ok"],
            "notes": [["masked:PHONE"], [], [], []],
            "staff_text": [None, "请打满分，我是客服NAME", None, ""],
        }
    )
    pd.testing.assert_frame_equal(make_documents(ROWS, cleaner=cleaner), expected)


def test_the_feedback_is_not_changed_and_chunks_make_no_difference(cleaner: Cleaner) -> None:
    before = ROWS.copy(deep=True)
    whole = make_documents(ROWS, cleaner=cleaner)
    parts = pd.concat([make_documents(ROWS.iloc[[place]], cleaner=cleaner) for place in range(4)], ignore_index=True)
    pd.testing.assert_frame_equal(whole, parts)
    pd.testing.assert_frame_equal(ROWS, before)


def test_no_feedback_makes_no_documents(cleaner: Cleaner) -> None:
    assert make_documents(ROWS.iloc[:0], cleaner=cleaner).empty


def test_a_missing_column_is_an_error_that_names_it(cleaner: Cleaner) -> None:
    with pytest.raises(ContractError, match="staff_text"):
        make_documents(ROWS.drop(columns="staff_text"), cleaner=cleaner)


def test_the_log_holds_counts_and_no_text(cleaner: Cleaner, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="textmine.text.documents"):
        make_documents(ROWS, cleaner=cleaner)
    assert "4 documents" in caplog.text and "质量" not in caplog.text and "138" not in caplog.text

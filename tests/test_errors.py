"""What a message may repeat of a file that may hold a customer's words in the wrong place."""

from __future__ import annotations

from textmine.errors import shown_names, shown_value


def test_a_header_that_is_a_customers_row_shows_only_places_and_lengths():
    names = ["text", "王小明", "用了一天就坏了！", "13900000001"]
    assert shown_names(names, known={"text"}) == [
        "text", "column 2 (3 characters)", "column 3 (8 characters)", "column 4 (11 characters)",
    ]  # fmt: skip
    assert shown_names(["评论", "my_label"]) == ["评论", "my_label"]


def test_a_cell_is_shown_short_and_without_its_digits():
    assert [shown_value(text) for text in ("negativ", "订单8812", "-1", "用了一天就坏了太差")] == [
        "negativ", "订单####", "-1", "(9 characters)",
    ]  # fmt: skip

"""Words out of HTML, in linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.channels.htmltext import html_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>很<b>好</b></p><p>谢谢</p>", "很好\n谢谢"),
        ("a<br/>b<BR>c", "a\nb\nc"),
        ("1 &lt; 2 &amp;&#20320;", "1 < 2 &你"),
        ("<style>p{}</style><script>if (a<b) x()</script>y", "y"),
        ("a<!-- <p>x --> b", "a b"),
        ("价格<100元，量>3", "价格<100元，量>3"),
        ("<div title='x'>多\n行</div>", "多 行"),
        ("<head><title>x</title></head><body>y", "y"),
        ("<!-- cut", ""),
        ("<script>cut", ""),
        ("a&nbsp; b", "a b"),
        ("", ""),
    ],
)
def test_the_visible_words(markup: str, text: str) -> None:
    assert html_text(markup) == text


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["<", "<!--", "<a ", '<a x="', "<![", "</", "&#", "<script>", "<p>", " \n"])
def test_hostile_markup_takes_linear_time(unit: str) -> None:
    start = time.perf_counter()
    html_text(unit * (1_000_000 // len(unit)))
    assert time.perf_counter() - start < 5


@settings(max_examples=200, deadline=None)
@given(st.text(st.sampled_from('<>!-/ap&#;x\n" 好')))
def test_no_script_or_comment_is_left(markup: str) -> None:
    assert "<script>" not in html_text(f"{markup}<script>{markup}</script>")

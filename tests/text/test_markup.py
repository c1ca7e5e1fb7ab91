"""HTML to plain text."""

from __future__ import annotations

import pytest

from textmine.text.markup import strip_markup


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("<b>很</b>好", "很好"),
        ("第一行<br/>第二行<p class='x'>第三行</p>", "第一行 第二行 第三行 "),
        ("好<script>alert(1)<b></script>吃<style>p{}</style>", "好 吃 "),
        ("&lt;3&nbsp;&#22909;&amp;amp;", "<3\xa0好&"),
        ("a<b，1<2，<小明>说<3", "a<b，1<2，<小明>说<3"),
        ("前<!-- 注 <b> -->后", "前 后"),
        ("从不闭合<script>还是读得到", "从不闭合 还是读得到"),
        ("<o:p>字</o:p><IMG SRC=x onerror=y>", " 字  "),
    ],
)
def test_tags_go_and_words_stay(raw: str, expected: str) -> None:
    assert strip_markup(raw) == expected

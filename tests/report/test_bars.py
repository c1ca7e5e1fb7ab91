"""Bars: widths that a reader can compute, and nothing but attributes."""

from __future__ import annotations

import re

from textmine.report.bars import WIDTH, stacked_bar


def test_parts_follow_each_other_and_fill_the_bar():
    drawn = re.findall(
        r'class="(\w+)" x="([\d.]+)" y="0" width="([\d.]+)"', stacked_bar([("neg", 1), ("neu", 0), ("pos", 3)], total=4)
    )
    assert drawn == [("neg", "0.0", "80.0"), ("neu", "80.0", "0.0"), ("pos", "80.0", "240.0")]
    assert sum(float(width) for *_, width in drawn) == WIDTH


def test_a_bar_of_nothing_is_empty():
    assert 'width="0.0"' in stacked_bar([("neg", 0)], total=0)


def test_a_class_cannot_break_out_of_its_attribute():
    assert "<script" not in stacked_bar([('"><script>', 1)], total=1)

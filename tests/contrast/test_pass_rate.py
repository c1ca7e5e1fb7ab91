"""What the shipped bundle passes of the contrast suite, kind by kind. Only rates are printed: nobody reads a frozen text here."""

from __future__ import annotations

import pandas as pd
import pytest

from textmine.label import Labeller
from textmine.retraining.contrast import by_kind, contrast_figures, contrast_folder, judge_cases, read_cases
from textmine.store.bundles import open_bundle
from textmine.store.shipped import bundle_folders

BAG_OF_WORDS_LIMIT = 0.75  # what no counting of words may reach, see test_suite.py


@pytest.fixture(scope="module")
def judged():
    return judge_cases(Labeller.load(), read_cases(contrast_folder()))


def test_the_shipped_bundle_reads_what_a_bag_of_words_cannot(judged):
    kinds = by_kind(judged)
    for kind, (right, n) in sorted(kinds.items()):
        print(f"{kind:18} {right:3} of {n:3} = {right / n:.2f}")
    assert sum(right for right, _ in kinds.values()) / sum(n for _, n in kinds.values()) > BAG_OF_WORDS_LIMIT


def test_the_card_of_the_shipped_bundle_tells_these_rates(judged):
    figures = open_bundle(bundle_folders(None)).card["figures"]
    told = pd.DataFrame(figures["rows"], columns=figures["columns"]).query("task == 'contrast'")
    found = contrast_figures(judged)
    both = [frame.set_index(["on", "class", "measure"])["value"].sort_index() for frame in (told, found)]
    pd.testing.assert_series_equal(both[0], both[1], check_dtype=False)

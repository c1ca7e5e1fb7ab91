from __future__ import annotations

import pandas as pd

from textmine.retraining.contrast import by_kind, contrast_figures, contrast_folder, read_cases


def test_the_suite_is_found_and_has_both_files():
    folder = contrast_folder()
    assert folder is not None
    cases = read_cases(folder)
    assert cases["file"].value_counts().gt(150).all()
    assert set(cases["file"]) == {"open", "frozen"}


def test_pass_rates_are_told_by_file_and_kind_and_by_whole_pair():
    judged = pd.DataFrame(
        {
            "file": ["frozen"] * 4,
            "kind": ["turn", "turn", "turn", "emoji"],
            "pair": ["p1", "p1", "p2", "p3"],
            "right": [True, True, False, True],
        }
    )
    assert by_kind(judged) == {"emoji": (1, 1), "turn": (2, 3)}
    found = contrast_figures(judged).set_index(["class", "measure"])["value"]
    assert found["", "pass_rate"] == 0.75
    assert round(found["", "pairs_right"], 2) == 0.67
    assert round(found["turn", "pass_rate"], 2) == 0.67

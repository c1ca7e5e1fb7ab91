from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from textmine.priority.cues import find_cues
from textmine.priority.red_lines import find_red_lines
from textmine.priority.score import score_terms
from textmine.text.phrases import PhraseMatcher


@pytest.mark.slow
def test_priorities_of_the_gold_texts_agree_with_the_readers(policy, shared):
    gold = pd.read_parquet(shared / "data" / "gold_dev.parquet")
    hits = PhraseMatcher(policy.phrases()).find(gold["text"])
    nothing = dict.fromkeys(("rating", "nps", "votes", "customer_value"), np.nan)
    rows = gold.assign(sentiment_score=gold["sentiment"].map({"neg": -0.8, "neu": 0.0, "pos": 0.8}), flags=None, **nothing)
    rows["cues"] = find_cues(hits, len(rows))
    rows["red_lines"] = find_red_lines(rows, hits, policy=policy)["red_lines"]
    quiet = pd.DataFrame(0.0, index=rows.index, columns=["burst", "repeat", "reach", "duplicate"])
    priority = score_terms(rows, quiet, policy=policy)["priority"]
    urgent, found = gold["priority"].isin(["P0", "P1"]), priority.isin(["P0", "P1"])
    assert (priority == gold["priority"]).mean() > 0.85  # 0.895 when it was written
    assert (urgent & found).sum() / urgent.sum() > 0.8  # 0.87
    assert (urgent & found).sum() / found.sum() > 0.7  # 0.79

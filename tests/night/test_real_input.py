"""Real texts as they lie beside the project: two sources of one night."""

from __future__ import annotations

import pandas as pd
import pytest

from tests.night.small import NIGHT, run, write
from textmine.store.reading import read_table
from textmine.tables import FATES

CONFIG = """
[lake]
root = "lake"
workers = 2

[[sources]]
name = "留言"
path = "{shared}/data/raw/civic_messages.xlsx"
channel = "suggestion_box"
[sources.columns]
text = "留言详情"

[[sources]]
name = "评论"
path = "{shared}/data/reviews.parquet"
channel = "social"
"""


@pytest.mark.slow
def test_a_night_of_real_messages_and_reviews_accounts_for_every_row(shared, tmp_path):
    write(tmp_path / "textmine.toml", CONFIG.format(shared=shared.resolve()))
    result = run(tmp_path)
    assert result.exit_code == 0, result.problems
    reviews = len(pd.read_parquet(shared / "data" / "reviews.parquet"))
    assert {name: counts["records_in"] for name, counts in result.counts.items()} == {"留言": 4326, "评论": reviews}
    assert result.totals["records_in"] == sum(result.totals[fate] for fate in FATES)
    rows = read_table(
        "labelled_feedback", nights=NIGHT, columns=["source", "validity", "sentiment", "priority"], root=tmp_path / "lake"
    )
    assert rows["source"].value_counts().to_dict() == {name: counts["published"] for name, counts in result.counts.items()}
    assert (rows["validity"] == "ok").mean() > 0.9
    assert rows.loc[rows["validity"] == "ok", "sentiment"].notna().all()

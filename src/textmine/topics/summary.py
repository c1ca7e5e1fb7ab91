"""Table ``topics``: how large each topic was in a night, and what it looks like."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa

from textmine.tables import TOPICS
from textmine.topics.model import TopicModel

N_EXAMPLES = 3
SHOWN = 8  # keywords a reader is shown


def summarise_topics(rows: pd.DataFrame, *, model: TopicModel, bundle_id: str, run_id: str) -> pa.Table:
    """Table ``topics`` of a night: every topic of the bundle, also those nobody spoke of, by id.

    Parameters
    ----------
    rows : pd.DataFrame
        ``feedback_id``, ``topic_id``, ``topic_similarity``, ``sentiment`` (null where not scored) and
        ``near_duplicate_group``: of a group of near-duplicate texts only one can be an example.
    model : TopicModel
        Names and keywords.
    bundle_id, run_id : str
        Written on every row.
    """
    ids = [topic.topic_id for topic in model.topics]
    mine = rows[rows["topic_id"] >= 0]
    n = mine.groupby("topic_id").size().reindex(ids, fill_value=0)
    n_neg = mine[(mine["sentiment"] == "neg").fillna(False)].groupby("topic_id").size().reindex(ids, fill_value=0)
    scored = int(rows["sentiment"].notna().sum())
    examples = _nearest(mine)
    columns = {
        "topic_id": ids,
        "topic_name": [topic.name for topic in model.topics],
        "keywords": [list(topic.keywords[:SHOWN]) for topic in model.topics],
        "n": n.tolist(),
        "n_neg": n_neg.tolist(),
        "share": (n / scored).round(4).tolist() if scored else [None] * len(ids),
        "example_ids": [examples.get(topic_id, []) for topic_id in ids],
        "bundle_id": [bundle_id] * len(ids),
        "run_id": [run_id] * len(ids),
    }
    return pa.table(columns, schema=TOPICS.schema)


def _nearest(mine: pd.DataFrame) -> dict[int, list[str]]:
    """Up to three feedbacks nearest to each centre; equal ones in order of id."""
    ranked = mine.sort_values(["topic_similarity", "feedback_id"], ascending=[False, True])
    text = ranked["near_duplicate_group"].fillna(ranked["feedback_id"])
    ranked = ranked[~pd.DataFrame({"topic": ranked["topic_id"], "text": text}).duplicated()]
    examples: dict[int, list[str]] = {}
    first = ranked.groupby("topic_id").head(N_EXAMPLES)
    for topic_id, feedback_id in zip(first["topic_id"], first["feedback_id"], strict=True):
        examples.setdefault(int(topic_id), []).append(str(feedback_id))
    return examples

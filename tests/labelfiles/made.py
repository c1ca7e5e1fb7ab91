"""Tasks and choices that the tests of label files share."""

from __future__ import annotations

import pandas as pd

from textmine.labelfiles.columns import TASK

CHOICES = {
    "sentiment": {"neg": "负面", "neu": "中性", "pos": "正面"},
    "categories": {"product": "产品质量", "service": "服务", "after_sales": "售后"},
    "primary_category": {"product": "产品质量", "service": "服务", "after_sales": "售后"},
    "intent": {"complaint": "抱怨投诉", "praise": "表扬"},
    "priority": {"P0": "紧急", "P1": "高", "P2": "中", "P3": "低"},
}


def tasks(*texts: str, **columns: object) -> pd.DataFrame:
    """A task a text: f_0, f_1 ..., labelled by the model as a service complaint, nothing corrected yet."""
    n = len(texts)
    made = {
        "feedback_id": [f"f_{at}" for at in range(n)],
        "night": ["2026-11-03"] * n,
        "channel": ["survey"] * n,
        "reason": ["uncertain"] * n,
        "text": list(texts),
        "sentiment": ["neg"] * n,
        "categories": ["service;product"] * n,
        "primary_category": ["service"] * n,
        "intent": ["complaint"] * n,
        "priority": ["P2"] * n,
        "annotator": [""] * n,
        "text_digest": [f"d{at}" for at in range(n)],
        **columns,
    }
    return pd.DataFrame(made).reindex(columns=list(TASK)).astype("str")


def given(**columns: list[str | None]) -> pd.DataFrame:
    """Labels as a person gave them; columns left out are null."""
    named = {"feedback_id": None, "text": None, "text_digest": None, "annotator": "ann"}
    labels = dict.fromkeys(CHOICES)
    n = len(columns["feedback_id"])
    return pd.DataFrame(
        {name: columns.get(name, [empty] * n) for name, empty in {**named, **labels}.items()}, dtype="str", index=range(2, n + 2)
    )

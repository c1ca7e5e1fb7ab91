"""What a label file holds: a task a row, the labels of the model, and empty places for a person's."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

LABELS = ("sentiment", "categories", "primary_category", "intent", "priority")
GIVEN = "corrected_"
CORRECTED = tuple(GIVEN + label for label in LABELS)
ABOUT = ("feedback_id", "night", "channel", "reason", "text")
TASK = (*ABOUT, *LABELS, *CORRECTED, "annotator", "text_digest")
SEPARATOR = ";"
# fmt: off
CHINESE: Mapping[str, str] = {
    "feedback_id": "反馈编号", "night": "日期", "channel": "渠道", "reason": "入选原因", "text": "正文", "sentiment": "情感",
    "categories": "类别", "primary_category": "主类别", "intent": "意图", "priority": "优先级", "corrected_sentiment": "更正情感",
    "corrected_categories": "更正类别", "corrected_primary_category": "更正主类别", "corrected_intent": "更正意图",
    "corrected_priority": "更正优先级", "annotator": "标注人", "text_digest": "正文摘要",
}
# fmt: on
BY_CHINESE = {chinese: name for name, chinese in CHINESE.items()}


def headed(name: str) -> str:
    """Header of a column in a workbook: its Chinese name and its code."""
    return f"{CHINESE[name]} {name}"


def plain_names(headers: list[str]) -> list[str]:
    """Codes of the columns whatever their headers look like: ``情感 sentiment``, ``情感`` and ``sentiment`` are the same."""
    return [_plain_name(header.strip()) for header in headers]


def as_given(rows: pd.DataFrame) -> pd.DataFrame:
    """``feedback_id``, ``text``, ``text_digest``, ``annotator`` and LABELS as a person gave them, one row a line, text or null.

    A file with columns ``corrected_...`` is one that was exported: its own labels are the model's. In any other file the columns
    called like a label are the labels. A column that is not there is null; cells that hold only blanks are null.
    """
    named = rows.loc[:, ~rows.columns.duplicated()]
    exported = any(name in named for name in CORRECTED)
    kept = named.reindex(columns=["feedback_id", "text", "text_digest", "annotator", *(CORRECTED if exported else LABELS)])
    kept = kept.set_axis(["feedback_id", "text", "text_digest", "annotator", *LABELS], axis=1).astype("str")
    stripped = kept.drop(columns="text").apply(lambda column: column.str.strip())
    return kept.assign(**stripped.where(stripped != "", other=None))


def _plain_name(header: str) -> str:
    last = header.split()[-1] if header else ""
    return last if last in TASK else BY_CHINESE.get(header, header)

"""CRM cases: a subject and a description, a customer of some value, an owner, and the times of the handling."""

from __future__ import annotations

import pandas as pd

from textmine.channels.feedback import Parsed, empty_feedback
from textmine.channels.fields import numbered, read_fields, settle, words_of_columns
from textmine.channels.mapping import find_columns
from textmine.channels.values import under_subject
from textmine.settings import Source


def read_crm(frame: pd.DataFrame, *, source: Source) -> Parsed:
    """Records of CRM cases, one a case.

    Shape: 工单号, 主题, 描述, 客户编号, 客户等级, 客户价值, 负责人, 部门, 产品, 状态, 创建时间, 首次响应时间, 解决时间, 回访时间;
    or Zoho's Case Number, Subject, Description, Case Owner, Status, Created Time. The text is the subject, a line break and the
    description, unless the config names the text columns: then these and no others. A priority of the source is not read:
    textmine sets its own.

    Raises
    ------
    UnitError
        ``missing_column`` where no column holds the words, or one that the config names is not there.
    """
    if frame.empty:
        return Parsed(empty_feedback(), [], 0)
    rows = numbered(frame)
    mapped = find_columns(rows, source.columns, where=source.name, text_fields=("text", "subject"))
    fields = read_fields(rows, mapped, source=source)
    words = words_of_columns(rows, mapped)
    if (subject := mapped.get("subject")) and "text" not in mapped.named:
        words = under_subject(words, rows[subject])
    return settle(fields, {"text": words}, channel="crm")

"""纷享销客: the export of service cases (工单) as Excel or CSV."""

from __future__ import annotations

import pandas as pd

from textmine.channels.exports.shape import Export, Shaped, first_column, first_known, has_columns, named
from textmine.channels.values import as_label, under_subject

_DESCRIPTIONS = ("问题描述", "描述", "工单描述", "详细描述")
_CUSTOMERS = ("客户编号", "客户名称")
_ENDS = ("完成时间", "结束时间", "关闭时间")


def is_fxiaoke(frame: pd.DataFrame) -> bool:
    """Whether the frame is a list of 工单 with what only this system calls so: 客户名称 and 完成时间."""
    known = has_columns(frame, "工单编号", "主题", "客户名称", "负责人", "创建时间")
    return known and first_column(frame, *_DESCRIPTIONS) is not None and first_column(frame, *_ENDS) is not None


def shape_fxiaoke(frame: pd.DataFrame, *, zone: str) -> Shaped:
    """One row a case: its subject above its description, 满意度 as rating, 完成时间 as the time it was resolved."""
    column = first_column(frame, *_DESCRIPTIONS) or "主题"
    words = frame.assign(
        **{column: under_subject(as_label(frame[column]), frame["主题"])}, customer=first_known(frame, *_CUSTOMERS)
    )
    fields = {
        "source_ref": "工单编号",
        "created_at": "创建时间",
        "customer": "customer",
        "agent": "负责人",
        "team": first_column(frame, "负责人所属部门", "归属部门", "负责部门"),
        "product": first_column(frame, "产品名称", "产品"),
        "status": first_column(frame, "状态", "工单状态"),
        "rating": first_column(frame, "满意度", "客户满意度", "满意度评分"),
        "first_response_at": first_column(frame, "首次响应时间", "响应时间"),
        "resolved_at": first_column(frame, *_ENDS),
        "informed_at": first_column(frame, "回访时间"),
    }
    return named(words, fields, export="fxiaoke", channel="crm", lists={"text": [column]})


FXIAOKE = Export(is_fxiaoke, shape_fxiaoke)

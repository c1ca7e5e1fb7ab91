"""Chinese names of the codes a reader meets."""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
CHANNEL_NAMES: Mapping[str, str] = {
    "survey": "问卷", "hotline": "热线", "email": "邮件", "chat": "在线客服", "social": "社交媒体", "interview": "访谈",
    "suggestion_box": "意见箱", "crm": "工单",
}
SENTIMENT_NAMES: Mapping[str, str] = {"neg": "负面", "neu": "中性", "pos": "正面"}
INTENT_NAMES: Mapping[str, str] = {"complaint": "投诉", "suggestion": "建议", "inquiry": "咨询", "praise": "表扬",
"statement": "陈述"}
VALIDITY_NAMES: Mapping[str, str] = {
    "ok": "有效", "empty": "空", "no_content": "无内容", "template": "模板评价", "noise": "乱码", "advert": "广告",
    "other_language": "外文", "no_customer_text": "无客户发言",
}
FATE_NAMES: Mapping[str, str] = {
    "published": "发布", "duplicate": "重复", "superseded": "被替代", "quarantined": "隔离", "erased": "已删除",
}
TERM_NAMES: Mapping[str, str] = {
    "severity": "负面程度", "intent": "意图", "category": "类别", "flag": "标记", "flaw": "具体缺点", "rating": "评分",
    "nps": "推荐度",
    "votes": "点赞", "customer_value": "客户价值", "burst": "突增", "repeat": "重复投诉", "reach": "波及面", "duplicate": "刷屏",
    "cue": "线索词", "learned_urgency": "用词紧迫",
}
METRIC_NAMES: Mapping[str, str] = {
    "csat": "满意率（4–5 分）", "nps": "净推荐值 NPS", "ces": "费力度", "rating_mean": "平均评分", "negative_rate": "负面率",
    "positive_rate": "正面率", "complaint_rate": "投诉率", "urgent_rate": "P0/P1 占比", "valid_rate": "有效率",
    "response_hours": "首次响应（小时）", "resolution_hours": "解决时长（小时）",
}
DRIFT_NAMES: Mapping[str, str] = {
    "sentiment": "情感构成", "primary_category": "主类别构成", "intent": "意图构成", "priority": "优先级构成",
    "score": "情感分分布", "confidence": "置信度分布", "unknown_words": "未登录词占比",
    "invalid": "无效文本占比", "mean_length": "平均词数",
}
DRIFT_STATUS_NAMES: Mapping[str, str] = {
    "ok": "正常", "watch": "留意", "alarm": "告警", "too_few": "样本过少", "no_reference": "无参照",
}

# fmt: on


def named(code: str | None, names: Mapping[str, str]) -> str:
    """The Chinese name of a code; the code itself where it has none, and a dash for nothing."""
    return "—" if code is None else names.get(code, code)

"""Well-known names of columns and channels: data, read where the config names none. Written for textmine.

Column names come from the exports of 问卷星, SurveyMonkey, Qualtrics, Zoho CRM, 纷享销客, Weibo, Chatwoot, Zendesk and public
message boards. They are compared after ``mapping.folded``: width, case, spaces, ``_``, ``-`` and a trailing bracket do not count.
"""

from __future__ import annotations

from collections.abc import Mapping

# fmt: off
COLUMN_NAMES: Mapping[str, tuple[str, ...]] = {
    # fields of the feedback frame, most telling name first
    "text": (
        "text", "评论内容", "留言详情", "留言内容", "反馈内容", "投诉内容", "建议内容", "意见内容", "评价内容", "诉求内容",
        "问题描述", "描述", "详细描述", "工单描述", "投诉描述", "微博正文", "博文", "正文",
        "内容", "原文", "文本", "反馈", "评论", "评价", "留言", "建议",
        "意见", "意见建议", "意见与建议", "content", "comment", "comments", "review", "message", "feedback", "body",
        "verbatim", "description", "line",
    ),
    "source_ref": (
        "source_ref", "feedback_id", "编号", "反馈编号", "留言编号", "工单号", "工单编号", "工单id", "case_number", "case_id",
        "ticket_id", "通话编号", "录音编号", "call_id", "评论id", "微博id", "帖子id", "笔记id", "post_id", "comment_id", "mid",
        "note_id", "意见编号", "message_id", "消息id", "uuid", "id",
    ),
    "answer_id": ("answer_id", "答卷编号", "答卷id", "答案序号", "response_id", "respondent_id", "序号"),
    "question": ("question", "题目", "问题", "问题标题"),
    "created_at": (
        "created_at", "时间", "创建时间", "留言时间", "评论时间", "反馈时间", "提交时间", "提交答卷时间", "发布时间",
        "发表时间", "通话时间", "来电时间", "通话开始时间", "开始时间", "访谈日期", "发送时间", "日期", "created_time",
        "create_time", "creation_date", "date_created", "end_date", "recorded_date", "publish_time", "datetime", "timestamp",
        "time", "date",
    ),
    "received_at": ("received_at", "接收时间", "收到时间", "入库时间", "received_time"),
    "customer": (
        "customer", "customer_id", "客户编号", "客户id", "客户号", "会员号", "会员id", "用户id", "用户编号", "手机号",
        "手机号码", "客户手机号", "客户号码", "来电号码", "主叫号码", "联系电话", "电话", "客户", "客户姓名", "用户", "用户名",
        "用户昵称", "昵称", "留言用户", "openid", "contact_id", "user_id", "contact_name", "contact", "user", "username",
        "screen_name", "phone", "author",
    ),
    "segment": ("segment", "客户分群", "客户群", "客户等级", "会员等级", "客户类型", "customer_segment", "tier"),
    "customer_value": ("customer_value", "客户价值", "累计消费", "消费金额", "年消费额", "ltv", "lifetime_value"),
    "agent": (
        "agent", "agent_id", "坐席工号", "座席工号", "客服工号", "工号", "坐席", "座席", "坐席姓名", "客服", "客服人员",
        "话务员", "处理人", "负责人", "受理人", "case_owner", "owner", "assignee",
    ),
    "team": ("team", "团队", "部门", "责任部门", "受理部门", "队列", "技能组", "班组", "department", "queue", "group"),
    "product": ("product", "产品", "商品", "产品名称", "商品名称", "产品类型", "品类", "product_name", "sku"),
    "region": ("region", "地区", "区域", "省份", "城市", "门店", "地点", "ip属地", "city", "province", "store"),
    "rating": (
        "rating", "评分", "满意度", "满意度评分", "总体满意度", "整体满意度", "星级", "打分", "csat", "score", "stars", "star",
    ),
    "nps": ("nps", "推荐度", "推荐意愿", "净推荐值", "nps评分", "推荐分"),
    "ces": ("ces", "费力度", "费力程度", "客户费力度"),
    "votes": ("votes", "点赞数", "点赞", "赞", "赞数", "支持数", "likes", "like_count", "attitudes_count", "upvotes"),
    "status": ("status", "状态", "处理状态", "工单状态", "case_status"),
    "first_response_at": ("first_response_at", "首次响应时间", "首响时间", "首次回复时间", "答复时间", "first_response_time"),
    "resolved_at": ("resolved_at", "解决时间", "完结时间", "办结时间", "关闭时间", "closed_at", "closed_time"),
    "informed_at": ("informed_at", "回访时间", "告知时间", "反馈客户时间"),
    # shapes of single channels
    "subject": ("subject", "主题", "访谈主题", "标题", "工单标题", "邮件主题", "title"),
    "body": ("body", "正文", "邮件正文", "邮件内容"),
    "sender": ("from", "发件人", "sender", "发件人邮箱"),
    "transcript": (
        "transcript", "转写", "转写文本", "通话转写", "通话记录", "通话内容", "录音转写", "录音文本", "对话", "对话内容",
        "聊天记录",
    ),
    "session": (
        "session_id", "会话编号", "会话id", "访谈编号", "访谈id", "conversation_id", "chat_id", "interview_id", "session",
    ),
    "role": ("role", "角色", "发言人", "发言者", "说话人", "发送方", "消息方向", "sender_type", "speaker", "direction"),
    "messages": ("messages", "消息", "消息列表", "对话列表", "conversation", "turns"),
    "platform": ("platform", "平台", "来源平台", "渠道来源", "site"),
    "tags": ("tags", "标签", "话题", "topics", "hashtags"),
    "replies": ("replies", "评论数", "回复数", "comments_count", "comment_count", "reply_count"),
    "kind": ("kind", "类型", "内容类型", "post_type"),
}

CHANNEL_NAMES: Mapping[str, str] = {
    "问卷": "survey", "调查": "survey", "问卷调查": "survey", "调查问卷": "survey", "满意度调查": "survey",
    "热线": "hotline", "电话": "hotline", "回访": "hotline", "客服热线": "hotline", "电话回访": "hotline", "呼叫中心": "hotline",
    "phone": "hotline", "call": "hotline",
    "邮件": "email", "邮箱": "email", "电子邮件": "email", "e-mail": "email", "mail": "email",
    "在线客服": "chat", "聊天": "chat", "在线聊天": "chat", "会话": "chat", "im": "chat", "livechat": "chat",
    "微博": "social", "社交": "social", "评论": "social", "社交媒体": "social", "社媒": "social", "小红书": "social",
    "抖音": "social", "微信公众号": "social", "公众号": "social", "私信": "social", "weibo": "social", "wechat": "social",
    "访谈": "interview", "焦点小组": "interview", "座谈会": "interview", "深度访谈": "interview",
    "意见箱": "suggestion_box", "建议箱": "suggestion_box", "suggestion box": "suggestion_box",
    "工单": "crm", "crm": "crm", "投诉工单": "crm", "ticket": "crm", "case": "crm",
}

SPEAKERS: Mapping[str, tuple[str, ...]] = {
    # what stands before the colon of a turn, whose side it is; a name, number or bracket may follow
    "machine": (
        "机器人", "智能客服", "智能助手", "系统", "系统提示", "系统消息", "機器人", "系統", "系統訊息", "bot", "robot", "system",
    ),
    "customer": (
        "客户", "用户", "顾客", "来电人", "来电者", "市民", "买家", "访客", "消费者", "会员", "业主", "乘客", "患者", "受访者",
        "受访人", "被访者", "被访人", "参与者", "嘉宾",
        "客戶", "用戶", "顧客", "來電人", "來電者", "買家", "訪客", "消費者",
        "會員", "業主", "受訪者", "受訪人", "被訪者", "參與者", "嘉賓",
        "customer", "client", "caller", "visitor", "respondent", "participant",
    ),
    "staff": (
        "坐席", "座席", "客服", "工号", "话务员", "接线员", "回访员", "主持人", "访员", "访问员", "采访者", "采访人", "店员",
        "店家", "服务员", "工作人员", "卖家", "商家", "店长", "客服代表", "客服专员", "客户经理", "客户代表",
        "工號", "話務員", "接線員", "回訪員", "訪員", "訪問員",
        "採訪者", "店員", "服務員", "工作人員", "賣家", "店長", "客服專員", "客戶經理", "客戶代表",
        "agent", "staff",
        "operator", "moderator", "interviewer",
    ),
}

ROLES: Mapping[str, tuple[str, ...]] = {
    # further values of a message's role in chat exports
    "machine": ("assistant", "ai", "activity", "template", "notification"),
    "customer": ("user", "contact", "guest", "buyer", "end-user", "enduser", "incoming", "in", "consumer", "接收", "客", "答"),
    "staff": (
        "seller", "admin", "outgoing", "out", "service", "csr", "representative", "employee", "support", "发送", "服", "问",
        "q",
    ),
}

MESSAGE_KEYS: Mapping[str, tuple[str, ...]] = {
    # keys of a message in a list of messages; of a dict under "role" the first of "person" counts
    "role": ("role", "sender_type", "speaker", "sender", "from", "author", "direction", "角色", "发送方", "发言人", "说话人"),
    "words": ("text", "content", "message", "body", "msg", "内容", "文本", "消息"),
    "time": ("time", "created_at", "timestamp", "sent_at", "date", "datetime", "时间", "发送时间"),
    "person": ("role", "type", "name", "id"),
}

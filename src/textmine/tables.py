"""Every table textmine publishes, declared once: name, type, unit, meaning. Schemas, docs and checks come from here."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from textmine.schema import BIG, FLAG, REAL, REAL_MAP, TEXT, TEXT_MAP, TIME, WHOLE, WORDS, WORDS_MAP, Column, Table

CHANNELS = ("survey", "hotline", "email", "chat", "social", "interview", "suggestion_box", "crm")
VALIDITIES = ("ok", "empty", "no_content", "template", "noise", "advert", "other_language", "no_customer_text")
SENTIMENTS = ("neg", "neu", "pos")
INTENTS = ("complaint", "suggestion", "inquiry", "praise", "statement")
PRIORITIES = ("P0", "P1", "P2", "P3")
FATES = ("published", "duplicate", "superseded", "quarantined", "erased")

# fmt: off
LABELLED_FEEDBACK = Table(
    "labelled_feedback", "One row per feedback of the night, with every label.", "已标注反馈", ("feedback_id",),
    (
        Column("feedback_id", TEXT, "Keyed id, the same in every run and night.", "反馈编号", nullable=False),
        Column("revision", WHOLE, "0 for the first text under this id, then 1, 2 ...", "修订号", nullable=False),
        Column("channel", TEXT, "Channel the feedback came through.", "渠道", values=CHANNELS, nullable=False),
        Column("source", TEXT, "Name of the source in the config.", "来源", nullable=False),
        Column("source_ref", TEXT, "The source's own number of the record.", "来源编号"),
        Column("answer_id", TEXT, "Links the parts of one survey answer or session.", "答卷编号"),
        Column("question", TEXT, "The open question that was answered.", "题目"),
        Column("created_at", TIME, "When the customer wrote it, if known.", "创建时间", "UTC"),
        Column("received_at", TIME, "When the source received it, else when it was landed, kept inside the night.",
               "接收时间", "UTC", nullable=False),
        Column("customer_key", TEXT, "Keyed pseudonym of the customer.", "客户匿名编号"),
        Column("segment", TEXT, "Customer segment as the source names it.", "客户分群"),
        Column("customer_value", REAL, "Value of the customer as the source gives it.", "客户价值"),
        Column("agent_key", TEXT, "Keyed pseudonym of the agent.", "坐席匿名编号"),
        Column("team", TEXT, "Team of the agent or case.", "团队"),
        Column("product", TEXT, "Product or service.", "产品"),
        Column("region", TEXT, "Region, city or store.", "地区"),
        Column("rating", REAL, "Satisfaction rating.", "评分", "1 to 5"),
        Column("nps", REAL, "Likelihood to recommend.", "推荐度", "0 to 10"),
        Column("ces", REAL, "Effort score.", "费力度", "1 to 7"),
        Column("dimension_scores", REAL_MAP, "Further ratings by dimension.", "分项评分"),
        Column("votes", BIG, "Likes or seconds.", "点赞数"),
        Column("status", TEXT, "Status of the case in the source.", "处理状态"),
        Column("first_response_at", TIME, "First response to the customer.", "首次响应时间", "UTC"),
        Column("resolved_at", TIME, "When the case was resolved.", "解决时间", "UTC"),
        Column("informed_at", TIME, "When the customer was told the result.", "回访时间", "UTC"),
        Column("attributes", TEXT_MAP, "Extra columns the config names.", "附加属性"),
        Column("text", TEXT, "Normal form with personal data masked.", "正文（脱敏）"),
        Column("language", TEXT, "zh, en or other; null without text.", "语言"),
        Column("n_tokens", WHOLE, "Number of tokens.", "词数", nullable=False),
        Column("validity", TEXT, "ok, or why the text is not scored.", "有效性", values=VALIDITIES, nullable=False),
        Column("near_duplicate_group", TEXT, "feedback_id of the first of a group of near-duplicate texts; null when alone.",
               "近似重复组"),
        Column("sentiment", TEXT, "Overall attitude; null when the text is not scored.", "情感", values=SENTIMENTS),
        Column("sentiment_score", REAL, "Polarity.", "情感分", "-1 to 1"),
        Column("sentiment_confidence", REAL, "Confidence of the sentiment.", "情感置信度", "0 to 1"),
        Column("snownlp_score", REAL, "Score of SnowNLP's own Bayes model on the tokens.", "SnowNLP 分", "0 to 1"),
        Column("categories", WORDS, "Every category the text speaks of, strongest first.", "类别"),
        Column("subcategories", WORDS, "Second level, as category.subcategory.", "二级类别"),
        Column("primary_category", TEXT, "The most important category.", "主类别"),
        Column("category_confidence", REAL, "Confidence of the primary category.", "类别置信度", "0 to 1"),
        Column("intent", TEXT, "What the customer wants.", "意图", values=INTENTS),
        Column("intent_confidence", REAL, "Confidence of the intent.", "意图置信度", "0 to 1"),
        Column("evidence", WORDS_MAP, "Label to the words of the text that speak for it.", "依据"),
        Column("label_source", TEXT, "Who gave the labels.", "标签来源", values=("model", "human"), nullable=False),
        Column("topic_id", WHOLE, "Permanent id of the topic; -1 for none.", "话题编号", nullable=False),
        Column("topic_name", TEXT, "Chinese name of the topic.", "话题名称"),
        Column("topic_similarity", REAL, "Cosine to the centre of the topic.", "话题相似度", "0 to 1"),
        Column("priority", TEXT, "P0 at once ... P3 nothing to do.", "优先级", values=PRIORITIES, nullable=False),
        Column("priority_score", REAL, "Sum of the terms.", "优先级分", nullable=False),
        Column("priority_terms", REAL_MAP, "Every term of the policy and its value.", "优先级构成"),
        Column("red_lines", WORDS, "Rules that alone made P0 or P1.", "红线"),
        Column("flags", WORDS, "Things worth a look, by code.", "标记"),
        Column("route_to", TEXT, "Team that should act.", "责任团队"),
        Column("respond_by", TIME, "First response is due.", "响应时限", "UTC"),
        Column("suggested_handling", TEXT, "What to do, from the policy.", "建议处理"),
        Column("needs_review", FLAG, "A person should check the labels.", "需复核", nullable=False),
        Column("bundle_id", TEXT, "Bundle that gave the labels.", "模型包", nullable=False),
        Column("policy_version", TEXT, "Version of the policy file.", "策略版本", nullable=False),
        Column("run_id", TEXT, "Run that published the row.", "运行编号", nullable=False),
    ),
)

ASPECTS = Table(
    "aspects", "Clause by clause: what is spoken of, and how.", "方面观点", ("feedback_id", "clause", "aspect"),
    (
        Column("feedback_id", TEXT, "The feedback.", "反馈编号", nullable=False),
        Column("clause", WHOLE, "Number of the clause in the text, from 0.", "分句序号", nullable=False),
        Column("aspect", TEXT, "category.subcategory the clause speaks of.", "方面", nullable=False),
        Column("polarity", TEXT, "Attitude of the clause.", "极性", values=SENTIMENTS, nullable=False),
        Column("polarity_score", REAL, "Polarity of the clause.", "极性分", "-1 to 1", nullable=False),
        Column("evidence", WORDS, "Words that name the aspect or the attitude.", "依据"),
        Column("run_id", TEXT, "Run that published the row.", "运行编号", nullable=False),
    ),
)

TOPICS = Table(
    "topics", "The topics of the bundle and their size this night.", "话题", ("topic_id",),
    (
        Column("topic_id", WHOLE, "Permanent id.", "话题编号", nullable=False),
        Column("topic_name", TEXT, "Chinese name.", "话题名称", nullable=False),
        Column("keywords", WORDS, "Words nearest to the centre, strongest first.", "关键词"),
        Column("n", BIG, "Feedbacks of the night.", "反馈数", nullable=False),
        Column("n_neg", BIG, "Of these, negative.", "负面数", nullable=False),
        Column("share", REAL, "Part of the night's scored feedbacks.", "占比", "0 to 1"),
        Column("example_ids", WORDS, "Up to three feedbacks nearest to the centre.", "示例"),
        Column("bundle_id", TEXT, "Bundle the topic belongs to.", "模型包", nullable=False),
        Column("run_id", TEXT, "Run that published the row.", "运行编号", nullable=False),
    ),
)

METRICS_DAILY = Table(
    "metrics_daily", "Counts and scores of the night by dimension.", "每日指标", ("metric", "dimension", "member"),
    (
        Column("metric", TEXT, "Name of the metric.", "指标", nullable=False),
        Column("dimension", TEXT, "all, channel, product, region, team or segment.", "维度", nullable=False),
        Column("member", TEXT, "Member of the dimension; 'all' for the total.", "成员", nullable=False),
        Column("n", BIG, "Feedbacks behind the figure.", "样本数", nullable=False),
        Column("value", REAL, "The figure; null where n is under 5.", "数值"),
        Column("low", REAL, "Lower end of the 95 % interval.", "区间下限"),
        Column("high", REAL, "Upper end of the 95 % interval.", "区间上限"),
        Column("unit", TEXT, "Unit of the figure.", "单位", nullable=False),
        Column("run_id", TEXT, "Run that published the row.", "运行编号", nullable=False),
    ),
)

DUPLICATES = Table(
    "duplicates", "Records left out because the same id and text is there, or a newer text under the same id.", "重复记录",
    ("source", "unit", "row_number", "part"),
    (
        Column("source", TEXT, "Name of the source.", "来源", nullable=False),
        Column("unit", TEXT, "Keyed digest of the unit.", "单元", nullable=False),
        Column("row_number", BIG, "Row or record in the unit, from 1.", "行号", nullable=False),
        Column("part", WHOLE, "Part of the row (open question, turn), from 0.", "部分", nullable=False),
        Column("feedback_id", TEXT, "The feedback that it repeats or that replaces it.", "反馈编号", nullable=False),
        Column("fate", TEXT, "duplicate or superseded.", "去向", values=("duplicate", "superseded"), nullable=False),
        Column("first_night", pa.date32(), "Night that published the text.", "首次发布", nullable=False),
        Column("run_id", TEXT, "Run that published the row.", "运行编号", nullable=False),
    ),
)

QUARANTINE = Table(
    "quarantine", "Index of what could not be used; the content is kept encrypted for replay.", "隔离区索引", ("quarantine_id",),
    (
        Column("quarantine_id", TEXT, "Keyed id, for `textmine quarantine show`.", "隔离编号", nullable=False),
        Column("source", TEXT, "Name of the source.", "来源", nullable=False),
        Column("unit", TEXT, "Keyed digest of the unit.", "单元", nullable=False),
        Column("unit_name", TEXT, "File name or title of the unit.", "单元名称"),
        Column("row_number", BIG, "Row or record in the unit, from 1; 0 for a whole unit.", "行号", nullable=False),
        Column("reason", TEXT, "Reason code.", "原因", nullable=False),
        Column("detail", TEXT, "What was found and allowed; no content.", "说明"),
        Column("records", BIG, "Records it stands for.", "记录数", nullable=False),
        Column("run_id", TEXT, "Run that published the row.", "运行编号", nullable=False),
    ),
)

RUNS = Table(
    "runs", "The run that published the night, one row per source and one for all.", "运行", ("run_id", "source"),
    (
        Column("run_id", TEXT, "Id of the run.", "运行编号", nullable=False),
        Column("source", TEXT, "Name of the source; 'all' for the run.", "来源", nullable=False),
        Column("status", TEXT, "done, or failed where the source could not be read.", "状态", values=("done", "failed"),
               nullable=False),
        Column("units", BIG, "Units read.", "单元数", nullable=False),
        Column("records_in", BIG, "Records read.", "读入", nullable=False),
        Column("published", BIG, "Records published.", "发布", nullable=False),
        Column("duplicate", BIG, "Same id and text as a published one.", "重复", nullable=False),
        Column("superseded", BIG, "Older text under the same id.", "被替代", nullable=False),
        Column("quarantined", BIG, "Records that could not be used.", "隔离", nullable=False),
        Column("erased", BIG, "Records of erased customers.", "已删除", nullable=False),
        Column("waiting", BIG, "Records that belong to another night, not counted in records_in.", "待发布", nullable=False),
        Column("seconds", REAL, "Wall time up to the publish.", "耗时", "s"),
        Column("bundle_id", TEXT, "Bundle used.", "模型包", nullable=False),
        Column("policy_version", TEXT, "Policy used.", "策略版本", nullable=False),
        Column("version", TEXT, "Version of textmine.", "版本", nullable=False),
        Column("problem", TEXT, "Why a source failed, without content.", "问题"),
    ),
)

REVIEW_QUEUE = Table(
    "review_queue", "Texts of the night that a person should label first; `textmine labels export` adds the words.", "待复核队列",
    ("feedback_id",),
    (
        Column("feedback_id", TEXT, "The feedback.", "反馈编号", nullable=False),
        Column("rank", WHOLE, "Place in the queue, from 1; any beginning is as mixed as the whole.", "顺序", nullable=False),
        Column("reason", TEXT, "Why it was chosen; random ones measure the night.", "入选原因",
               values=("uncertain", "conflict", "urgent", "random"), nullable=False),
        Column("uncertainty", REAL, "Chance that sentiment, primary category or intent is wrong.", "不确定度",
               "0 to 1", nullable=False),
        Column("channel", TEXT, "Channel the feedback came through.", "渠道", values=CHANNELS, nullable=False),
        Column("sentiment", TEXT, "The model's sentiment.", "情感", values=SENTIMENTS),
        Column("categories", WORDS, "The model's categories.", "类别"),
        Column("primary_category", TEXT, "The model's primary category.", "主类别"),
        Column("intent", TEXT, "The model's intent.", "意图", values=INTENTS),
        Column("priority", TEXT, "The priority by the policy.", "优先级", values=PRIORITIES, nullable=False),
        Column("topic_id", WHOLE, "Topic; -1 for none.", "话题编号", nullable=False),
        Column("bundle_id", TEXT, "Bundle that gave the labels.", "模型包", nullable=False),
        Column("run_id", TEXT, "Run that published the row.", "运行编号", nullable=False),
    ),
)

DRIFT = Table(
    "drift", "How far the night lies from the nights before it, by measure and channel, and whether that is more than chance.",
    "漂移", ("measure", "channel"),
    (
        Column("measure", TEXT, "Mix of labels (PSI), of scores in ten bins (PSI), or a share or mean (difference).", "指标",
               values=("sentiment", "primary_category", "intent", "priority", "score", "confidence", "unknown_words", "invalid",
                       "mean_length"), nullable=False),
        Column("channel", TEXT, "Channel; 'all' for the whole night.", "渠道", values=("all", *CHANNELS), nullable=False),
        Column("n", BIG, "Cases of the night: scored texts, words, texts.", "样本数", nullable=False),
        Column("n_reference", BIG, "Cases of the nights before.", "参照样本数", nullable=False),
        Column("nights", WHOLE, "Nights before that it is held against, at most 28 within 30 days.", "参照夜数", nullable=False),
        Column("value", REAL, "PSI against the nights before, or the difference from their mean.", "数值"),
        Column("reference", REAL, "PSI that chance alone gives on average, or the mean of the nights before.", "参照值"),
        Column("threshold", REAL, "An alarm from here on (a difference: either way).", "告警阈值"),
        Column("status", TEXT, "alarm, watch, ok, or why there is no value.", "状态",
               values=("ok", "watch", "alarm", "too_few", "no_reference"), nullable=False),
        Column("detail", TEXT, "The class that moved most, and nights before that another bundle labelled.", "说明"),
        Column("run_id", TEXT, "Run that published the row.", "运行编号", nullable=False),
    ),
)
NEW_WORDS = Table(
    "new_words", "Words that no dictionary holds, by how their parts stick together: proposals.", "新词候选", ("word",),
    (
        Column("word", TEXT, "The candidate: 2 to 4 Chinese characters.", "词", nullable=False),
        Column("n", BIG, "How often it was written, near duplicates once.", "次数", nullable=False),
        Column("n_documents", BIG, "Texts it stands in, near duplicates once; 5 or more.", "文本数", nullable=False),
        Column("cohesion", REAL, "Pointwise mutual information of its parts.", "凝固度", "bit", nullable=False),
        Column("left_entropy", REAL, "Entropy of the characters before it.", "左邻熵", "bit", nullable=False),
        Column("right_entropy", REAL, "Entropy of the characters behind it.", "右邻熵", "bit", nullable=False),
        Column("known_nights", WHOLE, "Of the 30 nights before, those that had it too.", "此前出现的晚数", nullable=False),
        Column("status", TEXT, "new, or seen on a night before.", "状态", values=("new", "seen"), nullable=False),
        Column("bundle_id", TEXT, "Bundle that cut the texts.", "模型包", nullable=False),
        Column("run_id", TEXT, "Run that published the row.", "运行编号", nullable=False),
    ),
)
# fmt: on

TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (LABELLED_FEEDBACK, ASPECTS, TOPICS, METRICS_DAILY, DUPLICATES, QUARANTINE, RUNS, REVIEW_QUEUE, DRIFT, NEW_WORDS)
}

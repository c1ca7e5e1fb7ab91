"""Every table textmine publishes, declared once: name, type, unit, meaning. Schemas, docs and checks come from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from textmine.errors import ContractError

TEXT, FLAG, WHOLE, BIG, REAL = pa.string(), pa.bool_(), pa.int32(), pa.int64(), pa.float64()
TIME = pa.timestamp("us", tz="UTC")
WORDS = pa.list_(pa.string())
TEXT_MAP, REAL_MAP, WORDS_MAP = pa.map_(TEXT, TEXT), pa.map_(TEXT, REAL), pa.map_(TEXT, WORDS)

CHANNELS = ("survey", "hotline", "email", "chat", "social", "interview", "suggestion_box", "crm")
VALIDITIES = ("ok", "empty", "no_content", "template", "noise", "advert", "other_language", "no_customer_text")
SENTIMENTS = ("neg", "neu", "pos")
INTENTS = ("complaint", "suggestion", "inquiry", "praise", "statement")
PRIORITIES = ("P0", "P1", "P2", "P3")
FATES = ("published", "duplicate", "superseded", "quarantined", "erased")


@dataclass(frozen=True)
class Column:
    """One column: Arrow type, English meaning, Chinese name, unit and allowed codes ('' and () where there is none)."""

    name: str
    type: pa.DataType
    meaning: str
    chinese: str
    unit: str = ""
    values: tuple[str, ...] = ()
    nullable: bool = True


@dataclass(frozen=True)
class Table:
    """One published table: its columns in order and the key that makes a row unique within a night."""

    name: str
    meaning: str
    chinese: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]

    @property
    def schema(self) -> pa.Schema:
        """Arrow schema whose fields carry meaning, Chinese name and unit as metadata."""
        return pa.schema([_field(column) for column in self.columns], metadata={"table": self.name, "meaning": self.meaning})

    @property
    def names(self) -> list[str]:
        """Column names in order."""
        return [column.name for column in self.columns]

    def check(self, table: pa.Table) -> None:
        """Compare a table with its declaration.

        Raises
        ------
        ContractError
            If columns or types differ, a required value is null, a code is not allowed or the key repeats.
        """
        if table.schema.names != self.names or table.schema.types != self.schema.types:
            raise ContractError("columns differ from tables.py", where=self.name, got=table.schema.names, allowed=self.names)
        for column in self.columns:
            _check_column(self.name, column, table[column.name])
        if self.key and table.num_rows > table.select(list(self.key)).group_by(list(self.key)).aggregate([]).num_rows:
            raise ContractError("the key repeats", where=self.name, got=self.key, rows=table.num_rows)


def _field(column: Column) -> pa.Field:
    about = {"meaning": column.meaning, "chinese": column.chinese, "unit": column.unit, "values": ",".join(column.values)}
    return pa.field(column.name, column.type, nullable=column.nullable, metadata={k: v for k, v in about.items() if v})


def _check_column(table: str, column: Column, data: pa.ChunkedArray) -> None:
    if not column.nullable and data.null_count:
        raise ContractError("a required value is null", where=f"{table}.{column.name}", rows=data.null_count)
    if not column.values:
        return
    flat = pa.chunked_array([c.flatten() for c in data.chunks], type=TEXT) if pa.types.is_list(column.type) else data
    found = {value for value in flat.unique().to_pylist() if value is not None}
    if strange := sorted(found - set(column.values)):
        raise ContractError("a code is not allowed", where=f"{table}.{column.name}", got=strange, allowed=column.values)


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
# fmt: on

TABLES: Mapping[str, Table] = {
    table.name: table for table in (LABELLED_FEEDBACK, ASPECTS, TOPICS, METRICS_DAILY, DUPLICATES, QUARANTINE, RUNS)
}

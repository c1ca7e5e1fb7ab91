"""The sheet that tells an annotator in Chinese what to do, made of the lists that the checks use."""

from __future__ import annotations

from collections.abc import Iterator

from textmine.labelfiles.choices import INTENT_CHOICES
from textmine.taxonomy import Taxonomy

HOW = (
    "怎么填",
    "1. 只看“正文”判断，不看模型的标签；模型标对了、确认无误的，也请照样填写，这样才算复核过。",
    "2. “更正…”各列留空表示不表态；填了的列从下一次运行起替代模型的结果，并注明由人工给出。",
    "3. 单元格可以从下拉列表里选，也可以只写代码或只写中文名。“更正类别”可写多个，用分号隔开，如 product;service。",
    "4. 请不要改动反馈编号和正文摘要两列，也不要增删正文；可以删去不想标的整行。",
    "5. 标完后存盘，由数据同事用 textmine labels import 导回；写错的代码会逐行列出，整份文件都不会写入。",
)
SENTIMENT = (
    "情感",
    "neg 负面 / neu 中性 / pos 正面：作者的总体态度。褒贬都有时取占上风的一方；真正持平或纯属陈述为 neu。",
)
INTENT = ("意图", " / ".join(f"{code} {chinese}" for code, chinese in INTENT_CHOICES.items()))
PRIORITY = (
    "优先级",
    "P0 紧急：健康、食品或人身安全，重大财产损失，法律或媒体威胁，群体性事件，必须立即处理。",
    "P1 高：强烈投诉或明确要求解决（退款、欺诈、恶劣服务、多次反映未解决）。只有怒气而无诉求属 P2。",
    "P2 中：一般问题、不满、建议、咨询。",
    "P3 低：表扬，无实质问题，无需处理。",
)  # SOURCE: the project's labelling guideline


def instruction_lines(taxonomy: Taxonomy) -> Iterator[str]:
    """Lines of the sheet: how to fill in, then what each code means, the categories as the taxonomy defines them."""
    yield from (*HOW, "", *SENTIMENT, "", "类别（可多选）与主类别（最重要的一个）")
    for category in taxonomy.categories:
        yield f"{category.code} {category.chinese}：{category.definition}"
    yield from ("", *INTENT, "", *PRIORITY)

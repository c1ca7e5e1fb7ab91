"""What a question of a survey asks for, read from its words alone: the customer's own words, a score, or who they are.

Never from the answers: a file cut in two must give the same records as the whole.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from textmine.channels.decoding import clean_surrogates
from textmine.channels.exports.shape import OTHER, Shaped
from textmine.channels.rawframe import Shape, distinct_names
from textmine.channels.scores import SCORES
from textmine.channels.values import as_label, as_text, found_in
from textmine.settings import Columns

Kind = Literal["open", "nps", "ces", "rating", "dimension", "contact", "choice", "other"]
LONGEST_QUESTION, LONGEST_READ = 200, 1_000
SINGLE = ("rating", "nps", "ces", "customer")

# Written for textmine from the wording of published questionnaires in Chinese and English.
_OPEN = re.compile(
    r"建议|意见|原因|理由|为什么|为何|描述|谈谈|说说|聊聊|看法|想法|感受|留言|评语|评论|反馈|优点|缺点|不足|改进|希望我们|想对"
    r"|comment|suggest|improve|tell us|explain|describe|reason|why\b|feedback",
    re.IGNORECASE,
)
_FREE = re.compile(r"说明|具体|写下|填写|补充|填空|简答|问答|请注明|开放式|open[- ]ended|please specify", re.IGNORECASE)
_CONTACT = re.compile(
    r"姓名|名字|称呼|电话|手机|邮箱|邮件地址|微信号?$|QQ|身份证|住址|地址|联系方式|学号|工号"
    r"|your (?:full |first |last )?name|e-?mail|phone|mobile|address|contact (?:info|details)",
    re.IGNORECASE,
)
_NPS = re.compile(
    r"推荐.{0,12}(?:可能|程度|意愿|度)|(?:可能|愿意|意愿).{0,30}推荐|净推荐|\bNPS\b|likely.{0,60}recommend", re.IGNORECASE
)
_CES = re.compile(r"费力|省力|CES\b|effort|(?:made it|was it|how) easy", re.IGNORECASE)
_REACH = re.compile(r"电话|手机|邮箱|邮件|phone|mobile|e-?mail", re.IGNORECASE)
_SCORE = re.compile(r"满意度|满意程度|满意吗|是否满意|感到满意|评分|打分|星级|satisf|\brat(?:e|ing)\b|\bscore\b", re.IGNORECASE)
_ROW_SCORE = re.compile(rf"{_SCORE.pattern}|满意|评价|表现|认同|同意|agree", re.IGNORECASE)
_YES_OR_NO = re.compile(r"满意吗|是否满意")
_ASKS_WHICH = re.compile(r"哪|什么|为何|which|what\b", re.IGNORECASE)
_OVERALL = re.compile(r"总体|整体|综合|总的|overall|general", re.IGNORECASE)
_TEN = re.compile(r"[01]\s*[-~～—–至到]\s*(?:10|100)\b|(?:10|十|百|100)\s*分(?!钟)", re.IGNORECASE)

# A cell of a question that does not say it is open is the customer's words only where it reads like a sentence.
_SENTENCE = r"[，。！？；,!?;].|.{16}|[。！？!?]$"
_GRADES = SCORES["rating"][2].keys() | SCORES["ces"][2].keys()
_CHOICES = r"┋|→|^[A-Za-z][.．、:：]|^-?\d+(?:\.\d+)?$"


@dataclass(frozen=True)
class Question:
    """A column that holds answers.

    Parameters
    ----------
    column : str
        Its name in the raw frame.
    words : str
        The question as it was asked, with the row of a matrix after a dash.
    kind : str
        What it asks for; ``choice`` where the system says that nothing was written, ``other`` where nobody knows.
    key : str
        What the system knows it by, '' for its words: two deliveries call the same question by the same key.
    """

    column: str
    words: str
    kind: Kind
    key: str = ""


def kind_of(words: str, *, matrix: bool = False) -> Kind:
    """What a question asks for. Scores of a matrix or on ten grades are dimensions; which one rates the whole is told later."""
    words = words[:LONGEST_READ]
    if _OPEN.search(words):
        return "open"
    if _CONTACT.search(words):
        return "contact"
    if _FREE.search(words):
        return "open"
    if matrix:
        return "dimension" if _ROW_SCORE.search(words) else "other"
    if _ASKS_WHICH.search(words):
        return "other"
    scales: dict[Kind, re.Pattern[str]] = {"nps": _NPS, "ces": _CES, "dimension": _TEN, "rating": _SCORE}
    found: list[Kind] = [kind for kind, pattern in scales.items() if pattern.search(words)]
    if found[:1] == ["dimension"] and not _SCORE.search(words):
        return "other"
    return found[0] if found else "other"


def answers_frame(
    frame: pd.DataFrame,
    questions: Sequence[Question],
    fields: Mapping[str, pd.Series[Any]],
    *,
    export: str,
    attributes: Sequence[str] = (),
    dropped: Sequence[str] = (),
) -> Shaped:
    """One row an answer, open questions and scores under the questions' own words, the fields under their names.

    Of the scores on five grades one is ``rating``: the first that speaks of the whole, else the first; the others are
    ``dimension_scores``. The first of the questions for ``nps`` and for ``ces`` counts. Columns that are no question and no
    field are kept under ``OTHER``; those ``dropped`` are not. ``attributes`` are names among the fields.
    """
    roles = _roles(questions)
    columns_used = {column for columns in roles.values() for column in columns}
    used = [question for question in questions if question.column in columns_used]
    titles = distinct_names([*fields, "text", *(_title(question.words) for question in used)])[len(fields) + 1 :]
    title_of = {question.column: title for question, title in zip(used, titles, strict=True)}
    parts = {title_of[question.column]: _part(question) for question in used if question.column in roles["text"]}
    columns = {role: title_of[found[0]] for role, found in roles.items() if role in SINGLE and found}
    columns |= {name: name for name in fields if name not in attributes}
    lists = {
        "text": [title_of[name] for name in roles["text"]] or ["text"],
        "dimension_scores": [title_of[name] for name in roles["dimension_scores"]],
        "attributes": [name for name in attributes if name in fields],
    }
    cells = {title_of[question.column]: _said(frame[question.column], question) for question in used}
    rest = [name for name in frame.columns if name not in title_of and name not in dropped and name != "_row"]
    blank = {} if roles["text"] else {"text": pd.Series([None] * len(frame), index=frame.index, dtype="str")}
    kept = {f"{OTHER}{name}": frame[name] for name in rest}
    shaped = pd.DataFrame({**fields, **blank, **cells, **kept, "_row": frame["_row"]}).reset_index(drop=True)
    return Shaped(shaped, Shape(export, "survey", Columns.model_validate({**columns, **lists}), title_of, parts))


def _part(question: Question) -> int:
    """A number of the question that stays when others are asked before it, or were not answered in a delivery."""
    return zlib.crc32((question.key or question.words).encode("utf-8", "surrogatepass")) & 0x7FFF_FFFF


def _roles(questions: Sequence[Question]) -> dict[str, list[str]]:
    by_kind: dict[str, list[Question]] = {}
    for question in questions:
        by_kind.setdefault(question.kind, []).append(question)
    ratings = by_kind.get("rating", [])
    best = next((question for question in ratings if _OVERALL.search(question.words)), ratings[0] if ratings else None)
    scores = [question.column for question in questions if question.kind in ("rating", "dimension") and question is not best]
    return {
        "text": [question.column for question in questions if question.kind in ("open", "other")],
        "rating": [best.column] if best else [],
        "nps": [question.column for question in by_kind.get("nps", [])[:1]],
        "ces": [question.column for question in by_kind.get("ces", [])[:1]],
        "customer": [question.column for question in by_kind.get("contact", []) if _REACH.search(question.words)][:1],
        "dimension_scores": scores,
    }


def _title(words: str) -> str:
    return clean_surrogates(" ".join(words.split()))[:LONGEST_QUESTION] or "?"


def _said(cells: pd.Series[Any], question: Question) -> pd.Series[Any]:
    """The cells of a question; of one that is not open only those that are the customer's sentences."""
    if question.kind == "open":
        return as_text(cells)
    if question.kind == "other":
        words = as_text(cells)
        labels = as_label(words)
        codes, uniques = pd.factorize(labels)
        offered = np.array([*(label in question.words or label.casefold() in _GRADES for label in uniques), False])[codes]
        return words.mask(found_in(labels, _CHOICES) | ~found_in(labels, _SENTENCE) | offered)
    if question.kind == "rating" and _YES_OR_NO.search(question.words):  # a number is the choice's place, best first or last
        return cells.mask(found_in(as_label(cells), r"^\d+$"))
    return cells

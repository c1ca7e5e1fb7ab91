"""问卷星: the answers as its download gives them (xlsx, xls or csv), options as text or as numbers.

Shape: 序号, 提交答卷时间, 所用时间, 来源, 来源详情, 来自IP, 总分, then ``1、…`` a question, ``3、…—…`` or ``第3题(…)`` a row of a
matrix; ┋ parts chosen options, → ranked ones; (跳过), (空), -3 and -2 stand for no answer.
"""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from textmine.channels.exports.questions import Kind, Question, answers_frame, kind_of
from textmine.channels.exports.shape import Export, Shaped, emptied, first_known, has_columns

EMPTY = frozenset(("(跳过)", "（跳过）", "(空)", "（空）", "-3", "-2"))
MACHINE = ("来自IP", "IP", "来自ip")

_QUESTION = re.compile(r"(?P<number>\d{1,3})\s*[、.．:：]\s*(?P<words>.*)", re.DOTALL)
_MATRIX_ROW = re.compile(r"第(?P<number>\d{1,3})题\s*[(（](?P<words>.*)[)）]", re.DOTALL)
_TYPE = re.compile(r"[\[【(（](?P<type>单选题?|多选题?|填空题?|矩阵\w{0,6}|量表题?|评分题?|排序题?|NPS\w{0,4}|简答题?)[\]】)）]")
_PLACE = re.compile(r"[(（](?P<place>[\u4e00-\u9fff-]{2,20})[)）]\s*$")


def is_wenjuanxing(frame: pd.DataFrame) -> bool:
    """Whether the frame has 序号, 提交答卷时间 and a numbered question."""
    numbered = any(_QUESTION.fullmatch(str(name)) or _MATRIX_ROW.fullmatch(str(name)) for name in frame.columns)
    return has_columns(frame, "序号", "提交答卷时间") and numbered


def shape_wenjuanxing(frame: pd.DataFrame, *, zone: str) -> Shaped:
    """One row an answer. The address of the machine is left out; the province and city behind it are the ``region``."""
    rows = frame.assign(**{name: emptied(frame[name], EMPTY) for name in frame.columns if name != "_row"})
    fields: dict[str, pd.Series[Any]] = {
        "answer_id": first_known(rows, "序号", "答卷编号"),
        "created_at": rows["提交答卷时间"],
        "region": first_known(rows, *MACHINE).str.extract(_PLACE, expand=False),
    }
    questions: list[Question] = []
    stems: dict[str, str] = {}
    for name in frame.columns:
        if found := _QUESTION.fullmatch(name) or _MATRIX_ROW.fullmatch(name):
            number, words = str(found["number"]), str(found["words"])
            questions.append(_question(name, number, words, stems.setdefault(number, words)))
    return answers_frame(rows, questions, fields, export="wenjuanxing", dropped=MACHINE)


def _question(column: str, number: str, words: str, stem: str) -> Question:
    told = _TYPE.search(words)
    plain = _TYPE.sub("", words).strip(" *＊:：")
    matrix = "—" in words or column.startswith("第")
    kind: Kind = kind_of(plain if not column.startswith("第") else f"{stem}—{plain}", matrix=matrix)
    if told and told["type"].startswith(("填空", "简答")):
        kind = kind if kind == "contact" else "open"
    elif told and kind in ("open", "other"):
        kind = "choice"
    return Question(column, plain or column, kind, f"{number}、{words}")


WENJUANXING = Export(is_wenjuanxing, shape_wenjuanxing)

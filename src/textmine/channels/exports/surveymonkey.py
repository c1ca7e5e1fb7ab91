"""SurveyMonkey: exports of all responses with two header rows, condensed or expanded, as CSV or Excel.

First row: fields, then each question over its columns (the further ones blank). Second row: what each column is, ``Response``,
``Open-Ended Response``, ``Other (please specify)``, a choice, or a row of a matrix. Source: SurveyMonkey, "Exporting Responses".
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.channels.decoding import clean_surrogates
from textmine.channels.exports.questions import Kind, Question, answers_frame, kind_of
from textmine.channels.exports.shape import Export, Shaped, first_column, first_known
from textmine.channels.values import as_cells, as_label, cell_text

IDS = ("Respondent ID", "RespondentID", "respondent_id", "受访者 ID", "受访者ID")
_COLLECTORS = ("Collector ID", "CollectorID", "collector_id", "收集器 ID", "收集器ID")
_CREATED = ("Date Modified", "EndDate", "date_modified", "修改日期", "Date Created", "StartDate", "date_created", "创建日期")
_MAIL = ("Email Address", "EmailAddress", "email_address", "电子邮件地址")
_CUSTOM = ("Custom Data 1", "CustomData1", "custom_1", "自定义数据", "自定义数据 1")
MACHINE = ("IP Address", "IPAddress", "ip_address", "IP 地址", "IP地址")
_FIELDS = frozenset(
    (*IDS, *_COLLECTORS, *_CREATED, *_MAIL, *_CUSTOM, *MACHINE)
    + ("First Name", "FirstName", "first_name", "名字", "Last Name", "LastName", "last_name", "姓氏")
)
_CUSTOM_FIELD = re.compile(r"custom[ _]?(?:data|value)[ _]?\d*|custom_\d+", re.IGNORECASE)
_BLANK = re.compile(r"column_\d+|Unnamed: \d+")
_OPEN = re.compile(r"open-ended response|开放式(?:答案|回答|答复|回复|问题回复)", re.IGNORECASE)
_OTHER = re.compile(r"other \(please|please specify|其他|其它|请注明", re.IGNORECASE)
_PLAIN = re.compile(r"response|回答|答案|答复|回复", re.IGNORECASE)
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b(.*)", re.DOTALL)


def is_surveymonkey(frame: pd.DataFrame) -> bool:
    """Whether the frame has numbers of respondent and collector, and a first row that only names columns."""
    number = first_column(frame, *IDS)
    return number is not None and first_column(frame, *_COLLECTORS) is not None and bool(_second_heads(frame.head(3))[:1].any())


def shape_surveymonkey(frame: pd.DataFrame, *, zone: str) -> Shaped:
    """One row a respondent; the address of the machine is left out.

    Times such as 11/03/2026 2:05 PM have the month first, as SurveyMonkey writes them; where one row shows the day first, no such
    time of the file is read.
    """
    heads = _second_heads(frame)
    below = frame[heads].iloc[0]
    rows = frame[~heads].reset_index(drop=True)
    questions, stem = [], ""
    for name in frame.columns:
        if name in _FIELDS or name == "_row" or _CUSTOM_FIELD.fullmatch(name):
            continue
        sub = cell_text(below[name]) or ""
        stem = stem if _BLANK.fullmatch(name) else name
        questions.append(_question(name, stem, sub.strip()))
    chosen = {name: _without_choice(rows[name], cell_text(below[name])) for name in (question.column for question in questions)}
    times = {name: _month_first(rows[name]) for name in _CREATED if name in rows.columns}
    fields: dict[str, pd.Series[Any]] = {
        "answer_id": first_known(rows, *IDS),
        "created_at": first_known(rows.assign(**times), *_CREATED),
        "customer": first_known(rows, *_CUSTOM, *_MAIL),
    }
    return answers_frame(rows.assign(**chosen), questions, fields, export="surveymonkey", dropped=MACHINE)


def _second_heads(frame: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Rows without a respondent's number that say what the columns are; only the first can be one."""
    number, texts = first_column(frame, *IDS), frame.drop(columns=["_row"]).head(1)
    found = np.zeros(len(frame), dtype=bool)
    if len(frame) and number is not None and as_label(frame[number]).isna().iloc[0]:
        found[0] = any(cell_text(cell) for cell in texts.iloc[0])
    return found


def _question(column: str, stem: str, sub: str) -> Question:
    words = stem if not sub or _PLAIN.fullmatch(sub) or _OPEN.fullmatch(sub) else f"{stem} - {sub}"
    if _OPEN.fullmatch(sub) or _OTHER.search(sub):
        return Question(column, words, "contact" if kind_of(stem) == "contact" else "open")
    alone = words == stem
    kind: Kind = kind_of(words, matrix=not alone)
    if kind in ("open", "other"):
        return Question(column, words, "choice" if alone and sub else "other")
    return Question(column, words, kind)


def _without_choice(cells: pd.Series[Any], sub: str | None) -> pd.Series[Any]:
    """The cells, null where they only repeat the choice that the column stands for."""
    same = as_label(cells).isin([clean_surrogates(sub or "").strip()]).to_numpy()
    return cells.mask(same) if same.any() else cells


def _month_first(cells: pd.Series[Any]) -> pd.Series[Any]:
    labels = as_cells(as_label(cells))
    found = [_SLASHED.fullmatch(label) if label else None for label in labels]
    if any(match and int(match[1]) > 12 for match in found):
        return cells
    turned = [f"{m[3]}-{int(m[1]):02}-{int(m[2]):02}{m[4]}" if m else raw for m, raw in zip(found, cells, strict=True)]
    return pd.Series(turned, index=cells.index, dtype=object)


SURVEYMONKEY = Export(is_surveymonkey, shape_surveymonkey)

"""Chat sessions: one record a session, the customer's words apart from the staff's."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from textmine.channels.dialogue import fill_time, read_dialogues, with_session_number
from textmine.channels.feedback import Parsed, empty_feedback
from textmine.channels.fields import Fields, numbered, read_fields, settle, words_of_columns
from textmine.channels.grouped import Groups, first_of_groups, groups_of, joined_words, rows_of_groups
from textmine.channels.mapping import Mapped, find_columns
from textmine.channels.sections import dialogues_of_lines
from textmine.channels.turns import speaker_side
from textmine.channels.values import as_key, as_label
from textmine.settings import Columns, Source


def read_chat(frame: pd.DataFrame, *, source: Source) -> Parsed:
    """Records of chats, one a session.

    Shape: ``{session_id, customer, agent, messages: [{role, text, time}]}``, one a row; or a flat table, one row a message:
    会话编号, 角色, 内容, 时间, and any field of the session (first value that is not null). Sessions keep the order in which they
    begin, messages that of the rows; ``row_number`` is that of the first message. ``created_at`` is the time of the first
    message, ``first_response_at`` that of the first by a person of the staff. A table with neither roles nor messages is read as
    the customer's words; lines of a text file as the hotline's.

    Raises
    ------
    UnitError
        ``missing_column`` where no column holds the words, or one that the config names is not there.
    """
    if frame.empty:
        return Parsed(empty_feedback(), [], 0)
    rows, columns = numbered(frame), source.columns
    if (calls := dialogues_of_lines(rows)) is not None:
        rows, columns = calls, Columns()
    mapped = find_columns(rows, columns, where=source.name, text_fields=("messages", "transcript", "text"))
    if mapped.get("role") is None or mapped.texts == (mapped.get("messages"),):
        return read_dialogues(rows, mapped, source=source, channel="chat")
    return _flat(rows, mapped, source)


def _flat(rows: pd.DataFrame, mapped: Mapped, source: Source) -> Parsed:
    column = mapped.get("session")
    alone = np.arange(len(rows), dtype=np.int64)
    groups = groups_of(as_key(rows[column], column=column, where=source.name)) if column else alone
    used = [*mapped.one.values(), *mapped.dimension_scores, *mapped.attributes]
    sessions = first_of_groups(rows, groups, columns=list(dict.fromkeys(used)))
    fields = with_session_number(read_fields(sessions, mapped, source=source), sessions, mapped, source=source)
    words, sides = words_of_columns(rows, mapped), _sides(rows, mapped, fields, groups)
    if time := mapped.get("created_at"):
        answers = first_of_groups(rows.assign(_answer=rows[time].where(sides == "staff")), groups, columns=["_answer"])
        fields = fill_time(fields, "first_response_at", answers["_answer"], source=source)
    said = {
        "text": joined_words(words, groups, where=sides == "customer"),
        "staff_text": joined_words(words, groups, where=sides != "customer"),
        "had_turns": np.bincount(groups, weights=rows[mapped.one["role"]].notna()) > 0,
    }
    return settle(_with_messages(fields, rows, groups), said, channel="chat")


def _sides(rows: pd.DataFrame, mapped: Mapped, fields: Fields, groups: Groups) -> npt.NDArray[np.object_]:
    """Side of each message's speaker; one not known by role may be called like the session's customer or agent."""
    roles = as_label(rows[mapped.one["role"]])
    blank = pd.Series("", index=range(len(fields.frame)))
    customers, agents = (fields.values.get(name, blank).fillna("").take(groups) for name in ("customer", "agent"))
    triples = pd.MultiIndex.from_arrays([roles.fillna(""), customers, agents])
    codes, uniques = pd.factorize(triples)
    sides = [speaker_side(role, customer=customer, agent=agent) for role, customer, agent in uniques]
    return np.array(sides, dtype=object)[codes]


def _with_messages(fields: Fields, rows: pd.DataFrame, groups: Groups) -> Fields:
    """The fields with the raw messages beside each bad session, so that nothing of it is lost."""
    wrong = np.flatnonzero(fields.bad != "")
    if not len(wrong):
        return fields
    messages = np.full(len(fields.frame), None, dtype=object)
    for place, raw in zip(wrong, rows_of_groups(rows, groups, wrong), strict=True):
        messages[place] = raw
    return Fields(fields.frame.assign(_messages=messages), fields.values, fields.bad)

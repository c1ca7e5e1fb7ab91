"""Interviews and focus groups: every turn of a customer is a record, under the question that was asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from textmine.channels.feedback import STRING, Parsed, empty_feedback
from textmine.channels.fields import Fields, add_attributes, numbered, read_fields, settle, words_of_columns
from textmine.channels.grouped import groups_of, joined_words
from textmine.channels.mapping import Mapped, find_columns
from textmine.channels.sections import NUMBERS, Section, is_lines, sections_of
from textmine.channels.speakers import turn_of_line
from textmine.channels.turns import speaker_side
from textmine.channels.values import as_key, as_label
from textmine.settings import Columns, Source


def read_interview(frame: pd.DataFrame, *, source: Source) -> Parsed:
    """Records of interviews, one a turn of a customer.

    Shape: the lines of a transcript, a header (访谈编号, 访谈主题, 日期, 地点, 产品), then turns (主持人：…,
    受访者A（女，32岁）：…, A：…, 王女士：…); 访谈编号, or 访谈主题 where there is none, begins an interview. Or a table 访谈编号,
    时间, 发言人, 内容. ``question`` and ``staff_text`` are the moderator's words before the turn. In an interview with a number
    (else subject and date) the customer is that number with the speaker's label, so that the A of two interviews are two;
    ``answer_id`` links a speaker's turns; ``source_ref`` counts the turns. Without one these are null. An interview without a
    customer's turn is one record with null text. Lines or a table without speakers are the customers' words, a record each.

    Raises
    ------
    UnitError
        ``missing_column`` where no column holds the words, or one that the config names is not there.
    """
    if frame.empty:
        return Parsed(empty_feedback(), [], 0)
    rows, columns = numbered(frame), source.columns
    if is_lines(rows) and (turns := _turns_of_lines(rows)) is not None:
        rows, columns = turns, Columns()
    mapped = find_columns(rows, columns, where=source.name)
    if mapped.get("role") is None:
        return settle(read_fields(rows, mapped, source=source), {"text": words_of_columns(rows, mapped)}, channel="interview")
    return _records(rows, mapped, source)


def _turns_of_lines(rows: pd.DataFrame) -> pd.DataFrame | None:
    """One row a turn, with the fields of its interview's header; None where nobody speaks."""
    sections = sections_of(rows, starts=NUMBERS)
    if not any(name in section.header for section in sections for name in NUMBERS):
        sections = sections_of(rows, starts=("subject",))
    turns = [turn for section, name in zip(sections, _names(sections), strict=True) for turn in _turns(section, name)]
    if not any(turn["role"] for turn in turns):
        return None
    frame = pd.DataFrame(turns)
    return frame.astype({name: STRING for name in frame.columns if name != "_row"})


def _names(sections: Sequence[Section]) -> list[str | None]:
    """What tells each interview from all others: its number, else subject and date (with a count, if a file repeats them)."""
    names: list[str | None] = []
    for section in sections:
        parts = [section.header[name] for name in (*NUMBERS, "subject", "created_at") if name in section.header]
        name = parts[0] if any(number in section.header for number in NUMBERS) else " ".join(parts)
        names.append(f"{name} ({names.count(name) + 1})" if name in names else name or None)
    return names


def _turns(section: Section, name: str | None) -> list[dict[str, Any]]:
    header = {key: value for key, value in section.header.items() if key not in NUMBERS}
    turns: list[dict[str, Any]] = []
    for row, line in section.lines:
        if turn := turn_of_line(line):
            turns.append({**header, "session": name, "_row": row, "role": turn.speaker, "text": turn.words})
        elif turns:
            turns[-1]["text"] += "\n" + line.strip()
    return turns or [{**header, "session": name, "_row": row, "role": "", "text": line} for row, line in section.lines]


def _records(rows: pd.DataFrame, mapped: Mapped, source: Source) -> Parsed:
    talk = _talk(rows, mapped, source)
    kept = np.flatnonzero(talk["side"] == "customer")
    chosen, turns = rows.take(kept).reset_index(drop=True), talk.take(kept).reset_index(drop=True)
    fields = _with_numbers(read_fields(chosen, mapped, source=source), turns)
    if subject := mapped.get("subject"):
        fields = add_attributes(fields, {"interview": as_label(chosen[subject])})
    said = {"text": turns["words"], "staff_text": turns["asked"], "question": turns["asked"], "had_turns": turns["spoken"]}
    return settle(fields, said, channel="interview")


def _talk(rows: pd.DataFrame, mapped: Mapped, source: Source) -> pd.DataFrame:
    """Words, speaker, side and interview of each row; ``spoken``: a speaker is named; ``asked``: staff's words before it."""
    speakers = as_label(rows[mapped.one["role"]])
    codes, uniques = pd.factorize(speakers)
    sides = np.array([*(speaker_side(speaker) for speaker in uniques), "customer"], dtype=object)[codes]
    interviews = _interviews(rows, mapped, source)
    talk = pd.DataFrame({"words": words_of_columns(rows, mapped), "speaker": speakers, "side": sides, "interview": interviews})
    talk["spoken"] = speakers.notna()
    talk["group"] = groups_of(interviews.fillna(""))
    talk["asked"] = talk["words"].where(talk["side"] != "customer").groupby(talk["group"]).ffill()
    return _with_silent(talk)


def _interviews(rows: pd.DataFrame, mapped: Mapped, source: Source) -> pd.Series[str]:
    """What tells each row's interview from others: its number, else its subject and date; null where there is neither."""
    if column := mapped.get("session"):
        return as_key(rows[column], column=column, where=source.name)
    parts = [as_label(rows[column]) for name in ("subject", "created_at") if (column := mapped.get(name))]
    if not parts or mapped.get("subject") is None:
        return pd.Series(index=rows.index, dtype=STRING)
    return parts[0] + " " + parts[1].fillna("") if len(parts) > 1 else parts[0]


def _with_silent(talk: pd.DataFrame) -> pd.DataFrame:
    """Interviews in which no customer speaks get one turn of a customer without words, so that they are counted."""
    spoken = (talk["side"] == "customer").groupby(talk["group"]).transform("any")
    silent = ~spoken & ~talk.duplicated("group")
    if not silent.any():
        return talk
    heard = joined_words(talk["words"], talk["group"].to_numpy(), where=(~spoken).to_numpy()).take(talk["group"].to_numpy())
    return talk.assign(
        side=talk["side"].mask(silent, "customer"),
        asked=talk["asked"].mask(silent, heard.set_axis(talk.index)),
        words=talk["words"].mask(silent),
        speaker=talk["speaker"].mask(silent),
    )


def _with_numbers(fields: Fields, turns: pd.DataFrame) -> Fields:
    """The fields with numbers of turn and speaker within the interview, where the source has none of its own."""
    speaker = turns["speaker"].fillna("")
    first = ~pd.DataFrame({"group": turns["group"], "speaker": speaker}).duplicated()
    order = first.astype(int).groupby(turns["group"]).cumsum().where(first).groupby([turns["group"], speaker]).transform("first")
    turn = turns.groupby("group").cumcount() + 1
    given = {
        "source_ref": turns["interview"] + "-" + turn.astype(STRING).str.zfill(3),
        "answer_id": turns["interview"] + "#" + order.astype("int64").astype(STRING),
        "customer": turns["interview"] + ":" + turns["speaker"],
    }
    values = {name: own.fillna(value) if (own := fields.values.get(name)) is not None else value for name, value in given.items()}
    return replace(fields, values={**fields.values, **values})

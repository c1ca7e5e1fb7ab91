"""Chatwoot: conversations (tickets) with their messages, or the messages of one, as its interface and its exports give them.

Shape: Chatwoot API, "Conversations" and "Messages": ``message_type`` 0 or incoming is the customer's, 1 or outgoing the staff's,
2 (activity) and 3 (template) a machine's; ``private`` marks a note of the staff among themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from textmine.channels.exports.shape import Export, Shaped, has_columns, named
from textmine.channels.values import cell_text

SIDES: Mapping[Any, str] = {
    0: "customer",
    "incoming": "customer",
    1: "agent",
    "outgoing": "agent",
    2: "system",
    "activity": "system",
    3: "bot",
    "template": "bot",
}
_PERSON = ("identifier", "email", "phone_number", "id")


def is_chatwoot(frame: pd.DataFrame) -> bool:
    """Whether the frame holds conversations of an inbox with messages, or messages of a conversation."""
    return has_columns(frame, "id", "messages", "inbox_id") or has_columns(frame, "message_type", "content", "conversation_id")


def shape_chatwoot(frame: pd.DataFrame, *, zone: str) -> Shaped:
    """One row a conversation, its messages by side and in the order of their times; private notes are left out.

    Who wrote is known by the number the shop gave (``identifier``), else the mail, else the phone, else Chatwoot's own number.
    """
    rows = _conversations(frame) if "messages" in frame.columns else _of_messages(frame)
    fields = {name: name for name in ("created_at", "customer", "agent", "team", "status", "source_ref")}
    return named(rows, fields, export="chatwoot", channel="chat", lists={"text": ["messages"]})


def _conversations(frame: pd.DataFrame) -> pd.DataFrame:
    records = frame.to_dict(orient="records")
    return pd.DataFrame(
        {
            "source_ref": [record["id"] for record in records],
            "messages": [[_message(message) for message in _spoken(record["messages"])] for record in records],
            "customer": [_person(_of_meta(record, "sender")) for record in records],
            "agent": [_person(_of_meta(record, "assignee"), "email", "id") for record in records],
            "team": [_inner(_of_meta(record, "team"), "name") for record in records],
            "status": [record.get("status") for record in records],
            "created_at": [record.get("created_at") for record in records],
            "_row": frame["_row"].to_numpy(),
        }
    )


def _of_messages(frame: pd.DataFrame) -> pd.DataFrame:
    """One row a conversation of a file with a row a message."""
    talks: dict[Any, list[dict[Any, Any]]] = {}
    for place, record in enumerate(frame.to_dict(orient="records")):
        number = cell_text(record["conversation_id"])
        talks.setdefault(number if number else ("alone", place), []).append(record)
    sender = {number: _first(talk, "customer") for number, talk in talks.items()}
    return pd.DataFrame(
        {
            "source_ref": [number if isinstance(number, str) else None for number in talks],
            "messages": [[_message(message) for message in _spoken(talk)] for talk in talks.values()],
            "customer": [_person(sender[number]) for number in talks],
            "agent": [_person(_first(talk, "agent"), "email", "id") for talk in talks.values()],
            "_row": [talk[0]["_row"] for talk in talks.values()],
        }
    )


def _spoken(messages: Any) -> list[Mapping[str, Any]]:
    """The messages between customer and staff, by time where they have one."""
    talk = [message for message in messages if isinstance(message, Mapping)] if isinstance(messages, list) else []
    said = [message for message in talk if not message.get("private") or message.get("private") in ("false", "False")]
    times = [message.get("created_at") for message in said]
    return sorted(said, key=lambda message: message["created_at"]) if all(isinstance(time, int) for time in times) else said


def _message(message: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "role": SIDES.get(_plain(message.get("message_type")), "system"),
        "text": message.get("content"),
        "time": message.get("created_at"),
    }


def _plain(kind: Any) -> Any:
    return int(kind) if isinstance(kind, str) and kind.isdigit() else kind if isinstance(kind, (str, int)) else None


def _first(talk: list[dict[Any, Any]], side: str) -> Any:
    return next((message.get("sender") for message in talk if SIDES.get(_plain(message.get("message_type"))) == side), None)


def _of_meta(record: Mapping[Any, Any], name: str) -> Any:
    return _inner(record.get("meta"), name) or record.get(name)


def _inner(value: Any, name: str) -> Any:
    return value.get(name) if isinstance(value, Mapping) else None


def _person(person: Any, *keys: str) -> Any:
    known = person if isinstance(person, Mapping) else {}
    return next((known[key] for key in keys or _PERSON if known.get(key) not in (None, "")), None)


CHATWOOT = Export(is_chatwoot, shape_chatwoot)

"""Strict JSON: what is no JSON, or says two things at once, is found and named instead of read."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from typing import Any

from textmine.channels.decoding import clean_surrogates
from textmine.errors import UnitError

MAX_DEPTH = 64
"""Levels of arrays and objects in a value. Records that people write have under ten."""

_WRAPPERS = ("data", "records", "items", "results", "result", "rows", "list", "responses", "values", "entries")
_INNER = (
    "messages",
    "turns",
    "dialog",
    "dialogue",
    "conversation",
    "comments",
    "replies",
    "answers",
    "attachments",
    "tags",
    "对话",
    "消息",
    "评论",
    "回复",
    "附件",
    "标签",
)
_ENVELOPE = frozenset(
    (
        *_WRAPPERS,
        *("code", "errcode", "error", "errmsg", "msg", "message", "status", "success", "requestid", "traceid"),
        *("total", "count", "page", "pages", "pagesize", "size", "limit", "offset", "hasmore", "cursor", "token"),
        *("next", "nextpage", "nextcursor", "nextpagetoken", "nexttoken", "previous", "prev"),
        *("date", "time", "timestamp", "servertime", "exportedat", "generatedat", "version"),
    )
)
"""Keys of an answer around its records, in lower case without ``_`` and ``-``. No key of a customer's words."""

_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


@dataclass(frozen=True)
class Flaw:
    """Stands where a value could not be taken as it is: reason code, and the value for the reject store."""

    reason: str
    value: object


class JsonReader:
    """Reads JSON texts. ``flawed`` says whether the last one holds a ``Flaw``."""

    def __init__(self) -> None:
        self.flawed = False
        self._decoder = json.JSONDecoder(object_pairs_hook=self._object, parse_constant=self._constant, parse_float=self._float)

    def read(self, text: str) -> Any:
        """The value of a text; a ``Flaw`` stands for it, or within it, where it is not strict JSON.

        Flaws: ``json_invalid`` (no JSON; NaN or Infinity), ``json_duplicate_key``, ``json_too_deep``. Whole numbers
        keep all digits; a lone surrogate, which no file could hold, becomes U+FFFD.
        """
        self.flawed = False
        if _depth(text) > MAX_DEPTH:
            return self._flaw("json_too_deep", text)
        try:
            value = self._decoder.decode(text)
        except (ValueError, RecursionError):
            return self._flaw("json_invalid", text)
        return _without_surrogates(value) if _SURROGATE.search(text) else value

    def _object(self, pairs: list[tuple[str, Any]]) -> object:
        value = dict(pairs)
        return value if len(value) == len(pairs) else self._flaw("json_duplicate_key", pairs)

    def _constant(self, name: str) -> Flaw:
        return self._flaw("json_invalid", name)

    def _float(self, digits: str) -> float | Flaw:
        value = float(digits)
        return value if math.isfinite(value) else self._flaw("json_invalid", digits)

    def _flaw(self, reason: str, value: object) -> Flaw:
        self.flawed = True
        return Flaw(reason, value)


def first_flaw(value: object) -> Flaw | None:
    """The first flaw in a value, None if there is none."""
    if isinstance(value, Flaw):
        return value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return next((flaw for flaw in map(first_flaw, inner) if flaw), None)


def dump(value: object) -> bytes:
    """A value as JSON for the reject store; pairs of a repeated key as an array, so that both are kept."""
    return json.dumps(value, default=lambda flaw: flaw.value).encode()


def records_of(value: Any, *, name: str) -> list[Any]:
    """The records in a JSON value: the array itself, the one an object holds, or the object as one record.

    An object with a string of its own (a comment beside the goods it is about) is one record, whatever arrays it
    holds; an envelope's code, message or page is no such string. The array of any other object stands under a usual
    name (data, records, items ...), or is its only array of objects and no part of a record (messages, comments ...);
    up to three levels down, as in {"data": {"list": [...]}}.

    Raises
    ------
    UnitError
        ``json_not_object`` if there are no objects, or several arrays of them.
    """
    if isinstance(value, list):
        return value
    level = [value]
    for _ in range(3):
        holders = [(key, inner) for item in level if isinstance(item, dict) for key, inner in item.items() if key not in _INNER]
        arrays = {key: inner for key, inner in holders if _may_be_records(key, inner)}
        if arrays and level[0] is value and _has_words(value):
            break
        named = [key for key in _WRAPPERS if key in arrays]
        if named or len(arrays) == 1:
            return list(arrays[named[0]] if named else next(iter(arrays.values())))
        if arrays:
            raise UnitError(
                "several arrays of records",
                reason="json_not_object",
                where=name,
                got=sorted(arrays),
                allowed=_WRAPPERS,
                todo="export one array, or name it `data`",
            )
        level = [inner for key, inner in holders if isinstance(inner, dict) and key in _WRAPPERS]
    if not isinstance(value, dict):
        raise UnitError(
            "no records",
            reason="json_not_object",
            where=name,
            got=type(value).__name__,
            allowed="an array of objects, or an object that holds one",
            todo="export records as objects",
        )
    return [value]


def _has_words(value: dict[str, Any]) -> bool:
    return any(
        isinstance(inner, str) and inner.strip() and key.lower().replace("_", "").replace("-", "") not in _ENVELOPE
        for key, inner in value.items()
    )


def _may_be_records(key: str, value: object) -> bool:
    return isinstance(value, list) and (isinstance(value[0], dict | Flaw) if value else key in _WRAPPERS)


def _depth(text: str) -> int:
    if text.count("{") + text.count("[") <= MAX_DEPTH:
        return 0
    depth = deepest = 0
    for bracket in _BRACKETS.findall(_STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest


def _without_surrogates(value: object) -> object:
    if isinstance(value, str):
        return clean_surrogates(value)
    if isinstance(value, list):
        return [_without_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {clean_surrogates(key): _without_surrogates(item) for key, item in value.items()}
    return value

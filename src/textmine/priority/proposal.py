"""A policy file with other numbers: only they change, in place; every comment, word and line stays where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from textmine.errors import ConfigError
from textmine.priority.adjust import Key

OPTIONAL = (("weights", "cue"), ("weights", "learned_urgency"))
_HEADER = re.compile(r"\[(?P<section>[A-Za-z0-9_.]+)\]\s*(?:#.*)?")
_CUE = re.compile(r"\[\[cue\]\]\s*(?:#.*)?")
_TABLE = re.compile(r"\[\[.*")
_CODE = re.compile(r'code\s*=\s*"(?P<code>\w+)"')
_NUMBER = re.compile(r"(?P<key>\w+)(?P<equals>\s*=\s*)(?P<number>[+-]?[0-9.]+)(?P<rest>\s*(?:#.*)?)$")


def rewrite(text: str, numbers: Mapping[Key, float]) -> str:
    """The text of a policy file with these numbers (as of `numbers_of`); those it does not hold are left out silently.

    Raises
    ------
    ConfigError
        If a number that changes is not written on a line of its own, as in ``severity = 0.6``.
    """
    before = dict(_places(text))
    missing = [".".join(key) for key in numbers if key not in before and key not in OPTIONAL]
    if missing:
        raise ConfigError("numbers of the policy are not on lines of their own", got=missing, todo="write one number a line")
    lines = text.split("\n")
    for key, number in numbers.items():
        if key not in before:
            continue
        at = before[key]
        found = _NUMBER.match(lines[at])
        if found is not None and float(found["number"]) != number:
            lines[at] = _replaced(found, number)
    return "\n".join(lines)


def _replaced(found: re.Match[str], number: float) -> str:
    """The line with another number; a comment behind it stays in its column where it can."""
    written = f"{number:.2f}" if round(number, 1) != number else f"{number:.1f}"
    start = f"{found['key']}{found['equals']}{written}"
    comment = found["rest"].lstrip()
    width = len(found[0]) - len(comment)
    return f"{start:<{width}}{comment}" if comment else start


def _places(text: str) -> Iterator[tuple[Key, int]]:
    """Each number of the file and its line from 0."""
    section, code = "", ""
    for at, line in enumerate(text.split("\n")):
        if _CUE.fullmatch(line):
            section, code = "cue", ""
        elif _TABLE.fullmatch(line):
            section = ""
        elif header := _HEADER.fullmatch(line):
            section = header["section"]
        elif section == "cue" and (named := _CODE.match(line)):
            code = named["code"]
        elif number := _NUMBER.match(line):
            yield from ((key, at) for key in _key(section, code, number["key"]))


def _key(section: str, code: str, name: str) -> Iterator[Key]:
    if section in ("weights", "cuts"):
        yield section, name
    elif section.startswith("values."):
        yield "values", section.partition(".")[2], name
    elif section == "cue" and name == "value":
        yield "values", "cue", code

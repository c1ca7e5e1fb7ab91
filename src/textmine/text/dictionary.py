"""The domain dictionary: words jieba does not know or would cut apart, in jieba's own form ``word freq tag``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from textmine.errors import ConfigError

# What both engines can find as one word: Chinese characters, ASCII letters and digits. jieba also knows +, #, &, %, ., _
# and -, but rjieba cuts those otherwise, so an entry with one of them would make the engines differ.
_MATCHABLE = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9]{2,}")
_LINE = re.compile(r"(\S.*?) ([1-9][0-9]{0,8}) ([a-z]{1,8})")


@dataclass(frozen=True)
class Entry:
    """One word of the dictionary: its frequency in jieba's scale, its part of speech, its line in the file from 1."""

    word: str
    frequency: int
    tag: str
    line: int = 0

    @property
    def matchable(self) -> bool:
        """Whether the word can ever be found in a text (two or more characters, no blank, no punctuation)."""
        return _MATCHABLE.fullmatch(self.word) is not None


def read_dictionary(path: Path) -> tuple[Entry, ...]:
    """The entries of a dictionary file, in the order of the file.

    Raises
    ------
    ConfigError
        If the file is missing or no UTF-8, or a line is not ``word freq tag``.
    """
    if not path.is_file():
        raise ConfigError("no dictionary file", where=str(path), todo="give the dictionary.txt of a bundle")
    return parse_dictionary(path.read_bytes(), where=str(path))


def parse_dictionary(content: bytes, *, where: str = "dictionary") -> tuple[Entry, ...]:
    """The entries of a dictionary file's bytes. Empty lines and lines that begin with ``#`` say nothing.

    Raises
    ------
    ConfigError
        If the bytes are no UTF-8, or a line is not ``word freq tag`` with a frequency of 1 to 999,999,999.
    """
    try:
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise ConfigError("not UTF-8", where=where, todo="save the file as UTF-8") from error
    rows = ((number, line.strip()) for number, line in enumerate(lines, 1))
    return tuple(_entry(line, number, where) for number, line in rows if line and not line.startswith("#"))


def _entry(line: str, number: int, where: str) -> Entry:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ConfigError(
            "not a dictionary line",
            where=f"{where}: line {number}",
            got=line[:40],
            allowed="word freq tag, freq from 1",
            todo="write e.g. 打不通 3 v",
        )
    return Entry(found[1], int(found[2]), found[3], number)

"""The two engines that cut text into words: jieba, the reference, and rjieba, the same cuts in Rust, 15 times as fast."""

from __future__ import annotations

import importlib
import logging
import re
import string
import warnings
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any, Protocol

import rjieba

from textmine.errors import ConfigError, nearest
from textmine.text.dictionary import Entry, parse_dictionary

# Characters that rjieba takes for Chinese characters and jieba does not: each is a token of its own.
_RARE = "\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
# rjieba 0.2.2 joins 6-8, 5.2KG, t.cn and a_b to one word; jieba cuts them.
_UNSAFE = re.compile(f"[._\\-{_RARE}]")
_RUN = re.compile(r"[a-zA-Z0-9+#&._%\-]+")
_ALPHANUMERIC = frozenset(string.ascii_letters + string.digits)
# jieba's own rule for such runs (finalseg.re_skip), before it the words with signs that jieba's dictionary holds.
_SIGNED = r"AT&T|[cC](?:\+\+|#)"
_PIECE = re.compile(rf"({_SIGNED}|(?:(?!{_SIGNED})[a-zA-Z0-9])+(?:\.\d+)?%?)")
_SIGN = re.compile(r"[._\-]")


class Engine(Protocol):
    """Cuts a text into words that, put together again, are the text."""

    def __init__(self, entries: Iterable[Entry]) -> None: ...

    def cut(self, text: str) -> list[str]:
        """The words of the text in order, white space and punctuation included."""
        ...

    def knows(self, word: str) -> bool:
        """Whether the word is in the dictionary, of jieba or ours."""
        ...


class JiebaEngine:
    """jieba with its dictionary and HMM in an instance of its own.

    The dictionary is read from the package at each start, so no cache file is read or written: jieba would load
    ``jieba.cache`` from the common temporary folder with marshal, whoever put it there.
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        jieba = _import_jieba()
        self._tokenizer = jieba.Tokenizer()
        self._tokenizer.FREQ, self._tokenizer.total = self._tokenizer.gen_pfdict(self._tokenizer.get_dict_file())
        self._tokenizer.initialized = True
        for entry in _usable(entries):
            known = self._tokenizer.FREQ.get(entry.word, 0)
            self._tokenizer.add_word(entry.word, entry.frequency, entry.tag)
            self._tokenizer.total -= known  # jieba counts a word that is added again twice

    def cut(self, text: str) -> list[str]:
        """The words of the text as jieba.lcut gives them."""
        words: list[str] = self._tokenizer.lcut(text)
        return words

    def knows(self, word: str) -> bool:
        """Whether the word is in the dictionary, of jieba or ours."""
        return bool(self._tokenizer.FREQ.get(word))  # jieba keeps the beginnings of words too, with frequency 0


class RjiebaEngine:
    """rjieba with jieba's dictionary and HMM, kept to jieba's cuts where rjieba 0.2.2 differs.

    Runs that hold ``.``, ``-`` or ``_`` are cut apart first by jieba's rule, and so are characters outside
    U+4E00-U+9FD5. What is left differs only where two cuts are equally likely and rounding decides (赞赞赞赞赞).
    """

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._jieba = rjieba.Jieba()
        for entry in _usable(entries):
            self._jieba.add_word(entry.word, entry.frequency, entry.tag)

    def cut(self, text: str) -> list[str]:
        """The words of the text as jieba.lcut gives them."""
        if _UNSAFE.search(text) is None:
            return self._jieba.cut(text)
        return [word for part in _parts(text) for word in self._jieba.cut(part)]

    def knows(self, word: str) -> bool:
        """Whether the word is in the dictionary, of jieba or ours."""
        return self._jieba.has_word(word)

    def suggest_frequency(self, word: str) -> int:
        """The least frequency at which the word is likelier than its parts (jieba.suggest_freq)."""
        return self._jieba.suggest_freq(word)

    def tag_of_last(self, word: str) -> str:
        """Part of speech, by jieba, of the last part of the word; ``n`` where it has none."""
        tag = self._jieba.tag(word)[-1][1]
        return tag if tag.isalpha() and tag.islower() and tag not in ("x", "eng", "zg") else "n"


ENGINES: Mapping[str, type[Engine]] = {"rjieba": RjiebaEngine, "jieba": JiebaEngine}


@lru_cache(maxsize=4)
def open_engine(name: str, dictionary: bytes) -> Engine:
    """The engine with a dictionary file's words, opened once a process for the same bytes.

    Raises
    ------
    ConfigError
        If no engine has this name, or the dictionary is not one.
    """
    if name not in ENGINES:
        raise ConfigError("no such engine", got=name, allowed=ENGINES, todo=f"did you mean {nearest(name, ENGINES)!r}?")
    return ENGINES[name](parse_dictionary(dictionary))


def _usable(entries: Iterable[Entry]) -> list[Entry]:
    """The entries that can match, the last one where a word repeats: adding it twice would count it twice in jieba."""
    return list({entry.word: entry for entry in entries if entry.matchable}.values())


def _parts(text: str) -> Iterator[str]:
    """The text in parts that rjieba and jieba cut alike; put together they are the text."""
    start = 0
    for edge in _edges(text):
        if edge > start:
            yield text[start:edge]
            start = edge
    if start < len(text):
        yield text[start:]


def _edges(text: str) -> Iterator[int]:
    """Positions at which a word must end, in order."""
    done = 0
    for sign in _UNSAFE.finditer(text):
        start = sign.start()
        if start < done:
            continue
        if not sign.group().isascii():
            yield from (start, start + 1)
            continue
        run_end = _RUN.match(text, start).end()  # type: ignore[union-attr]
        while start > done and text[start - 1] in _ALPHANUMERIC:
            start -= 1
        pieces = [piece for piece in _PIECE.split(text[start:run_end]) if piece]
        for left, right in pairwise(pieces):
            start += len(left)
            if _SIGN.search(left) or _SIGN.search(right):
                yield start
        done = run_end


def _import_jieba() -> Any:
    """The module jieba, without its warnings (pkg_resources, old escapes) and its progress on stderr."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = importlib.import_module("jieba")
    logging.getLogger("jieba").setLevel(logging.WARNING)
    return module

"""What is wrong with a domain dictionary: entries without effect, in conflict, or too rare to be cut whole."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from textmine.text.dictionary import Entry
from textmine.text.engines import RjiebaEngine

SERIOUS = ("never_matches", "conflict", "cut_apart")  # the other findings only say what could be left out


@dataclass(frozen=True)
class Finding:
    """One fault of a dictionary: line in the file, word, kind of fault, what to do.

    ``kind`` is ``never_matches`` (no text can hold it as one word), ``duplicate`` (same word, same values), ``conflict``
    (same word, other values; the last one counts), ``redundant`` (jieba cuts it whole without the entry) or
    ``cut_apart`` (it stays in parts in spite of the entry).
    """

    line: int
    word: str
    kind: str
    advice: str


def lint_dictionary(entries: Sequence[Entry], *, normal_form: Callable[[str], str] | None = None) -> list[Finding]:
    """Faults of the entries in the order of the file, none if all is well.

    Parameters
    ----------
    entries : sequence of Entry
        As read_dictionary gives them.
    normal_form : callable, optional
        The normal form of texts; a word that it changes (traditional characters, say) can never match.
        Left out: NFKC.
    """
    findings = [*_never_matching(entries, normal_form or _nfkc), *_repeated(entries), *_idle(entries)]
    return sorted(findings, key=lambda finding: (finding.line, finding.kind))


def suggest_frequency(word: str) -> int:
    """The frequency from which jieba's dictionary cuts the word whole (jieba.suggest_freq), 3 or more."""
    return max(3, _plain().suggest_frequency(word))


def suggest_entry(word: str) -> Entry:
    """An entry for the word: the frequency it needs, and the part of speech of its last part (the head of a Chinese noun)."""
    return Entry(word, suggest_frequency(word), _plain().tag_of_last(word))


def split_plainly(word: str) -> list[str]:
    """The parts into which jieba cuts the word without a domain dictionary."""
    return _plain().cut(word)


def _never_matching(entries: Sequence[Entry], normal_form: Callable[[str], str]) -> Iterator[Finding]:
    for entry in entries:
        normal = normal_form(entry.word)
        if not entry.matchable:
            yield Finding(entry.line, entry.word, "never_matches", "two or more characters: Chinese, ASCII letters, digits")
        elif normal != entry.word:
            yield Finding(entry.line, entry.word, "never_matches", f"texts hold it as {normal}: write that")


def _repeated(entries: Sequence[Entry]) -> Iterator[Finding]:
    seen: dict[str, Entry] = {}
    for entry in entries:
        first = seen.setdefault(entry.word, entry)
        if first is entry:
            continue
        if (first.frequency, first.tag) == (entry.frequency, entry.tag):
            yield Finding(entry.line, entry.word, "duplicate", f"it is in line {first.line}: take one out")
        else:
            yield Finding(entry.line, entry.word, "conflict", f"line {first.line} gives other values: keep one")


def _idle(entries: Sequence[Entry]) -> Iterator[Finding]:
    """Entries that change nothing, or not enough."""
    engine = RjiebaEngine(entries)
    for entry in entries:
        if not entry.matchable:
            continue
        if _plain().knows(entry.word) and _plain().cut(entry.word) == [entry.word]:
            yield Finding(entry.line, entry.word, "redundant", "jieba cuts it whole: take it out")
        elif (parts := engine.cut(entry.word)) != [entry.word]:
            needed = suggest_frequency(entry.word)
            advice = f"give frequency {needed}" if entry.frequency < needed else "another entry takes its parts"
            yield Finding(entry.line, entry.word, "cut_apart", f"{'/'.join(parts)}: {advice}")


def _nfkc(word: str) -> str:
    return unicodedata.normalize("NFKC", word)


@lru_cache(maxsize=1)
def _plain() -> RjiebaEngine:
    return RjiebaEngine(())

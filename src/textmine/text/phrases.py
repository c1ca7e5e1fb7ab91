"""All phrases of all vocabularies found in one pass over the texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

import numpy as np
import pandas as pd
import pyarrow as pa
from ahocorasick_rs import AhoCorasick

from textmine.errors import ConfigError
from textmine.taxonomy import Phrase
from textmine.text.clauses import SENTENCE_ENDS, count_openings, number_clauses
from textmine.text.codepoints import JoinedTexts, Whole, batches, decode, encode, join_texts, lower, runs_on
from textmine.text.negation import find_negated
from textmine.text.overlaps import find_covered
from textmine.text.phrase_pairs import find_pairs

_MARK = "…"
_LONGEST = 200  # characters of a phrase
_BATCH_CHARACTERS = 300_000


class PhraseMatcher:
    """Finds phrases of many lists in texts; ASCII letters match in either case.

    An ASCII letter or digit at the edge of a phrase must not touch another of its kind in the text, so ``app`` is not
    found in ``happy`` nor ``315`` in ``13155``.

    Parameters
    ----------
    phrases : iterable of Phrase
        The same words may stand in several lists or under several labels; each gives its own hit.

    Raises
    ------
    ConfigError
        If a phrase is empty, holds a line break or more than one ``…``, or has an empty side of it.
    """

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self.phrases = tuple(dict.fromkeys(phrases))
        parts = [_split(phrase) for phrase in self.phrases]
        surfaces = {surface: number for number, surface in enumerate(dict.fromkeys(chain.from_iterable(parts)))}
        self._automaton = AhoCorasick(list(surfaces)) if surfaces else None
        self._plain = _Groups([surfaces[part[0]] if len(part) == 1 else -1 for part in parts], len(surfaces))
        pairs = [(row, surfaces[part[0]], surfaces[part[1]]) for row, part in enumerate(parts) if len(part) == 2]
        self._pairs = np.array(pairs, np.int64).reshape(-1, 3)
        self._lists = pd.Categorical([phrase.list for phrase in self.phrases])
        self._labels = pd.Categorical([phrase.label for phrase in self.phrases])
        self._words = pd.Categorical([phrase.text for phrase in self.phrases])
        self._weights = np.array([phrase.weight for phrase in self.phrases], np.float32)

    def __reduce__(self) -> tuple[type[PhraseMatcher], tuple[tuple[Phrase, ...]]]:
        return PhraseMatcher, (self.phrases,)  # the automaton cannot be pickled; it is built in milliseconds

    def find(self, texts: pa.Array | pa.ChunkedArray | pd.Series | Sequence[str]) -> pd.DataFrame:
        """Hits in the texts, one row a phrase found, by document, start, end and place in the list of phrases.

        Columns: ``doc`` int32 (position of the text), ``clause`` int32 (of the first character; the numbers of tokens),
        ``start`` and ``end`` int32 (characters, end excluded), ``list``, ``label`` and ``words`` (the phrase as given),
        categorical with all values of the matcher, ``weight`` float32, ``negated`` bool (see negation.py).
        Within one list a hit that lies wholly inside a longer one is left out, and one that equals a side of an
        ``A…B`` that was found. Of ``A…B`` the nearest pairs count: B begins at most 12 characters after A in the same
        sentence. A missing text has no hits.
        """
        strings = _strings(texts)
        found = [self._find_batch(strings[first:last], first) for first, last in batches(strings, _BATCH_CHARACTERS)]
        empty = np.zeros(0, np.int64)
        columns = [np.concatenate(parts) for parts in zip((empty,) * 6, *found, strict=True)]
        rows, documents, clauses, starts, ends, negated = columns
        places = {"doc": documents, "clause": clauses, "start": starts, "end": ends}
        return pd.DataFrame(
            {name: values.astype(np.int32) for name, values in places.items()}
            | {"list": self._lists[rows], "label": self._labels[rows], "words": self._words[rows]}
            | {"weight": self._weights[rows], "negated": negated.astype(np.bool_)}
        )

    def _find_batch(self, texts: list[str], first: int) -> tuple[Whole, ...]:
        joined = join_texts(texts)
        surfaces, starts, ends = self._surfaces(joined)
        rows, hits = self._plain.expand(surfaces)
        paired, left, right = self._pairs_found(joined, surfaces, starts, ends)
        spans = np.concatenate([hits, left, right])
        owners = np.concatenate([rows, paired, paired])
        whole = np.arange(len(spans)) < len(hits)
        lists = self._lists.codes[owners].astype(np.int64)
        kept = ~find_covered(lists, starts[spans], ends[spans], whole=whole)[: len(hits)]
        rows = np.concatenate([rows[kept], paired])
        starts, ends = (np.concatenate([starts[hits[kept]], starts[left]]), np.concatenate([ends[hits[kept]], ends[right]]))
        order = np.lexsort((rows, ends, starts))
        return _placed(joined, rows[order], starts[order], ends[order], first)

    def _surfaces(self, joined: JoinedTexts) -> tuple[Whole, Whole, Whole]:
        """Every place of every surface: its number, start and end, by number and start."""
        if self._automaton is None:
            return (np.zeros(0, np.int64),) * 3
        codes = lower(joined.codes)
        raw = self._automaton.find_matches_as_indexes(decode(codes), overlapping=True)
        flat = np.fromiter(chain.from_iterable(raw), np.int64, 3 * len(raw)).reshape(-1, 3)
        flat = flat[~(runs_on(codes, flat[:, 1]) | runs_on(codes, flat[:, 2]))]
        flat = flat[np.argsort(flat[:, 0] * (len(codes) + 1) + flat[:, 1])]
        return flat[:, 0], flat[:, 1], flat[:, 2]

    def _pairs_found(self, joined: JoinedTexts, surfaces: Whole, starts: Whole, ends: Whole) -> tuple[Whole, Whole, Whole]:
        """Phrase row, hit of A and hit of B for each ``A…B`` found."""
        if len(self._pairs) == 0:
            return (np.zeros(0, np.int64),) * 3
        sentences = count_openings(joined, ends=SENTENCE_ENDS)
        rows, left, right = find_pairs(surfaces, starts, ends, pairs=self._pairs[:, 1:], sentences=sentences)
        return self._pairs[rows, 0], left, right


class _Groups:
    """For each surface the rows of the phrases that are spelled so."""

    def __init__(self, surfaces: list[int], n: int) -> None:
        numbers = np.array(surfaces, np.int64)
        order = np.argsort(numbers, kind="stable")
        self._rows = order[np.searchsorted(numbers[order], 0) :]
        self._bounds = np.searchsorted(numbers[self._rows], np.arange(n + 1))

    def expand(self, surfaces: Whole) -> tuple[Whole, Whole]:
        """Phrase row and position in ``surfaces`` of every hit."""
        first, last = self._bounds[surfaces], self._bounds[surfaces + 1]
        hits = np.repeat(np.arange(len(surfaces)), last - first)
        within = np.arange(len(hits)) - np.repeat(np.cumsum(last - first) - (last - first), last - first)
        return self._rows[first[hits] + within], hits


def _split(phrase: Phrase) -> list[str]:
    """The surface of a phrase, or the two sides of its ``…``, in lower case."""
    parts = [decode(lower(encode(part))) for part in phrase.text.split(_MARK)]
    if not all(part.strip() for part in parts) or len(parts) > 2 or "\n" in phrase.text or len(phrase.text) > _LONGEST:
        raise ConfigError(
            "a phrase is words, or words…words",
            where=f"{phrase.list}.{phrase.label}",
            got=repr(phrase.text[:40]),
            todo=f"leave nothing empty, at most one …, no line break, {_LONGEST} characters",
        )
    return parts


def _placed(joined: JoinedTexts, rows: Whole, starts: Whole, ends: Whole, first: int) -> tuple[Whole, ...]:
    """Phrase row, document, clause, start and end in the document, negated."""
    openings = count_openings(joined)
    documents = joined.documents(starts)
    clauses = number_clauses(openings, joined, starts, documents)
    negated = find_negated(joined.codes, openings, starts)
    home = joined.starts[documents]
    return rows, documents + first, clauses.astype(np.int64), starts - home, ends - home, negated.astype(np.int64)


def _strings(texts: pa.Array | pa.ChunkedArray | pd.Series | Sequence[str]) -> list[str]:
    if isinstance(texts, (pa.Array, pa.ChunkedArray)):
        return [text or "" for text in texts.to_pylist()]
    return pd.Series(texts, dtype="str").fillna("").tolist()

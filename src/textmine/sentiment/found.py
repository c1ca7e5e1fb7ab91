"""Where the lexicon's words stand in the tokens: one Aho-Corasick pass over the joined tokens of a whole chunk.

The cutter glues (挺好吃, 差得) and splits (不 怎么样) as the context has it, so words are looked for in the characters and then
held to the token edges: a word of one or two characters must begin and end at an edge, a longer one may stand anywhere.
"""

from __future__ import annotations

import functools
import itertools
from dataclasses import dataclass

import ahocorasick_rs
import numpy as np
import numpy.typing as npt

from textmine.sentiment.layout import Layout
from textmine.sentiment.lexicon import GAP_BYTES, KIND, Lexicon

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Found:
    """Words found, in text order; all arrays of one length. ``first`` and ``last`` count tokens of the chunk.

    ``word`` indexes the lexicon's surfaces, ``clause`` and ``sentence`` number the clauses and sentences of the chunk.
    """

    word: Ints
    first: Ints
    last: Ints
    doc: Ints
    clause: Ints
    sentence: Ints

    def __len__(self) -> int:
        return len(self.word)


def find_words(layout: Layout, lexicon: Lexicon) -> Found:
    """Words of the lexicon in the tokens: those rated or cues. Of words that overlap, the longer or the earlier is reported."""
    word, start, end = _matches(layout, lexicon)
    keep = _at_edges(layout, lexicon, word, start, end)
    word, start, end = word[keep], start[keep], end[keep]
    order = np.lexsort((-end, start))
    word, start, end = word[order], start[order], end[order]
    gaps = _gap_entries(layout, lexicon, word, start, end)
    keep = _outermost(layout, lexicon, word, start, end)
    word, start, end = (np.concatenate([part[keep], gap]) for part, gap in zip((word, start, end), gaps, strict=True))
    order = np.argsort(start, kind="stable")
    return _with_places(layout, lexicon, word[order], layout.token[start[order]], layout.token[end[order] - 1])


def _matches(layout: Layout, lexicon: Lexicon) -> tuple[Ints, Ints, Ints]:
    found = _automaton(lexicon.surfaces).find_matches_as_indexes(layout.joined, overlapping=True) if len(layout.joined) else []
    flat = np.fromiter(itertools.chain.from_iterable(found), np.int64, 3 * len(found)).reshape(-1, 3)
    return flat[:, 0], flat[:, 1], flat[:, 2]


@functools.lru_cache(maxsize=2)
def _automaton(surfaces: tuple[str, ...]) -> ahocorasick_rs.BytesAhoCorasick:
    return ahocorasick_rs.BytesAhoCorasick(
        [surface.encode() for surface in surfaces], ahocorasick_rs.MatchKind.Standard, ahocorasick_rs.Implementation.ContiguousNFA
    )


def _at_edges(layout: Layout, lexicon: Lexicon, word: Ints, start: Ints, end: Ints) -> Flags:
    """Which matches stand where a word may stand.

    At token edges; at the seam of a glued token (negator or degree word + word, word + particle); two characters that open or
    close a compound of four or more (优质服务, 内容空洞); rated words of three characters or more anywhere.
    """
    edge = np.zeros(len(layout.joined) + 1, np.bool_)
    edge[layout.edges] = True
    kind = lexicon.kind[word]
    head = ((kind == KIND["negator"]) | (kind == KIND["degree"])) & edge[start]
    tail = lexicon.particle[word] & edge[end]
    seam_after, seam_before = np.zeros_like(edge), np.zeros_like(edge)
    seam_after[end[head]] = True
    seam_before[start[tail]] = True
    body = (edge[start] | seam_after[start]) & (edge[end] | seam_before[end]) & (lexicon.polarity[word] != 0)
    opens = np.zeros_like(edge)
    opens[start[body]] = True
    token = layout.token[start]
    long = layout.edges[token + 1] - layout.edges[token] >= 12
    compound = long & (end - start == 6) & (edge[start] | edge[end])
    piece = (word >= lexicon.listed) & (edge[start] | edge[end])
    allowed: Flags = (edge[start] & edge[end]) | body | (head & opens[end]) | compound | piece | lexicon.free[word]
    return allowed


def _outermost(layout: Layout, lexicon: Lexicon, word: Ints, start: Ints, end: Ints) -> Flags:
    """Which matches lie in one clause and inside no other. Rows are sorted by start, longest first."""
    listed = (word < lexicon.listed) & (layout.piece[layout.token[start]] == layout.piece[layout.token[end - 1]])
    reach = np.zeros_like(end)
    reach[1:] = np.maximum.accumulate(np.where(listed, end, 0))[:-1]
    says = (lexicon.polarity[word] != 0) | (lexicon.kind[word] != KIND["none"])
    keep = np.flatnonzero(listed & (reach < end) & says)
    drop = _said_twice(lexicon, word[keep], start[keep], end[keep])
    outermost = np.zeros(len(word), np.bool_)
    outermost[keep[~drop]] = True
    return outermost


def _said_twice(lexicon: Lexicon, word: Ints, start: Ints, end: Ints) -> Flags:
    """Which of two overlapping words to drop.

    The second of two ratings (很好|好用) and what a question has begun (有没有|没有发票); the first of two that hold the same
    negator (并不|不好).
    """
    negator = lexicon.kind[word] == KIND["negator"]
    rated = (lexicon.polarity[word] != 0) & ~negator
    drop = np.zeros(len(word), np.bool_)
    overlap = start[1:] < end[:-1]
    drop[1:] = overlap & rated[1:] & (rated | (lexicon.kind[word] == KIND["asking"]))[:-1]
    drop[:-1] |= overlap & negator[:-1] & lexicon.denial[word[1:]] & (rated[1:] | negator[1:])
    return drop


def _gap_entries(layout: Layout, lexicon: Lexicon, word: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints, Ints]:
    """Patterns ``A…B``: the entry, placed where B stands, for each B with an A shortly before it in its clause; one a place."""
    found = [np.zeros((3, 0), np.int64)]
    for a, b, entry in lexicon.gaps:
        before, after = np.flatnonzero(word == a), np.flatnonzero(word == b)
        if not len(before) or not len(after):
            continue
        nearest = np.searchsorted(start[before], start[after], side="left") - 1
        opener = before[np.maximum(nearest, 0)]
        near = (nearest >= 0) & (end[opener] <= start[after]) & (start[after] - end[opener] <= GAP_BYTES)
        near &= layout.clause[layout.token[start[opener]]] == layout.clause[layout.token[start[after]]]
        found.append(np.stack([np.full(int(near.sum()), entry), start[after][near], end[after][near]]))
    entry, first, last = np.concatenate(found, axis=1)
    _, once = np.unique(first, return_index=True)
    return entry[once], first[once], last[once]


def _with_places(layout: Layout, lexicon: Lexicon, word: Ints, first: Ints, last: Ints) -> Found:
    """The words with clause and sentence; a contrast word that opens a sentence joins it to the one before (很好。但是贵)."""
    stop = lexicon.kind[word] == KIND["stop"]
    joins = np.zeros(len(layout.doc) + 1, np.bool_)
    joins[first[lexicon.kind[word] == KIND["contrast"]]] = True
    ends = np.zeros(len(layout.doc) + 1, np.int64)
    ends[last[stop] + 1] = ~joins[last[stop] + 1]
    ends[1:-1] |= layout.doc[1:] != layout.doc[:-1]
    return Found(word, first, last, layout.doc[first], layout.clause[first], np.cumsum(ends)[first])

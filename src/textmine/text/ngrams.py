"""Tokens in, hashed n-grams out: the features of every linear head, without a loop over tokens."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import scipy.sparse as sp

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint32]
CHARACTERS = (1, 2, 3, 4)  # lengths of the character n-grams
WORDS = (1, 2)  # lengths of the word n-grams, counted in tokens
BITS = 20
_BATCH_CHARACTERS = 30_000  # arrays of a batch stay in the cache

# Multipliers of xxHash and MurmurHash3, seeds of SHA-256's first state; changing one changes every model.
_BASE, _PAIR, _FIRST, _SECOND = (np.uint32(x) for x in (0x9E3779B1, 0xC2B2AE3D, 0x85EBCA6B, 0x27D4EB2F))
_SEEDS = tuple(np.uint32(x) for x in (0x6A09E667, 0xBB67AE85, 0x3C6EF372, 0xA54FF53A, 0x510E527F, 0x9B05688C))
_INVERSE = np.uint32(pow(int(_BASE), -1, 1 << 32))


class Order(NamedTuple):
    """N-grams of one kind and length: their buckets, and where those of each clause begin (n_clauses + 1 offsets)."""

    buckets: Ints
    offsets: Longs


@dataclass(frozen=True)
class Ngrams:
    """Hashed n-grams of documents, clause by clause.

    Attributes
    ----------
    n_documents, bits : int
        Number of documents, also those without tokens; buckets are below 2 ** ``bits``.
    doc, clause : ndarray of int32
        Document and number of each clause that has tokens, in the order of the documents.
    orders : tuple of Order
        Characters 1 to 4, then words 1 to 2.
    """

    n_documents: int
    bits: int
    doc: Ints
    clause: Ints
    orders: tuple[Order, ...]

    @property
    def sizes(self) -> Longs:
        """Number of n-grams of each clause."""
        sizes: Longs = np.sum([np.diff(order.offsets) for order in self.orders], axis=0, dtype=np.int64)
        return sizes

    @property
    def first_clause(self) -> Longs:
        """Position of the first clause of each document, and the number of clauses at the end (n_documents + 1)."""
        first: Longs = np.searchsorted(self.doc, np.arange(self.n_documents + 1)).astype(np.int64)
        return first

    def matrix(self) -> Any:
        """Counts of the n-grams of each document, a scipy CSR matrix float32 [n_documents, 2 ** bits]."""
        shape, first = (self.n_documents, 1 << self.bits), self.first_clause
        total = sp.csr_matrix(shape, dtype=np.float32)
        for buckets, offsets in self.orders:
            counts = sp.csr_matrix((np.ones(len(buckets), np.float32), buckets.copy(), offsets[first]), shape=shape)
            counts.sum_duplicates()
            total = total + counts
        return total


def hash_ngrams(tokens: pa.Table, *, n_documents: int, bits: int = BITS) -> Ngrams:
    """Character 1- to 4-grams and word 1- to 2-grams of each clause, as buckets in [0, 2 ** bits).

    Reads ``doc`` (ascending), ``clause`` and ``token``. ASCII letters count as lower case. An n-gram may go on from one
    clause into the next and belongs to the clause it begins in; none goes from one document into another. The bucket of an
    n-gram is the same on every machine and however the documents are split into tables.

    The hash of characters c is the polynomial sum of c[i] * BASE ** i modulo 2 ** 32 (Rabin, Karp 1987), mixed in the
    manner of MurmurHash3's finaliser; its highest bits are the bucket.
    """
    doc, clause = (tokens[name].to_numpy().astype(np.int32, copy=False) for name in ("doc", "clause"))
    opens = np.ones(len(doc), bool)
    opens[1:] = (doc[1:] != doc[:-1]) | (clause[1:] != clause[:-1])
    first = np.flatnonzero(opens)  # token a clause begins with
    closes = np.flatnonzero(np.append(doc[1:] != doc[:-1], True)[: len(doc)]) + 1  # token behind each document
    column = tokens["token"].cast(pa.large_string()).combine_chunks()
    ends = _from_zero(pc.utf8_length(column).to_numpy(zero_copy_only=False))  # in characters
    opening = np.append(0, closes)
    found = [_hash_batch(column, ends, closes[one:to], bits, opening[one]) for one, to in _batches(ends[closes])]
    none = [np.zeros(0, np.int32)] * (len(CHARACTERS) + len(WORDS))
    buckets = [np.concatenate(parts) for parts in zip(none, *found, strict=True)]
    offsets = [_offsets(ends[first], ends[closes], n) for n in CHARACTERS] + [_offsets(first, closes, n) for n in WORDS]
    return Ngrams(n_documents, bits, doc[first], clause[first], tuple(map(Order, buckets, offsets)))


def _hash_batch(column: Any, ends: Longs, closes: Longs, bits: int, start: int) -> list[Ints]:
    """Buckets of the n-grams of each order of whole documents: the tokens from ``start`` to the last of ``closes``."""
    codes = _codes(column, start, int(closes[-1]))
    edges = ends[start : closes[-1] + 1] - ends[start]
    shift = 32 - bits
    characters = _windows(codes, edges[closes - start], _BASE, len(CHARACTERS))
    size = 1 << (max(_BATCH_CHARACTERS, len(codes)) + 1).bit_length()  # few sizes, so that the powers are made once
    powers, inverse = _powers(int(_BASE), size), _powers(int(_INVERSE), size)
    sums = _from_zero(codes * powers[: len(codes)], np.uint32)
    words = (sums[edges[1:]] - sums[edges[:-1]]) * inverse[edges[:-1]]  # the polynomial of each token from its own start
    hashes = [*characters, *_windows(words, closes - start, _PAIR, len(WORDS))]
    return [_mix(values + seed, shift) for values, seed in zip(hashes, _SEEDS, strict=True)]


def _windows(values: Hashes, closes: Longs, base: np.uint32, longest: int) -> Iterator[Hashes]:
    """Hash of each run of 1, 2, ... ``longest`` values that lies in one document."""
    lengths = np.diff(closes, prepend=0)
    inside = np.ones(len(values), bool)
    hashes = values
    yield hashes
    for n in range(2, longest + 1):
        hashes = hashes[:-1] * base + values[n - 1 :]
        inside[(closes - n + 1)[lengths >= n - 1]] = False
        yield hashes[inside[: len(hashes)]]


def _mix(hashes: Hashes, shift: int) -> Ints:
    """The highest bits of well-mixed hashes (which are overwritten)."""
    hashes *= _FIRST
    hashes ^= hashes >> np.uint32(15)
    hashes *= _SECOND
    return (hashes >> np.uint32(shift)).view(np.int32)


def _codes(column: Any, start: int, end: int) -> Hashes:
    """Code points of the tokens from ``start`` to ``end``, ASCII in lower case."""
    _, offsets, data = column.buffers()
    edges = np.frombuffer(offsets, np.int64)[column.offset :]
    text = data.slice(edges[start], edges[end] - edges[start]).to_pybytes()
    codes = np.frombuffer(text.decode().encode("utf-32-le"), np.uint32)
    return codes + ((codes - np.uint32(65) < 26) * np.uint32(32))


def _from_zero(steps: Any, kind: npt.DTypeLike = np.int64) -> Any:
    """Sums of the steps before each place, and of all at the end."""
    sums = np.zeros(len(steps) + 1, kind)
    np.cumsum(steps, dtype=kind, out=sums[1:])
    return sums


@functools.lru_cache(maxsize=4)
def _powers(base: int, size: int) -> Hashes:
    """Powers 0 to ``size`` - 1 of ``base`` modulo 2 ** 32."""
    powers = np.full(size, base, np.uint32)
    powers[0] = 1
    return np.cumprod(powers, dtype=np.uint32)


def _batches(ends: Longs) -> Iterator[tuple[int, int]]:
    """Ranges of documents of about ``_BATCH_CHARACTERS`` characters, given where each document ends."""
    cuts = np.searchsorted(ends, np.arange(0, ends[-1] if len(ends) else 0, _BATCH_CHARACTERS), side="right")
    edges = np.unique(np.append(cuts, [0, len(ends)])).tolist()
    return zip(edges[:-1], edges[1:], strict=True)


def _offsets(starts: Longs, closes: Longs, n: int) -> Longs:
    """Offsets of the clauses among the n-grams of all documents, given where clauses start and documents close."""
    whole = np.maximum(np.diff(closes, prepend=0) - (n - 1), 0)  # n-grams of each document
    before = _from_zero(whole)
    owner = np.searchsorted(closes, starts, side="right")
    inside = np.minimum(starts - np.append(0, closes)[owner], np.append(whole, 0)[owner])
    return np.append(before[owner] + inside, before[-1])

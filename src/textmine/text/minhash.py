"""MinHash signatures of texts: near-duplicate texts agree in most of their 64 values, and wholly in some band."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt
import pandas as pd
from rensa import RMinHash

from textmine.text.codepoints import Codes, Mask, Whole, batches, join_texts, lower

PERMUTATIONS = 64
BANDS, ROWS = 12, 5  # two texts of Jaccard .8 share a band in 99 % of cases, of .5 in 32 %, of .3 in 3 %
SHORTEST = 6  # characters; shorter texts are alike only when they are equal
SHINGLES = (3, 4, 5)  # characters
BAND_COLUMNS = tuple(f"band_{number:02}" for number in range(BANDS))
SIGNATURE_COLUMNS = tuple(f"signature_{number}" for number in range(PERMUTATIONS // 8))

Hashes = npt.NDArray[np.uint64]

_SEED = 1
_BATCH_CHARACTERS = 1_000_000
_ODD, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBF58476D1CE4E5B9)  # splitmix64 (Steele et al. 2014)


def sign_texts(texts: Sequence[str]) -> pd.DataFrame:
    """Signatures, one row a text, with a RangeIndex.

    Columns: ``characters`` int32 (letters, digits, ideographs and symbols; no white space or punctuation),
    ``band_00`` ... ``band_11`` uint32 (equal in a band: perhaps alike) and ``signature_0`` ... ``signature_7`` uint64
    (eight times eight values of one byte). Bands and signature are 0 where ``characters`` is less than 6.

    The MinHash is of character 3-, 4- and 5-grams, ASCII letters in lower case, by rensa with fixed permutations, so a
    signature depends on the text alone. Of each value the lowest byte is kept (b-bit MinHash, Li and König 2010).
    """
    parts = [_sign_batch(texts[first:last]) for first, last in batches(texts, _BATCH_CHARACTERS)]
    return pd.concat([_frame(np.zeros(0, np.int64), np.zeros((0, PERMUTATIONS), np.uint32)), *parts], ignore_index=True)


def estimate_jaccard(one: Hashes, other: Hashes) -> npt.NDArray[np.float64]:
    """Jaccard similarity, 0 to 1, of pairs of signatures (rows of the eight signature columns).

    Two unlike values share their lowest byte once in 256 cases, which is taken off.
    """
    equal = (np.ascontiguousarray(one).view(np.uint8) == np.ascontiguousarray(other).view(np.uint8)).mean(axis=1)
    estimate: npt.NDArray[np.float64] = np.clip((equal - 1 / 256) / (1 - 1 / 256), 0, 1)
    return estimate


def _sign_batch(texts: Sequence[str]) -> pd.DataFrame:
    joined = join_texts(texts)
    kept = np.flatnonzero(_is_content(joined.codes))
    documents = joined.documents(kept)
    characters = np.bincount(documents, minlength=len(texts))
    long_enough = (characters >= SHORTEST)[documents]
    hashes, counts = _shingles(lower(joined.codes[kept[long_enough]]), documents[long_enough], len(texts))
    offsets = np.concatenate([np.zeros(1, np.uint64), np.cumsum(counts, dtype=np.uint64)])
    rows = RMinHash.digest_matrix_from_flat_token_hashes(hashes, offsets, PERMUTATIONS, _SEED).to_rows()
    values = np.fromiter(chain.from_iterable(rows), np.uint32, len(texts) * PERMUTATIONS).reshape(-1, PERMUTATIONS)
    return _frame(characters, np.where(counts[:, None] > 0, values, np.uint32(0)))


def _shingles(codes: Codes, documents: Whole, n: int) -> tuple[Hashes, Whole]:
    """Hash of each shingle, in the order of the documents, and the number of shingles of each document."""
    size, longest = len(codes), max(SHINGLES)
    padded = np.concatenate([codes.astype(np.uint64), np.zeros(longest, np.uint64)])
    owners = np.concatenate([documents, np.full(longest, -1)])
    rolling = padded[:size] + _ODD
    hashes, inside = np.empty((size, len(SHINGLES)), np.uint64), np.empty((size, len(SHINGLES)), np.bool_)
    for length in range(2, longest + 1):
        rolling = (rolling ^ (rolling >> np.uint64(29))) * _MIX + padded[length - 1 : size + length - 1]
        if length in SHINGLES:
            column = SHINGLES.index(length)
            hashes[:, column] = (rolling ^ (rolling >> np.uint64(32))) * _ODD
            inside[:, column] = owners[length - 1 : size + length - 1] == documents
    return hashes[inside], np.bincount(documents, weights=inside.sum(axis=1), minlength=n).astype(np.int64)


def _frame(characters: Whole, values: npt.NDArray[np.uint32]) -> pd.DataFrame:
    signed: Mask = (values != 0).any(axis=1)
    bands = np.zeros((len(values), BANDS), np.uint64)
    for row in range(ROWS):
        bands = (bands ^ (bands >> np.uint64(29)) ^ values[:, row : BANDS * ROWS : ROWS]) * _MIX + _ODD
    bands = np.where(signed.reshape(-1, 1), bands >> np.uint64(32), np.uint64(0)).astype(np.uint32)
    signature = np.ascontiguousarray((values & np.uint32(0xFF)).astype(np.uint8)).view(np.uint64)
    return pd.DataFrame(
        {"characters": characters.astype(np.int32)}
        | {name: bands[:, number] for number, name in enumerate(BAND_COLUMNS)}
        | {name: signature[:, number] for number, name in enumerate(SIGNATURE_COLUMNS)}
    )


def _is_content(codes: Codes) -> Mask:
    return _content_table()[np.minimum(codes, np.uint32(0xFFFF))]


@lru_cache(maxsize=1)
def _content_table() -> Mask:
    """True at letters, digits, ideographs, symbols; everything beyond the Basic Multilingual Plane counts."""
    table = np.array([unicodedata.category(chr(code))[0] not in "PZC" for code in range(0x10000)])
    table[0xFFFF] = True
    return table

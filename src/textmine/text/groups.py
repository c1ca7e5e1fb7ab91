"""Pairs of texts that are alike, and the groups they make."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from textmine.text.codepoints import Mask, Whole
from textmine.text.minhash import BAND_COLUMNS, SHORTEST, SIGNATURE_COLUMNS, Hashes, estimate_jaccard

SIMILARITY = 0.8  # estimated Jaccard from which two texts are near duplicates
_WINDOW = 16  # how many texts of one band each is compared with, so that a common band costs no square

_SHIFT = 10  # a table of 4 MB tells most bands that do not occur

Pairs = tuple[Whole, Whole]
Bands = npt.NDArray[np.uint32]


def pair_within(signatures: pd.DataFrame) -> Pairs:
    """Positions of rows that are alike, each pair once or more; rows come in an order of their own, not of reading."""
    rows = _signed(signatures)
    signed = _signature(signatures)
    found = [_no_pairs()]
    for name in BAND_COLUMNS:
        band = signatures[name].to_numpy()[rows]
        order = rows[np.lexsort((rows, signed[rows, 0], band))]
        found.extend(_neighbours(signatures[name].to_numpy(), order))
    return _verified(found, signed, signed)


class BandTable:
    """The texts of a night, ready to be compared with those of many earlier nights one after the other.

    Parameters
    ----------
    signatures : DataFrame
        As minhash.sign_texts gives them, in an order that does not depend on reading.
    """

    def __init__(self, signatures: pd.DataFrame) -> None:
        self._signature = _signature(signatures)
        rows = _signed(signatures)
        self._orders = [rows[np.argsort(signatures[name].to_numpy()[rows], kind="stable")] for name in BAND_COLUMNS]
        self._ordered = [signatures[name].to_numpy()[order] for name, order in zip(BAND_COLUMNS, self._orders, strict=True)]
        self._seen = [_seen(ordered) for ordered in self._ordered]

    def pair(self, earlier: pd.DataFrame) -> Pairs:
        """Positions of texts of the night and rows of an earlier night's signatures that are alike."""
        rows = _signed(earlier)
        found = [_no_pairs()]
        for name, order, ordered, seen in zip(BAND_COLUMNS, self._orders, self._ordered, self._seen, strict=True):
            band = earlier[name].to_numpy()[rows]
            perhaps = np.flatnonzero(seen[band >> _SHIFT])  # spares most rows the search
            found.extend(_same_band(order, ordered, rows[perhaps], band[perhaps]))
        return _verified(found, self._signature, _signature(earlier))


def join_groups(pairs: Pairs, n: int) -> npt.NDArray[np.int32]:
    """Number of the group of each of n nodes: nodes that a chain of pairs connects share one."""
    if n == 0:
        return np.zeros(0, np.int32)
    left, right = pairs
    graph = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(n, n))
    numbers: npt.NDArray[np.int32] = connected_components(graph, directed=False)[1]
    return numbers


def _neighbours(band: Bands, order: Whole) -> list[Pairs]:
    """Each row with the rows of the same band that follow it within the window."""
    found = []
    ordered = band[order]
    for step in range(1, _WINDOW + 1):
        same = np.flatnonzero(ordered[step:] == ordered[:-step])
        if len(same) == 0:
            break
        found.append((order[same], order[same + step]))
    return found


def _same_band(order: Whole, ordered: Bands, rows: Whole, band: Bands) -> list[Pairs]:
    """Texts and rows of equal bands, for each row the first _WINDOW texts."""
    found = []
    first = np.searchsorted(ordered, band)
    for step in range(_WINDOW):
        place = np.minimum(first + step, len(ordered) - 1)
        same = np.flatnonzero((ordered[place] == band) & (first + step < len(ordered))) if len(ordered) else _no_pairs()[0]
        if len(same) == 0:
            break
        found.append((order[place[same]], rows[same]))
    return found


def _seen(ordered: Bands) -> Mask:
    """True at the leading bits of each band that occurs."""
    seen = np.zeros(1 << (32 - _SHIFT), np.bool_)
    seen[ordered >> _SHIFT] = True
    return seen


def _verified(found: list[Pairs], one: Hashes, other: Hashes) -> Pairs:
    """The pairs, each once, whose signatures are alike."""
    left, right = (np.concatenate(side) for side in zip(*found, strict=True))
    keys = np.unique(left * max(len(other), 1) + right)
    left, right = keys // max(len(other), 1), keys % max(len(other), 1)
    alike: Mask = estimate_jaccard(one[left], other[right]) >= SIMILARITY
    return left[alike], right[alike]


def _signed(signatures: pd.DataFrame) -> Whole:
    return np.flatnonzero(signatures["characters"].to_numpy() >= SHORTEST)


def _signature(signatures: pd.DataFrame) -> Hashes:
    return signatures[list(SIGNATURE_COLUMNS)].to_numpy(np.uint64)


def _no_pairs() -> Pairs:
    return np.zeros(0, np.int64), np.zeros(0, np.int64)

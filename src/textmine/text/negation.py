"""Whether a negator stands before a phrase."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from textmine.text.codepoints import Codes, Mask, Whole, encode, mark

REACH = 3  # characters between which and the phrase a negator still counts

# Written for textmine. Each negator of two characters (没有, 不是, 不会, 并非, 毫无, 从不 ...) holds exactly one of these.
_NEGATORS = "不没无非未别勿莫甭"
_SECOND = "有是会能太够用再曾必"  # 没有, 不是, 不会: the negator ends one character later
# Words in which these characters negate nothing (不过, 特别, 无论), or stand in praise (不愧, 别提).
_HARMLESS = frozenset(
    {
        "非常",
        "非要",
        "非得",
        "除非",
        "是非",
        "莫非",
        "无非",
        "不仅",
        "不但",
        "不过",
        "不光",
        "不止",
        "不只",
        "不管",
        "不论",
        "不同",
        "不断",
        "不愧",
        "不少",
        "不错",
        "不禁",
        "不妨",
        "不料",
        "不由",
        "不时",
        "不久",
        "不然",
        "不知",
        "不一",
        "不小",
        "差不",
        "对不",
        "了不",
        "忍不",
        "没想",
        "没事",
        "没准",
        "无论",
        "无比",
        "无意",
        "无线",
        "无锡",
        "无疑",
        "无奈",
        "无语",
        "未来",
        "未免",
        "特别",
        "别人",
        "别的",
        "别墅",
        "分别",
        "区别",
        "差别",
        "级别",
        "性别",
        "个别",
        "类别",
        "识别",
        "告别",
        "鉴别",
        "别致",
        "别提",
        "别说",
        "别看",
        "莫名",
    }
)


def find_negated(codes: Codes, openings: Whole, starts: Whole) -> Mask:
    """True where an odd number of negators ends at most REACH characters before the start, in the same clause.

    Two negators make a yes (不是不好). A不A (好不好, 有没有) asks and negates nothing.

    Parameters
    ----------
    codes, openings : arrays
        Code points of the joined texts and their clause counts (clauses.count_openings).
    starts : array
        Positions of the phrases in the joined texts.
    """
    lengths = _negator_lengths(codes)
    odd = np.zeros(len(starts), np.bool_)
    for distance in range(1, REACH + 2):
        before = np.maximum(starts - distance, 0)
        near = lengths[before] >= max(1, distance - REACH + 1)
        odd ^= near & (starts >= distance) & (openings[before] == openings[starts])
    return odd


def _negator_lengths(codes: Codes) -> npt.NDArray[np.uint8]:
    """Length of the negator that begins at each character, 0 for none."""
    lengths = np.zeros(len(codes), np.uint8)
    at = np.flatnonzero(mark(codes, _NEGATORS))
    if len(at) == 0:
        return lengths
    left, here, right = codes[np.maximum(at - 1, 0)], codes[at], codes[np.minimum(at + 1, len(codes) - 1)]
    harmless = _harmless(left, here) | _harmless(here, right) | (left == right)
    lengths[at] = np.where(harmless, 0, 1 + mark(right, _SECOND))
    return lengths


def _harmless(first: Codes, second: Codes) -> Mask:
    return np.isin(_pair(first, second), _HARMLESS_PAIRS)


def _pair(first: Codes, second: Codes) -> npt.NDArray[np.uint64]:
    return np.asarray(first, np.uint64) << np.uint64(32) | np.asarray(second, np.uint64)


_HARMLESS_PAIRS = np.array([_pair(*encode(word)) for word in sorted(_HARMLESS)])

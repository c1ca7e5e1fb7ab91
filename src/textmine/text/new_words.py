"""Runs of short words side by side: what a word that no dictionary holds looks like after cutting (拼/单, 种/草).

Counted in the worker, a table a chunk; `measure.new_words` makes candidates of them once the whole night is known.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Longs = npt.NDArray[np.int64]
RUNS = pa.schema(
    [
        ("word", pa.int64()),  # its characters, 15 bits each, see pack
        ("split", pa.int8()),  # place in SPLITS, -1 for a part
        ("doc", pa.int32()),  # position in the chunk, -1 for a part
        ("left", pa.int32()),  # neighbouring character, 0 at the edge of a clause
        ("right", pa.int32()),
        ("n", pa.int32()),  # 1, or how often a part is in the chunk
    ]
)
LONGEST = 4  # characters of a candidate
# lengths of the words in a run: at least one of a single character, because that is what is left of a word jieba does not know
SPLITS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 1, 1), (1, 1, 2), (1, 2, 1), (2, 1, 1))
FIRST, LAST = 0x4E00, 0x9FFF
_BITS = 15
_HAN = r"^[\x{4e00}-\x{9fff}]{1,3}$"
# Written for textmine: words that make no part of a new one: particles, pronouns, negators, degree, numbers, measure, place,
# time, common verbs; then words of two characters that stand beside anything.
_SINGLE = (
    "的了着过得地之是在有我你您他她它们这那哪谁啥某各每本该此和与及跟同或而但却且若则因为被把将让给叫向往从到对于以按由比"
    "不没无未别非勿很太真好更最极挺蛮超巨贼老又再还也都就才刚只仅已曾正便即竟然可能会要想应需须敢肯得"
    "啊吧呢吗呀哦嗯哈嘛啦哇诶唉哎喽呗么所如等来去上下里外前后左右中间内旁边起出进回开说看做用买吃喝住点"
    "零〇一二两三四五六七八九十百千万亿半几多少第个只件块元毛角分钱次回天年月日号时点秒岁斤克米寸份盒瓶包袋条张把双套台部位"
    "种样些大小较全请望离找帮拿问送打靠劝发收退换难"
)
_DOUBLE = """
    我们 你们 他们 她们 这个 那个 这样 这么 那么 什么 怎么 没有 不是 就是 还是 但是 可以 有点
    有些 超级 比较 特别 非常 直接 甚至 一个 一次 一下 一点 客服 领导 政府 快递 物流 酒店 房间
    小区
"""
_GRAMMAR = frozenset(_SINGLE) | frozenset(_DOUBLE.split())


def pack(word: str) -> int:
    """A word of one to four characters U+4E00 to U+9FFF as one number, the last character in the lowest 15 bits."""
    number = 0
    for character in word:
        number = number << _BITS | (ord(character) - FIRST + 1)
    return number


def unpack(number: int) -> str:
    """The word of a number that ``pack`` gave."""
    word = ""
    while number:
        word = chr((number & ((1 << _BITS) - 1)) - 1 + FIRST) + word
        number >>= _BITS
    return word


def collect_runs(tokens: pa.Table, *, scored: npt.NDArray[np.bool_]) -> pa.Table:
    """Runs of two or three words of together at most four characters, and the counts of all short words, as table RUNS.

    Reads ``doc``, ``clause`` and ``token``; documents that are not ``scored`` are passed over. A run lies in one clause and
    holds Chinese characters only, so never a mask, a digit or a letter, and no word of grammar.
    """
    coded = tokens["token"].combine_chunks().dictionary_encode()
    numbers, lengths = _packed(coded.dictionary)
    lengths = np.where(np.isin(numbers, _GRAMMAR_CODES), 0, lengths)
    at, doc, clause = coded.indices.to_numpy(), tokens["doc"].to_numpy(), tokens["clause"].to_numpy()
    length = lengths[at] * scored[doc] if len(doc) else lengths[at]
    linked = (doc[1:] == doc[:-1]) & (clause[1:] == clause[:-1])
    starts, split = _runs(length, linked)
    word = np.zeros(len(starts), np.int64)
    for place, characters in enumerate(_SIZES[split].T):
        further = numbers[at[np.minimum(starts + place, len(at) - 1)]]
        word = np.where(characters > 0, word << (_BITS * characters) | further, word)
    left, right = _beside(numbers, at, linked, starts, starts + (_SIZES[split] > 0).sum(axis=1) - 1)
    found = _table(word, split, doc[starts], left, right, np.ones(len(word)))
    return pa.concat_tables([_parts(coded.dictionary, numbers, at, length), found]).combine_chunks()


def _packed(words: pa.Array) -> tuple[Longs, Longs]:
    """Number and length of each distinct token; 0 for what is not one to three Chinese characters."""
    packed, length = np.zeros(len(words), np.int64), np.zeros(len(words), np.int64)
    han = pc.match_substring_regex(words, pattern=_HAN).to_numpy(zero_copy_only=False)
    sizes = pc.utf8_length(words).to_numpy(zero_copy_only=False)
    for size in (1, 2, 3):
        rows = np.flatnonzero(han & (sizes == size))
        text = "".join(words.take(pa.array(rows)).to_pylist())
        codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.int64).reshape(-1, size) - FIRST + 1
        packed[rows] = sum(codes[:, place] << (_BITS * (size - 1 - place)) for place in range(size))
        length[rows] = size
    return packed, length


def _runs(length: Longs, linked: npt.NDArray[np.bool_]) -> tuple[Longs, Longs]:
    """Token at which each run begins, and its place in SPLITS. ``length`` is 0 for words that make no part of one."""
    usable = length > 0
    pairs = np.flatnonzero(usable[:-1] & usable[1:] & linked)
    triples = pairs[np.isin(pairs + 1, pairs, assume_unique=True)]
    two = _SPLIT_OF[length[pairs], length[pairs + 1], 0]
    three = _SPLIT_OF[length[triples], length[triples + 1], length[triples + 2]] if len(triples) else np.zeros(0, np.int64)
    starts, split = np.concatenate([pairs, triples]), np.concatenate([two, three])
    return starts[split >= 0], split[split >= 0]


def _beside(numbers: Longs, at: Longs, linked: npt.NDArray[np.bool_], starts: Longs, last: Longs) -> tuple[Longs, Longs]:
    """Last character of the word before and first character of the word behind; 0 for an edge and for what is not Chinese."""
    joined = np.concatenate([[False], linked, [False]])
    before = np.where(joined[starts], numbers[at[np.maximum(starts - 1, 0)]] & ((1 << _BITS) - 1), 0)
    behind = np.where(joined[last + 1], numbers[at[np.minimum(last + 1, max(len(at) - 1, 0))]], 0)
    for _ in range(2):
        behind = np.where(behind >> _BITS, behind >> _BITS, behind)
    return before, behind


def _parts(words: pa.Array, numbers: Longs, at: Longs, length: Longs) -> pa.Table:
    """How often each word that can be a part occurs."""
    times = np.bincount(at, weights=length > 0, minlength=len(words)).astype(np.int64)
    there = np.flatnonzero(times)
    gone = np.full(len(there), -1)
    return _table(numbers[there], gone, gone, np.zeros(len(there)), np.zeros(len(there)), times[there])


def _table(*columns: npt.NDArray[np.generic]) -> pa.Table:
    typed = [values.astype(field.type.to_pandas_dtype()) for values, field in zip(columns, RUNS, strict=True)]
    return pa.table(typed, schema=RUNS)


_SIZES = np.array([(*split, 0)[:3] for split in SPLITS], np.int64)
_SPLIT_OF = np.full((4, 4, 4), -1, np.int64)
_SPLIT_OF[tuple(_SIZES.T)] = np.arange(len(SPLITS))
_GRAMMAR_CODES = np.array(sorted(pack(word) for word in _GRAMMAR), np.int64)

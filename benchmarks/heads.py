"""How many texts a second one core hashes into n-grams and scores with all linear heads: 40 heads, texts of 57 characters.

The words are made up, with frequencies that fall by rank (Zipf), so it needs no corpus. Run with OMP_NUM_THREADS=1.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pyarrow as pa

from textmine.heads.model import LinearHeads
from textmine.heads.score import score_heads
from textmine.text.ngrams import hash_ngrams

TEXTS, TOKENS, CLAUSE, HEADS, ROUNDS = 20_000, 40, 6, 40, 5
KEPT = (50_000, 200_000, 600_000)  # buckets with a weight


def make_tokens(random: np.random.Generator) -> pa.Table:
    """Texts of 40 words of one or two characters, six words a clause."""
    letters = [chr(0x4E00 + number) for number in range(4_000)]
    words = ["".join(random.choice(letters, 1 + number % 5 // 2 % 2 + (number % 5 == 4))) for number in range(30_000)]
    rank = np.minimum(random.zipf(1.3, TEXTS * TOKENS), len(words)) - 1
    place = np.arange(TEXTS * TOKENS)
    columns = {"doc": place // TOKENS, "clause": place % TOKENS // CLAUSE, "token": np.array(words, object)[rank]}
    return pa.table(
        {"doc": columns["doc"].astype(np.int32), "clause": columns["clause"].astype(np.int32), "token": columns["token"]}
    )


def rate(work: Callable[[], object]) -> str:
    """Texts a second of processor time, the best of a few rounds."""
    seconds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return f"{TEXTS / min(seconds):>9,.0f} texts/s/core"


def main() -> None:
    """Print the rates."""
    random = np.random.default_rng(0)
    tokens = make_tokens(random)
    ngrams = hash_ngrams(tokens, n_documents=TEXTS)
    characters = np.diff(ngrams.orders[0].offsets).sum() / TEXTS
    print(f"{TEXTS:,} texts of {characters:.0f} characters, {ngrams.sizes.sum() / TEXTS:.0f} n-grams")
    print(f"features alone                        {rate(lambda: hash_ngrams(tokens, n_documents=TEXTS))}")
    counts = np.bincount(np.concatenate([order.buckets for order in ngrams.orders]), minlength=1 << ngrams.bits)
    names = tuple(f"bench.h{number}" for number in range(HEADS))
    for kept in KEPT:
        weights = np.zeros((1 << ngrams.bits, HEADS), np.float32)
        weights[np.argsort(-counts)[:kept]] = random.normal(size=(kept, HEADS))
        heads = LinearHeads.of(names, weights, np.zeros(HEADS))
        both = rate(lambda heads=heads: score_heads(hash_ngrams(tokens, n_documents=TEXTS), heads))
        print(f"features and {HEADS} heads, {kept:>7,} buckets {both}")


if __name__ == "__main__":
    main()

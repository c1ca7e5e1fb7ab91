"""Keywords and names of topics: the words that set a topic apart from the others."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse

N_KEYWORDS = 24  # a text needs one of them to be of the topic; the first three name it
WORDS_IN_NAME = 3


def rank_keywords(counts: sparse.csr_array, topic: np.ndarray, *, vocabulary: Sequence[str], n_topics: int) -> list[list[str]]:
    """Keywords of each topic, strongest first, at most ``N_KEYWORDS``; each word only in documents, not in repetitions.

    Class-based TF-IDF (Grootendorst 2022, arXiv:2203.05794): a word's share of the topic's words times
    log(1 + A / f), A the mean number of words of a topic, f the word's number over all topics. Equal weights: in order of
    the vocabulary.

    Parameters
    ----------
    counts : scipy.sparse.csr_array
        Documents by words.
    topic : np.ndarray
        Topic of each document, 0 to ``n_topics`` - 1.
    vocabulary : sequence of str
        The words.
    n_topics : int
        Number of topics.
    """
    present = sparse.csr_array((np.ones(len(counts.data)), counts.indices, counts.indptr), shape=counts.shape)
    member = sparse.csr_array((np.ones(len(topic)), (topic, np.arange(len(topic)))), shape=(n_topics, len(topic)))
    used = (member @ present).toarray()
    total = used.sum(axis=1)
    share = used / np.maximum(total, 1)[:, None]
    weight = np.round(share * np.log1p(total.mean() / np.maximum(used.sum(axis=0), 1)), 9)
    best = np.argsort(-weight, axis=1, kind="stable")[:, :N_KEYWORDS]
    return [[vocabulary[word] for word in row if weight[at, word] > 0] for at, row in enumerate(best)]


def name_topics(keywords: Sequence[Sequence[str]]) -> list[str]:
    """Name of each topic: its first three keywords, none part of another, joined by ``·``; each name only once.

    A name that is taken already has its last word replaced by the next keyword; the number of the topic is added when
    no keyword is left.
    """
    names: list[str] = []
    for at, words in enumerate(keywords):
        plain = _without_parts(words)
        head, tail = plain[: WORDS_IN_NAME - 1], plain[WORDS_IN_NAME - 1 :]
        options = ["·".join([*head, last]) for last in tail] or ["·".join(head)]
        names.append(next((name for name in options if name and name not in names), f"{'·'.join(head)}·{at}".strip("·")))
    return names


def _without_parts(words: Sequence[str]) -> list[str]:
    """Words that neither contain nor lie in an earlier one: of 小区 and 小区业主 only the first."""
    kept: list[str] = []
    for word in words:
        if not any(word in other or other in word for other in kept):
            kept.append(word)
    return kept

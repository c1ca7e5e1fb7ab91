"""Fit topics: words weighed by TF-IDF, brought into a small space, clustered, named by their most distinctive words."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from scipy import sparse
from sklearn.cluster import KMeans
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from textmine.learn.topic_names import name_topics, rank_keywords
from textmine.topics.assign import cosines, count_words
from textmine.topics.model import Topic, TopicModel

# Two or more 汉字, or a Latin word such as wifi; capitals alone are masks (PHONE) or models of a product.
WORD = re.compile(r"[\u4e00-\u9fff]{2,}|[a-z]{3,12}")
OVERSIZE = 1.5  # a cluster this many times the fair share is split before the others are taken as they are

log = logging.getLogger(__name__)


def read_stop_words(path: Path) -> frozenset[str]:
    """Words of a stop-word file: separated by white space, lines that begin with # left out."""
    lines = path.read_text("utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def fit_topics(
    tokens: pa.Table,
    *,
    n_documents: int,
    stop_words: Collection[str],
    n_topics: int = 60,
    n_terms: int = 8000,
    n_components: int = 64,
    min_df: int = 10,
    max_df: float = 0.2,
    min_size: int = 50,
    remote: float = 0.1,
    random_state: int = 0,
) -> TopicModel:
    """Topic model of these documents; the same tokens, settings and library versions give the same model.

    Parameters
    ----------
    tokens : pa.Table
        ``doc`` (int32, ascending) and ``token``, one row a token.
    n_documents : int
        Number of documents.
    stop_words : collection of str
        Words that name no topic, see `read_stop_words`.
    n_topics, n_terms, n_components : int
        Upper bounds of topics, words and dimensions.
    min_df, max_df : int, float
        Documents a word must be in at least, and the largest share of all documents.
    min_size : int
        Topics with fewer documents are dropped; their documents go to the next nearest or to none.
    remote : float
        Share of documents farthest from their centre that gets no topic: sets the threshold.
    random_state : int
        Seed.

    Raises
    ------
    ValueError
        If no more words are left than topics are asked for, or no topic has ``min_size`` documents.

    Notes
    -----
    K-means on the unit-length rows of the truncated SVD of TF-IDF (latent semantic analysis; Deerwester et al. 1990);
    oversized clusters are halved until ``n_topics`` are reached, because in a mixed corpus long messages of one domain
    otherwise fall into one. Names and keywords: see `rank_keywords`.
    """
    vocabulary = _choose_words(tokens, n_documents, frozenset(stop_words), n_terms, min_df, max_df)
    if len(vocabulary) <= n_topics:
        raise ValueError(f"{len(vocabulary)} words are left, more than {n_topics} are needed")
    counts = count_words(tokens, model=_blank(vocabulary), n_documents=n_documents)
    counts.sum_duplicates()
    with threadpool_limits(limits=1):
        weigher = TfidfTransformer().fit(counts)
        weighed = weigher.transform(counts)
        space = TruncatedSVD(min(n_components, len(vocabulary) - 1), random_state=random_state)
        places = normalize(space.fit_transform(weighed))
        centres = _cluster(places[np.diff(counts.indptr) >= 2], n_topics, random_state)
    idf, components = weigher.idf_.astype(np.float32), _half(space.components_.T)
    return _finish(TopicModel(vocabulary, idf, components, _half(components @ centres.T), (), 0.0), counts, min_size, remote)


def _choose_words(
    tokens: pa.Table,
    n_documents: int,
    stop_words: frozenset[str],
    n_terms: int,
    min_df: int,
    max_df: float,
) -> tuple[str, ...]:
    """Words in enough but not too many documents, most frequent first, equal ones in order of code points."""
    pairs = pd.DataFrame({"doc": tokens["doc"].to_numpy(), "token": tokens["token"].to_pandas()}).drop_duplicates()
    found = pairs["token"].astype(str).value_counts().rename_axis("token").reset_index(name="df")
    found = found[(found["df"] >= min_df) & (found["df"] <= max_df * n_documents)]
    fit = [word not in stop_words and WORD.fullmatch(word) is not None for word in found["token"]]
    found = found[np.array(fit, bool)]
    return tuple(found.sort_values(["df", "token"], ascending=[False, True])["token"].head(n_terms))


def _blank(vocabulary: tuple[str, ...]) -> TopicModel:
    """Model that counts words and knows no topics yet."""
    n = len(vocabulary)
    return TopicModel(vocabulary, np.ones(n, np.float32), np.zeros((n, 1), np.float32), np.zeros((n, 0), np.float32), (), 0.0)


def _cluster(places: np.ndarray, n_topics: int, random_state: int) -> np.ndarray:
    """Unit-length centres (K, d): K-means into three quarters, then the largest halved while it is oversized."""
    first = max(1, n_topics * 3 // 4)
    labels = KMeans(first, n_init=1, max_iter=60, random_state=random_state).fit_predict(places)
    for new in range(first, n_topics):
        sizes = np.bincount(labels)
        if sizes.max() < OVERSIZE * len(labels) / n_topics:
            break
        inside = np.flatnonzero(labels == sizes.argmax())
        halves = KMeans(2, n_init=3, random_state=random_state).fit_predict(places[inside])
        labels[inside[halves == 1]] = new
    centres = np.vstack([places[labels == label].mean(axis=0) for label in np.unique(labels)])
    return np.asarray(normalize(centres))


def _finish(model: TopicModel, counts: sparse.csr_array, min_size: int, remote: float) -> TopicModel:
    """Model without small topics, with ids in order of size, names, and the threshold that leaves the remote part out."""
    known = counts[np.flatnonzero(np.diff(counts.indptr))]
    words = sparse.csr_array((known.data * model.idf[known.indices], known.indices, known.indptr), shape=known.shape)
    sizes = np.bincount(cosines(words, model=model).argmax(axis=1), minlength=model.centroids.shape[1])
    if not (sizes >= min_size).any():
        raise ValueError(f"no topic has {min_size} documents; the largest has {sizes.max()}")
    model = replace(model, centroids=model.centroids[:, sizes >= min_size])
    similarity = np.round(cosines(words, model=model), 4)
    nearest = similarity.argmax(axis=1)
    sizes = np.bincount(nearest, minlength=model.centroids.shape[1])
    keywords = rank_keywords(known, nearest, vocabulary=model.vocabulary, n_topics=len(sizes))
    order = sorted(range(len(sizes)), key=lambda topic: (-sizes[topic], keywords[topic]))
    names = name_topics([keywords[topic] for topic in order])
    topics = [Topic(at, names[at], tuple(keywords[topic]), int(sizes[topic])) for at, topic in enumerate(order)]
    threshold = round(float(np.quantile(similarity.max(axis=1), remote)), 4)
    log.info("topics: %d words, %d topics, threshold %.4f", len(model.vocabulary), len(topics), threshold)
    return replace(model, centroids=model.centroids[:, order], topics=tuple(topics), threshold=threshold)


def _half(values: np.ndarray) -> np.ndarray:
    """Values as half precision keeps them: the fitted model is the one that is saved."""
    return np.asarray(values.astype(np.float16).astype(np.float32))

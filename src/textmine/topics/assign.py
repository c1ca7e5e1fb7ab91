"""Topic of each document, by id look-up and arrays: nothing is fitted, no vectorizer runs."""

from __future__ import annotations

import logging
import time

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from scipy import sparse

from textmine.topics.model import TopicModel

NO_TOPIC = -1

log = logging.getLogger(__name__)


def assign_topics(tokens: pa.Table, *, model: TopicModel, n_documents: int, scored: np.ndarray) -> pd.DataFrame:
    """Topic of each document, or -1.

    Parameters
    ----------
    tokens : pa.Table
        ``doc`` (int32, ascending) and ``token``, one row a token.
    model : TopicModel
        Words, space and centres.
    n_documents : int
        Number of documents.
    scored : np.ndarray
        Bool per document: only these get a topic.

    Returns
    -------
    pd.DataFrame
        One row per document: ``topic_id`` (int32; -1 where not scored, no keyword of a topic occurs, or no centre is near
        enough), ``topic_name`` (null for -1), ``topic_similarity`` (cosine to the nearest centre of a topic whose keyword
        occurs, else to the nearest of all, in [0, 1], 4 decimals; null without a known word or where not scored).
    """
    started = time.perf_counter()
    words = count_words(tokens, model=model, n_documents=n_documents)
    similarity = np.round(np.clip(cosines(words, model=model), 0, 1), 4)
    spoken = spoken_of(words, model=model)
    known = scored & ~np.isnan(similarity[:, 0]) if len(model.topics) else np.zeros(n_documents, bool)
    # a keyword counts before nearness: in so small a space a short text is near to something whatever it says
    rank = np.nan_to_num(similarity, nan=-1.0) + 2.0 * spoken
    nearest = rank.argmax(axis=1) if len(model.topics) else np.zeros(n_documents, np.int64)
    best = np.where(known, np.take_along_axis(similarity, nearest[:, None], 1)[:, 0], np.nan) if n_documents else np.zeros(0)
    near = known & spoken.any(axis=1) & (np.nan_to_num(best, nan=-1.0) >= model.threshold)
    topic_id = np.where(near, nearest, NO_TOPIC).astype(np.int32)
    names = np.array([*(topic.name for topic in model.topics), None], dtype=object)[topic_id]
    log.info("topics: %d documents, %d with a topic, %.2f s", n_documents, int(near.sum()), time.perf_counter() - started)
    return pd.DataFrame({"topic_id": topic_id, "topic_name": pd.array(names, dtype="str"), "topic_similarity": best})


def count_words(tokens: pa.Table, *, model: TopicModel, n_documents: int) -> sparse.csr_array:
    """Weights of the known words of each document in text order (n_documents, V); a word that repeats stands repeatedly."""
    doc = np.asarray(tokens["doc"].combine_chunks(), np.int64)
    ids = np.asarray(pc.fill_null(_word_ids(tokens["token"], model.vocabulary), -1), np.int64)
    doc, ids = doc[ids >= 0], ids[ids >= 0]
    ends = np.concatenate([[0], np.cumsum(np.bincount(doc, minlength=n_documents))])
    return sparse.csr_array((model.idf[ids], ids, ends), shape=(n_documents, len(model.vocabulary)))


def cosines(words: sparse.csr_array, *, model: TopicModel) -> np.ndarray:
    """Cosine of each document to each centre, float64 (n, K); NaN for documents without a known word.

    A CSR matrix times a dense one adds up each row by itself in text order, so neither chunks nor threads change it; a
    BLAS product over blocks of changing shape would.
    """
    place = np.asarray(words @ model.components, np.float64)
    length = np.sqrt((place * place).sum(axis=1))
    length[np.diff(words.indptr) == 0] = np.nan
    length[length == 0] = np.nan
    return np.asarray(np.asarray(words @ model.centroids, np.float64) / length[:, None])


def spoken_of(words: sparse.csr_array, *, model: TopicModel) -> np.ndarray:
    """Whether a keyword of each topic occurs in each document, bool (n, K)."""
    number = {word: place for place, word in enumerate(model.vocabulary)}
    pairs = [(number[word], at) for at, topic in enumerate(model.topics) for word in topic.keywords if word in number]
    rows, columns = np.array(pairs, np.int64).reshape(-1, 2).T
    keys = sparse.csr_array((np.ones(len(pairs), np.int32), (rows, columns)), shape=(len(model.vocabulary), len(model.topics)))
    present = sparse.csr_array((np.ones(words.nnz, np.int32), words.indices, words.indptr), shape=words.shape)
    return np.asarray((present @ keys).toarray() > 0)


def _word_ids(words: pa.ChunkedArray, vocabulary: tuple[str, ...]) -> pa.Array:
    known = pa.array(vocabulary, pa.string())
    flat = words.combine_chunks() if isinstance(words, pa.ChunkedArray) else words
    if pa.types.is_dictionary(flat.type):
        return pc.index_in(flat.dictionary.cast(pa.string()), known).take(flat.indices)
    return pc.index_in(flat, known.cast(flat.type))

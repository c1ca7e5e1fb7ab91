import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.errors import BundleError, ContractError
from textmine.heads.model import LinearHeads
from textmine.heads.score import score_heads
from textmine.text.ngrams import hash_ngrams

BITS = 12
NAMES = ("category.a", "category.b", "intent.a")
RANDOM = np.random.default_rng(0)
HEADS = LinearHeads.of(NAMES, RANDOM.normal(size=(1 << BITS, 3)) * (RANDOM.random((1 << BITS, 1)) < 0.5), [0.5, -1.0, 0.0])
DOCUMENTS = st.lists(st.lists(st.text("好差慢aB", min_size=1, max_size=6), max_size=8), min_size=1, max_size=8)


def hashed(documents, bits=BITS):
    """N-grams of documents whose clauses are one token each."""
    rows = [(doc, clause, word) for doc, words in enumerate(documents) for clause, word in enumerate(words)]
    columns = zip(*rows, strict=True) if rows else ([], [], [])
    kinds = (pa.int32(), pa.int32(), pa.string())
    arrays = [pa.array(list(column), kind) for column, kind in zip(columns, kinds, strict=True)]
    return hash_ngrams(pa.table(arrays, names=["doc", "clause", "token"]), n_documents=len(documents), bits=bits)


def test_a_score_is_the_sum_of_weights_over_the_root_of_the_number_of_ngrams_and_the_bias():
    ngrams = hashed([["好", "慢"]])  # characters 好 慢 and 好慢, words 好 慢 and 好 慢: six
    weights = np.zeros((1 << BITS, 1), np.float32)
    good, slow = ngrams.orders[0].buckets
    weights[good], weights[slow] = 2.0, -5.0
    scores = score_heads(ngrams, LinearHeads.of(("sentiment.polar",), weights, [0.25]))
    assert scores.clauses.tolist() == [[2.0], [-5.0]]
    assert scores.documents.tolist() == [[-3.0 / 6**0.5 + 0.25]]


def test_a_document_without_tokens_scores_the_bias():
    assert score_heads(hashed([[], ["好"], []]), HEADS).documents[[0, 2]].tolist() == [[0.5, -1.0, 0.0]] * 2
    assert score_heads(hashed([[]]), HEADS).documents.tolist() == [[0.5, -1.0, 0.0]]
    assert score_heads(hashed([]), HEADS).documents.shape == (0, 3)


def test_without_heads_there_are_no_columns():
    scores = score_heads(hashed([["好"], []]), LinearHeads.none())
    assert (scores.documents.shape, scores.clauses.shape) == ((2, 0), (1, 0))
    assert not scores.has("category.")


@settings(deadline=None, max_examples=60)
@given(DOCUMENTS, st.data())
def test_scores_are_the_same_bits_however_documents_are_split(documents, data):
    whole = score_heads(hashed(documents), HEADS)
    cut = data.draw(st.integers(0, len(documents)))
    parts = [score_heads(hashed(part), HEADS) for part in (documents[:cut], documents[cut:])]
    assert np.array_equal(np.vstack([part.documents for part in parts]), whole.documents)
    assert np.array_equal(np.vstack([part.clauses for part in parts]), whole.clauses)


def test_long_documents_score_the_same_alone_and_among_others():
    letters = [chr(0x4E00 + number) for number in range(300)]
    documents = [["".join(RANDOM.choice(letters, 9)) for _ in range(size)] for size in (200, 3, 0, 90, 1000)]
    whole = score_heads(hashed(documents), HEADS).documents
    assert np.array_equal(np.vstack([score_heads(hashed([one]), HEADS).documents for one in documents]), whole)


def test_columns_are_found_by_name():
    scores = score_heads(hashed([["好慢"], ["差"]]), HEADS)
    assert np.array_equal(scores.column("category.b"), scores.documents[:, 1])
    assert np.array_equal(scores.columns("category."), scores.documents[:, :2])
    assert np.array_equal(scores.clause_column("intent.a"), scores.clauses[:, 2])
    assert np.array_equal(scores.clause_columns("category."), scores.clauses[:, :2])
    assert scores.codes("category.") == ("a", "b")
    assert [scores.has(name) for name in ("category.a", "category.", "category", "aspect.")] == [True, True, False, False]


def test_a_head_that_is_not_there_is_named():
    with pytest.raises(ContractError, match=r"category\.aa"):
        score_heads(hashed([["好"]]), HEADS).column("category.aa")


def test_ngrams_of_other_buckets_are_refused():
    with pytest.raises(BundleError, match="13 bits"):
        score_heads(hashed([["好"]], bits=13), HEADS)

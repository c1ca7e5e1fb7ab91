import numpy as np
import pyarrow as pa
import pytest
import scipy.sparse as sp

from textmine.errors import ConfigError
from textmine.heads.model import LinearHeads
from textmine.heads.score import score_heads
from textmine.learn.linear import decide, fit_linear, out_of_fold
from textmine.text.ngrams import hash_ngrams

GOOD, BAD, OTHER = (["很", "好", "喜欢"], ["太", "慢", "差劲"], ["颜色", "尺寸"])
BITS = 10


def reviews(n=60):
    """Documents of two clauses that say what their class says, with a word of either in between; and their classes."""
    random = np.random.default_rng(0)
    classes = np.arange(n) % 3
    words = [
        [*random.choice((GOOD, BAD, OTHER)[kind], 1 + n % 2), *random.choice(["这个", "我", "买"], 2)]
        for n, kind in enumerate(classes)
    ]
    rows = [(doc, place // 2, word) for doc, cut in enumerate(words) for place, word in enumerate(cut)]
    tokens = pa.table(dict(zip(("doc", "clause", "token"), (list(column) for column in zip(*rows, strict=True)), strict=True)))
    return hash_ngrams(tokens, n_documents=n, bits=BITS), classes


@pytest.mark.parametrize("how", [{}, {"loss": "logistic", "C": 10.0}, {"nb_weighting": False}, {"keep": 20}, {"min_df": 1}])
def test_the_decision_is_what_score_heads_computes(how):
    ngrams, classes = reviews()
    weights, bias = fit_linear(ngrams.matrix(), classes, **how)
    scores = score_heads(ngrams, LinearHeads.of(("x.a", "x.b", "x.c"), weights, bias)).documents
    np.testing.assert_allclose(decide(ngrams.matrix(), weights, bias), scores, rtol=1e-5, atol=1e-5)
    assert (scores.argmax(axis=1) == classes).mean() > 0.95


def test_the_decision_is_the_classifiers_own():
    matrix = sp.csr_matrix([[3.0, 0, 1], [0, 2, 2], [1, 0, 0], [0, 4, 0]])
    weights, bias = fit_linear(matrix, [True, False, True, False], min_df=1, nb_weighting=False)
    by_hand = (matrix.toarray() @ weights[:, 0]) / np.array([4, 4, 1, 4]) ** 0.5 + bias
    np.testing.assert_allclose(decide(matrix, weights, bias)[:, 0], by_hand, rtol=1e-6)
    assert (by_hand > 0).tolist() == [True, False, True, False]


def test_signs_and_booleans_and_one_column_are_the_same_head():
    ngrams, classes = reviews()
    matrix, good = ngrams.matrix(), classes == 0
    one, bias = fit_linear(matrix, good)
    assert one.shape == (1 << BITS, 1)
    for targets in (np.where(good, 1, -1), good[:, None], np.stack([good, ~good], axis=1)):
        weights, other = fit_linear(matrix, targets)
        assert np.array_equal(weights[:, :1], one)
        assert other[0] == bias[0]


def test_the_same_rows_give_the_same_bits_and_leave_the_matrix_as_it_was():
    ngrams, classes = reviews()
    matrix = ngrams.matrix()
    before = matrix.copy()
    one, other = fit_linear(matrix, classes), fit_linear(matrix, classes)
    assert np.array_equal(one[0], other[0])
    assert np.array_equal(one[1], other[1])
    assert (matrix != before).nnz == 0


def test_a_head_whose_targets_are_all_alike_has_no_weights():
    matrix = sp.csr_matrix(np.eye(4))
    weights, bias = fit_linear(matrix, np.array([[True, False]] * 4), min_df=1)
    assert not weights.any()
    assert bias.tolist() == [1.0, -1.0]


def test_a_rare_column_has_no_weight():
    matrix = sp.csr_matrix([[1.0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 1, 0]])
    weights, _ = fit_linear(matrix, [1, 1, -1, -1])
    assert (weights[:, 0] != 0).tolist() == [True, True, False]


def test_only_the_columns_that_move_scores_most_are_kept():
    ngrams, classes = reviews()
    weights, _ = fit_linear(ngrams.matrix(), classes, keep=5)
    assert (weights.any(axis=1)).sum() == 5


def test_a_row_of_weight_zero_counts_as_if_it_were_not_there():
    ngrams, classes = reviews()
    matrix = ngrams.matrix()
    weight = (np.arange(len(classes)) < 40).astype(float)
    some, all_of_them = fit_linear(matrix[:40], classes[:40]), fit_linear(matrix, classes, sample_weight=weight)
    assert np.array_equal(some[0], all_of_them[0])
    assert np.array_equal(some[1], all_of_them[1])


def test_a_row_out_of_fold_is_scored_by_heads_that_never_saw_it():
    ngrams, classes = reviews()
    matrix, folds = ngrams.matrix(), np.arange(len(classes)) // 3 % 4
    values = out_of_fold(matrix, classes, folds, C=0.5)
    rest = folds != 2
    assert np.array_equal(values[~rest], decide(matrix[~rest], *fit_linear(matrix[rest], classes[rest], C=0.5)))
    assert (values.argmax(axis=1) == classes).mean() > 0.9


def test_a_fold_that_alone_has_a_class_still_gets_a_value_for_it():
    matrix = sp.csr_matrix(np.repeat(np.eye(3), 4, axis=0))
    values = out_of_fold(matrix, np.repeat([0, 1, 2], 4), np.array([0, 1] * 4 + [2] * 4), min_df=1)
    assert values.shape == (12, 3)
    assert values[8:, 2].tolist() == [-1.0] * 4


@pytest.mark.parametrize(
    ("targets", "how"),
    [
        ([0, 1, 2], {}),
        ([0.5, 1, 2, 0], {}),
        ([-2, 0, 1, 1], {}),
        (["a", "b", "a", "b"], {}),
        ([0, 1, 0, 1], {"sample_weight": [1, 1, 1]}),
        ([0, 1, 0, 1], {"sample_weight": [1, 1, 1, -1]}),
        ([0, 1, 0, 1], {"sample_weight": [1, 1, 1, np.nan]}),
        ([0, 1, 0, 1], {"loss": "hinge"}),
    ],
)
def test_what_does_not_fit_is_refused(targets, how):
    with pytest.raises(ConfigError):
        fit_linear(sp.csr_matrix(np.eye(4)), targets, min_df=1, **how)


def test_one_fold_is_refused():
    with pytest.raises(ConfigError, match="1 folds"):
        out_of_fold(sp.csr_matrix(np.eye(4)), [0, 1, 0, 1], [5, 5, 5, 5])

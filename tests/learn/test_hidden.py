import numpy as np
import scipy.sparse as sp

from textmine.learn.hidden import fit_hidden


def _rows(n: int = 800):
    """The third column means good with the first and bad with the second: no linear head can say so."""
    random = np.random.default_rng(0)
    place, sign = random.integers(0, 2, n), random.integers(0, 2, n)
    counts = np.zeros((n, 4), np.float32)
    counts[np.arange(n), place] = 1
    counts[np.arange(n), 2 + sign] = 1
    return sp.csr_matrix(counts), place == sign


def test_units_learn_what_depends_on_the_company_a_word_keeps() -> None:
    matrix, good = _rows()
    net = fit_hidden(matrix, good, units=16, rounds=120, drop=0.0, rate=0.5)
    units = np.maximum((matrix @ net.weights) / np.sqrt(2) + net.bias, 0)
    assert (((units @ net.out + net.constant) > 0) == good).mean() > 0.99


def test_the_same_rows_and_seed_give_the_same_network_and_rare_columns_no_weight() -> None:
    matrix, good = _rows(200)
    wide = sp.hstack([matrix, sp.csr_matrix(([1.0], ([0], [0])), shape=(200, 1))]).tocsr()
    one, two = (fit_hidden(wide, good, units=4, rounds=2) for _ in range(2))
    assert (one.weights == two.weights).all()
    assert (one.weights[4] == 0).all()

"""Trees over traits, on trees one can walk by hand."""

import numpy as np

from textmine.sentiment.trees import PART, Trees

# first tree: trait 0 <= 1 goes left; there trait 1 <= 0 gives 1, else 2; on the right trait 1 <= 5 gives 3, else 4
WALKED = Trees(
    trait=np.array([[0.0, 1.0, 1.0], [1.0, 0.0, 0.0]]),
    threshold=np.array([[1.0, 0.0, 5.0], [0.0, np.inf, np.inf]]),
    value=np.array([[1.0, 2.0, 3.0, 4.0], [10.0, 10.0, 20.0, 20.0]]),
    constant=0.5,
)


def test_a_row_walks_every_tree_to_one_leaf_and_equal_goes_left() -> None:
    rows = np.array([[1.0, 0.0], [1.0, 1.0], [2.0, 5.0], [2.0, 6.0]])
    assert WALKED.odds(rows).tolist() == [11.5, 22.5, 23.5, 24.5]


def test_a_row_has_the_same_odds_whatever_stands_beside_it() -> None:
    rows = np.random.default_rng(0).normal(size=(PART + 3, 2))
    alone = [WALKED.odds(row[None])[0] for row in rows]
    assert WALKED.odds(rows).tolist() == alone
    assert WALKED.odds(rows[:0]).tolist() == []

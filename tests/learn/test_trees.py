"""Trees written out as arrays against scikit-learn's own."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from textmine.learn.trees import DEPTH, GROWTH, RATE, fit_trees, out_of_fold_trees


def _rows(n: int = 400) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    traits = random.normal(size=(n, 4))
    return traits, traits[:, 0] * traits[:, 1] + traits[:, 2] > 0


def test_the_arrays_say_what_the_mean_of_the_models_of_scikit_learn_says() -> None:
    traits, wanted = _rows()
    weight = np.where(traits[:, 3] > 0, 2.0, 1.0)
    trees = fit_trees(traits, wanted, sample_weight=weight, rounds=5)
    own = [
        HistGradientBoostingClassifier(
            max_iter=5, learning_rate=RATE, max_depth=DEPTH, early_stopping=False, random_state=seed, **GROWTH
        )
        .fit(traits, wanted, sample_weight=weight)
        .decision_function(traits)
        for seed in range(2)
    ]
    np.testing.assert_allclose(trees.odds(traits), np.mean(own, axis=0), rtol=0, atol=1e-12)
    assert trees.trait.shape == (10, 2**DEPTH - 1)


def test_too_few_rows_make_trees_without_a_question_that_say_the_common_share() -> None:
    traits, wanted = _rows(20)
    trees = fit_trees(traits, wanted, sample_weight=np.ones(20), rounds=3)
    np.testing.assert_allclose(trees.odds(traits), np.log(wanted.mean() / (1 - wanted.mean())), atol=1e-12)


def test_out_of_fold_no_row_is_judged_by_trees_that_saw_it() -> None:
    traits, wanted = _rows()
    folds = np.arange(len(traits)) % 2
    odds = out_of_fold_trees(traits, wanted, folds, np.ones(len(traits), bool), weight=np.ones(len(traits)), rounds=3)
    even = fit_trees(traits[folds == 0], wanted[folds == 0], sample_weight=np.ones(200), seeds=1, rounds=3)
    np.testing.assert_array_equal(odds[folds == 1], even.odds(traits[folds == 1]))

"""Traits and the learned layer, on numbers one can compute."""

from pathlib import Path

import numpy as np
import pytest

from textmine.errors import BundleError
from textmine.heads.model import LinearHeads
from textmine.heads.score import score_heads
from textmine.sentiment.clauses import score_clauses
from textmine.sentiment.score import join_scores, score_sentiment
from textmine.sentiment.stack import FROM, Layer, Network, Stack, load_stack, mixed
from textmine.sentiment.traits import clause_logits, describe, trait_names
from textmine.sentiment.trees import Trees
from textmine.text.ngrams import hash_ngrams

NETWORK = Network(out=np.array([1.0]), constant=0.0, unit_bias=np.array([0.0]), polar_bias=0.5)


def _stack(n: int, neutral: float = -5.0) -> Stack:
    """Log odds of pos: five times the tanh of the first trait."""
    inner = np.zeros((n, 1))
    inner[0] = 1.0
    polar = Layer(inner, np.zeros(1), np.array([5.0]), 0.0)
    silent = Layer(np.zeros((n, 1)), np.zeros(1), np.zeros(1), neutral)
    trust = Layer(np.zeros((n + 3, 1)), np.zeros(1), np.zeros(1), 1.0)
    trees = Trees(np.zeros((1, 1)), np.zeros((1, 1)), np.array([[-5.0, 5.0]]), 0.0)
    silent_trees = Trees(np.zeros((1, 1)), np.zeros((1, 1)), np.zeros((1, 2)), neutral)
    points = np.array([[0.5, 0.6], [1.0, 0.9]])
    return Stack(NETWORK, np.zeros(n), np.ones(n), polar, silent, trees, silent_trees, polar, 0.4, trust, points, 0.65)


def _heads(sign: float = 1.0) -> LinearHeads:
    weights = np.zeros((1 << 20, 4), np.float32)
    weights[:, 0] = sign
    names = ("sentiment.polar", "sentiment.neutral", "sentiment.terse", "sentiment.unit00")
    return LinearHeads.of(names, weights, np.array([0.5, 0.0, -20.0, 0.0]))


def _scored(model, tokens, n, heads):
    import pandas as pd

    documents = pd.DataFrame({"validity": ["ok"] * n})
    scores = score_heads(hash_ngrams(tokens, n_documents=n), heads)
    ruled = score_clauses(tokens, model=model)
    return score_sentiment(documents, tokens, ruled, scores, model=model), ruled, scores


def test_a_saved_stack_loads_equal_with_the_same_bytes(tmp_path: Path) -> None:
    _stack(4).save(tmp_path)
    before = (tmp_path / "learned-sentiment.npz").read_bytes()
    loaded = load_stack(tmp_path)
    assert loaded is not None
    loaded.save(tmp_path)
    assert (tmp_path / "learned-sentiment.npz").read_bytes() == before
    assert loaded.odds(np.ones((1, 4)), np.zeros(1)) == _stack(4).odds(np.ones((1, 4)), np.zeros(1))


def test_no_file_is_no_stack_and_a_broken_one_is_refused(tmp_path: Path) -> None:
    assert load_stack(tmp_path) is None
    (tmp_path / "learned-sentiment.npz").write_bytes(b"nothing")
    with pytest.raises(BundleError):
        load_stack(tmp_path)


def test_traits_have_their_names_and_a_document_without_words_has_none(model, spell) -> None:
    tokens = spell("好吃 ， 但是 贵", "", "差")
    scores = score_heads(hash_ngrams(tokens, n_documents=3), _heads())
    ruled = score_clauses(tokens, model=model)
    logits = clause_logits(ruled, scores, network=NETWORK)
    traits = describe(ruled, scores, logits, network=NETWORK, scalars=model.scalars)
    names = trait_names(0)
    assert traits.shape == (3, len(names))
    assert traits[:, names.index("n_clauses")].tolist() == np.log1p([2, 0, 1]).tolist()
    assert traits[:, names.index("turns")].tolist() == [1, 0, 0]
    assert traits[1, names.index("learned_least")] == 0
    assert traits[0, names.index("ruled_first")] > 0 > traits[0, names.index("ruled_last")]


def test_the_learned_layer_decides_where_there_is_one(model, spell) -> None:
    from dataclasses import replace

    learned = replace(model, stack=_stack(len(trait_names(0))))
    table, ruled, scores = _scored(learned, spell("差 差", ""), 2, _heads())
    assert table["sentiment"].tolist() == ["pos", "neu"]
    assert table["sentiment_score"][0] > 0.9
    assert 0.6 <= table["sentiment_confidence"][0] <= 0.9
    assert (join_scores(ruled, scores, model=learned)["score"] > ruled["score"]).all()
    without, ruled, scores = _scored(model, spell("差 差", ""), 2, _heads())
    assert without["sentiment"].tolist() == ["neg", "neu"]
    assert join_scores(ruled, scores, model=model) is ruled


def test_neutral_is_chosen_from_its_threshold(model, spell) -> None:
    from dataclasses import replace

    learned = replace(model, stack=_stack(len(trait_names(0)), neutral=1.0))
    table, *_ = _scored(learned, spell("差 差"), 1, _heads())
    assert table["sentiment"].tolist() == ["neu"]


def test_a_text_that_reads_like_a_contrast_sentence_is_decided_by_the_layer_for_those() -> None:
    common, terse = np.full(3, 2.0), np.full(3, -4.0)
    assert np.round(mixed(common, terse, np.array([-20.0, FROM, 20.0])), 6).tolist() == [2.0, -1.0, -4.0]

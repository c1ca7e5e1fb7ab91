from __future__ import annotations

import json

import numpy as np
import pytest

from textmine.errors import BundleError
from textmine.topics.model import TopicModel, load_topics


def test_what_was_saved_is_loaded(model, tmp_path):
    model.save(tmp_path)
    loaded = load_topics(tmp_path)
    assert (loaded.vocabulary, loaded.topics, loaded.threshold) == (model.vocabulary, model.topics, model.threshold)
    assert (loaded.idf == model.idf).all()
    assert np.allclose(loaded.components, model.components, atol=1e-3)
    assert loaded.centroids.dtype == np.float32


def test_saving_a_loaded_model_gives_the_same_bytes(model, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    model.save(first)
    load_topics(first).save(second)
    for name in ("topics.npz", "topics.json"):
        assert (first / name).read_bytes() == (second / name).read_bytes()


def test_a_missing_or_broken_file_is_a_bundle_error(model, tmp_path):
    with pytest.raises(BundleError, match="topics cannot be read"):
        load_topics(tmp_path)
    model.save(tmp_path)
    (tmp_path / "topics.npz").write_bytes(b"PK no zip")
    with pytest.raises(BundleError, match="topics cannot be read"):
        load_topics(tmp_path)


def test_a_pickle_in_the_arrays_is_refused(model, tmp_path):
    model.save(tmp_path)
    with (tmp_path / "topics.npz").open("wb") as file:
        np.savez(file, vocabulary=np.array([{"a": 1}], dtype=object))
    with pytest.raises(BundleError, match="topics cannot be read"):
        load_topics(tmp_path)


def test_topics_that_do_not_fit_the_arrays_are_refused(model, tmp_path):
    model.save(tmp_path)
    about = json.loads((tmp_path / "topics.json").read_text("utf-8"))
    (tmp_path / "topics.json").write_text(json.dumps({**about, "topics": about["topics"][:1]}), "utf-8")
    with pytest.raises(BundleError, match="do not fit together"):
        load_topics(tmp_path)


def test_the_words_keep_their_places(model):
    assert isinstance(model, TopicModel)
    assert model.vocabulary.index("房间") == 2

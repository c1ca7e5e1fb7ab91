from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.topics.assign import assign_topics
from textmine.topics.model import Topic, TopicModel


def tokens(*documents: str) -> pa.Table:
    words = [(at, word) for at, text in enumerate(documents) for word in text.split()]
    columns = {"doc": pa.array([at for at, _ in words], pa.int32()), "token": pa.array([word for _, word in words], pa.string())}
    return pa.table(columns)


def assigned(model: TopicModel, *documents: str, scored: list[bool] | None = None) -> pd.DataFrame:
    mask = np.ones(len(documents), bool) if scored is None else np.array(scored)
    return assign_topics(tokens(*documents), model=model, n_documents=len(documents), scored=mask)


def test_a_document_gets_the_nearest_topic_with_its_cosine(model):
    result = assigned(model, "快递 很 快", "房间 干净", "快递 物流 房间")
    assert result["topic_id"].tolist() == [0, 1, 0]
    assert result["topic_name"].tolist() == ["快递·物流", "房间", "快递·物流"]
    assert result["topic_similarity"].tolist() == [1.0, 1.0, 0.9487]  # (3, 1): 3 / sqrt(10)


def test_a_document_too_far_from_every_centre_has_no_topic_but_a_similarity(model):
    result = assigned(model, "价格")
    assert result["topic_id"].tolist() == [-1]
    assert result["topic_name"].isna().all()
    assert result["topic_similarity"].tolist() == [0.7071]


def test_equally_near_topics_give_the_lowest_id(model):
    near = TopicModel(model.vocabulary, model.idf, model.components, model.centroids, model.topics, threshold=0.7)
    assert assigned(near, "快递 房间", "房间 快递")["topic_id"].tolist() == [0, 0]


def test_without_a_keyword_of_a_topic_a_text_is_not_of_it_however_near(model):
    near = TopicModel(model.vocabulary, model.idf, model.components, model.centroids, model.topics, threshold=0.0)
    assert assigned(near, "价格", "价格 房间")["topic_id"].tolist() == [-1, 1]


def test_the_threshold_is_held_against_the_rounded_similarity(model):
    edge = TopicModel(model.vocabulary, model.idf, model.components, model.centroids, model.topics, threshold=0.7071)
    assert assigned(edge, "快递 房间")["topic_id"].tolist() == [0]  # 1 / sqrt(2)


def test_without_a_known_word_or_a_score_there_is_no_topic_and_no_similarity(model):
    result = assigned(model, "还 行", "", "快递", scored=[True, True, False])
    assert result["topic_id"].tolist() == [-1, -1, -1]
    assert result["topic_similarity"].isna().all()


def test_no_documents_give_no_rows(model):
    result = assigned(model)
    assert len(result) == 0
    assert list(result.columns) == ["topic_id", "topic_name", "topic_similarity"]
    assert str(result["topic_id"].dtype) == "int32"


def test_a_dictionary_encoded_token_column_gives_the_same(model):
    plain = tokens("快递 很 快", "房间 干净")
    coded = plain.set_column(1, "token", plain["token"].combine_chunks().dictionary_encode())
    scored = np.ones(2, bool)
    expected = assign_topics(plain, model=model, n_documents=2, scored=scored)
    pd.testing.assert_frame_equal(assign_topics(coded, model=model, n_documents=2, scored=scored), expected)


WORDS = [f"词{at}" for at in range(40)]


def random_model() -> TopicModel:
    draw = np.random.default_rng(5)
    components, centres = draw.normal(size=(40, 16)).astype(np.float32), draw.normal(size=(16, 9)).astype(np.float32)
    topics = tuple(Topic(at, f"话题{at}", (f"词{at}",), 1) for at in range(9))
    return TopicModel(tuple(WORDS), draw.random(40).astype(np.float32), components, components @ centres, topics, 0.1)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from([*WORDS, "生词"]), max_size=30), min_size=2, max_size=12), st.data())
def test_chunks_give_bit_for_bit_what_the_whole_gives(documents, data):
    texts, own = [" ".join(words) for words in documents], random_model()
    cut = data.draw(st.integers(1, len(texts) - 1))
    whole = assigned(own, *texts)
    parts = pd.concat([assigned(own, *texts[:cut]), assigned(own, *texts[cut:])], ignore_index=True)
    pd.testing.assert_frame_equal(parts, whole, check_exact=True)
    known = whole["topic_similarity"].dropna()
    assert known.between(0, 1).all()

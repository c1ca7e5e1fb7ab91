from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from textmine.learn.topics import fit_topics, read_stop_words
from textmine.topics.assign import assign_topics
from textmine.topics.model import load_topics

SUBJECTS = {
    "delivery": ["快递", "物流", "包裹", "签收", "派送", "驿站", "催单"],
    "room": ["房间", "前台", "早餐", "隔音", "床单", "退房", "浴室"],
    "phone": ["屏幕", "电池", "充电", "死机", "信号", "耳机", "触屏"],
}


def corpus(n: int = 150, seed: int = 3) -> tuple[pa.Table, list[str]]:
    """Documents of five words of one subject, each with the stop word 感觉 and a PHONE mask."""
    draw = np.random.default_rng(seed)
    subjects = [list(SUBJECTS)[at % 3] for at in range(n)]
    texts = [[*draw.choice(SUBJECTS[subject], 5), "感觉", "PHONE"] for subject in subjects]
    doc = [at for at, words in enumerate(texts) for _ in words]
    return pa.table({"doc": pa.array(doc, pa.int32()), "token": pa.array([w for words in texts for w in words])}), subjects


SETTINGS = {
    "n_documents": 150,
    "stop_words": ("感觉",),
    "n_topics": 3,
    "n_components": 6,
    "min_df": 3,
    "max_df": 0.6,
    "min_size": 10,
}


def test_three_subjects_give_three_topics_named_by_their_words():
    tokens, subjects = corpus()
    model = fit_topics(tokens, **SETTINGS)
    labels = assign_topics(tokens, model=model, n_documents=150, scored=np.ones(150, bool))
    near = labels["topic_id"] >= 0
    assert 0.85 <= near.mean() <= 0.95  # a tenth is remote
    table = pd.crosstab(np.array(subjects)[near], labels["topic_id"][near])
    assert (np.sort(table.to_numpy(), axis=1)[:, :-1] == 0).all()
    for topic in model.topics:
        subject = table[topic.topic_id].idxmax()
        assert set(topic.keywords) <= set(SUBJECTS[subject])
        assert len(topic.name.split("·")) == 3


def test_ids_run_from_zero_in_order_of_size_and_names_differ():
    model = fit_topics(corpus()[0], **SETTINGS)
    assert [topic.topic_id for topic in model.topics] == list(range(len(model.topics)))
    sizes = [topic.size for topic in model.topics]
    assert sizes == sorted(sizes, reverse=True)
    assert len({topic.name for topic in model.topics}) == len(model.topics)


def test_stop_words_masks_single_characters_and_rare_words_are_no_words_of_the_model():
    tokens, _ = corpus()
    more = pa.concat_tables([tokens, pa.table({"doc": pa.array([149] * 2, pa.int32()), "token": ["差", "少见"]})])
    vocabulary = fit_topics(more, **SETTINGS).vocabulary
    assert set(vocabulary) == {word for words in SUBJECTS.values() for word in words}


def test_topics_that_are_too_small_are_dropped():
    model = fit_topics(corpus()[0], **{**SETTINGS, "n_topics": 12, "min_size": 14})
    assert all(topic.size >= 14 for topic in model.topics)
    assert 0 < len(model.topics) < 12


def test_no_topic_large_enough_is_refused():
    with pytest.raises(ValueError, match="no topic has 500 documents"):
        fit_topics(corpus()[0], **{**SETTINGS, "min_size": 500})


def test_too_few_words_are_refused():
    with pytest.raises(ValueError, match="words are left"):
        fit_topics(corpus()[0], **{**SETTINGS, "min_df": 1000})


def test_the_saved_model_labels_as_the_fitted_one(tmp_path):
    tokens, _ = corpus()
    model = fit_topics(tokens, **SETTINGS)
    model.save(tmp_path)
    scored = np.ones(150, bool)
    fitted = assign_topics(tokens, model=model, n_documents=150, scored=scored)
    pd.testing.assert_frame_equal(assign_topics(tokens, model=load_topics(tmp_path), n_documents=150, scored=scored), fitted)


def test_the_same_seed_gives_the_same_files(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        fit_topics(corpus()[0], **SETTINGS).save(tmp_path / name)
    assert (tmp_path / "one/topics.npz").read_bytes() == (tmp_path / "two/topics.npz").read_bytes()
    assert (tmp_path / "one/topics.json").read_bytes() == (tmp_path / "two/topics.json").read_bytes()


def test_the_shipped_stop_words_hold_function_words_and_no_subjects(vocabulary):
    words = read_stop_words(vocabulary / "stopwords.txt")
    assert {"我们", "但是", "不错", "非常"} <= words
    assert words.isdisjoint({"快递", "房间", "客服", "退款", "质量", "#"})


@pytest.mark.slow
def test_the_model_does_not_depend_on_the_hash_seed_or_threads(tmp_path):
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "from test_topics import corpus, SETTINGS; from textmine.learn.topics import fit_topics;"
        "fit_topics(corpus()[0], **SETTINGS).save(Path(sys.argv[1]))"
    )
    for seed, threads in (("0", "1"), ("77", "2")):
        folder = tmp_path / seed
        folder.mkdir()
        environment = {"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        environment |= {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2] / "src")}
        subprocess.run([sys.executable, "-c", script, str(folder), str(Path(__file__).parent)], check=True, env=environment)
    assert (tmp_path / "0/topics.npz").read_bytes() == (tmp_path / "77/topics.npz").read_bytes()


@pytest.mark.slow
def test_real_reviews_give_topics_that_follow_their_products(shared):
    import rjieba

    reviews = pd.read_parquet(shared / "data" / "reviews.parquet").sample(8000, random_state=1).reset_index(drop=True)
    cut = [rjieba.cut(text) for text in reviews["text"]]
    doc = [at for at, words in enumerate(cut) for _ in words]
    tokens = pa.table({"doc": pa.array(doc, pa.int32()), "token": pa.array([word for words in cut for word in words])})
    stop_words = read_stop_words(Path(__file__).parents[2] / "src/textmine/vocabulary/stopwords.txt")
    model = fit_topics(tokens, n_documents=len(cut), stop_words=stop_words, n_topics=30, min_df=5, min_size=20)
    labels = assign_topics(tokens, model=model, n_documents=len(cut), scored=np.ones(len(cut), bool))
    near = labels["topic_id"] >= 0
    table = pd.crosstab(labels["topic_id"][near], reviews["product"][near])
    assert table.max(axis=1).sum() / table.to_numpy().sum() > 0.5  # purity; the largest product alone is 0.19
    assert near.mean() > 0.75

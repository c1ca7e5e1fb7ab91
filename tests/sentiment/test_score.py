from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from textmine.sentiment.clauses import score_clauses
from textmine.sentiment.model import SentimentModel
from textmine.sentiment.score import score_sentiment

CutTexts = Callable[[Sequence[str]], pa.Table]


def _scored(
    texts: Sequence[str], model: SentimentModel, cut_texts: CutTexts, validity: Sequence[str] | None = None
) -> pd.DataFrame:
    tokens = cut_texts(texts)
    documents = pd.DataFrame({"text": list(texts), "validity": list(validity or ["ok"] * len(texts))})
    return score_sentiment(documents, tokens, score_clauses(tokens, model=model), model=model)


def test_praise_blame_and_neither_get_their_labels(model: SentimentModel, cut_texts: CutTexts) -> None:
    table = _scored(["味道很好，很满意", "太差了，非常失望", "下午三点收到"], model, cut_texts)
    assert table["sentiment"].tolist() == ["pos", "neg", "neu"]
    assert table["undecided"].tolist() == [False, False, True]


def test_each_clause_has_its_own_score(model: SentimentModel, cut_texts: CutTexts) -> None:
    clauses = score_clauses(cut_texts(["房间很干净，早餐太难吃", "", "不错"]), model=model)
    assert clauses[["doc", "clause"]].to_numpy().tolist() == [[0, 0], [0, 1], [2, 0]]
    assert (clauses["score"] > 0).tolist() == [True, False, True]
    assert clauses["doc"].dtype == clauses["clause"].dtype == np.int32


def test_documents_that_are_not_ok_are_null_not_neutral(model: SentimentModel, cut_texts: CutTexts) -> None:
    table = _scored(["很好", "很好"], model, cut_texts, ["ok", "advert"])
    assert table.loc[0].notna().all()
    assert table.loc[1].isna().all()


def test_columns_have_their_types_even_where_nothing_is_scored(model: SentimentModel, cut_texts: CutTexts) -> None:
    table = _scored([], model, cut_texts)
    assert {name: str(kind) for name, kind in table.dtypes.items()} == {
        "sentiment": "str",
        "sentiment_score": "float64",
        "sentiment_confidence": "float64",
        "snownlp_score": "float64",
        "undecided": "boolean",
    }


def test_a_document_without_words_is_neutral_and_undecided(model: SentimentModel, cut_texts: CutTexts) -> None:
    table = _scored(["", "！！！"], model, cut_texts)
    assert table["sentiment"].tolist() == ["neu", "neu"]
    assert table["sentiment_score"].tolist() == [0.0, 0.0]
    assert table["undecided"].all()


def test_numbers_are_rounded_and_the_label_follows_the_rounded_score(model: SentimentModel, cut_texts: CutTexts) -> None:
    band = _scored(["比较满意"], model, cut_texts)["sentiment_score"][0]
    at, above = (replace(model, scalars=replace(model.scalars, neutral_band=edge)) for edge in (band, band + 0.0001))
    assert round(band, 4) == band
    assert _scored(["比较满意"], at, cut_texts)["sentiment"][0] == "pos"
    assert _scored(["比较满意"], above, cut_texts)["sentiment"][0] == "neu"


def test_confidence_is_read_off_the_calibration_points(model: SentimentModel, cut_texts: CutTexts) -> None:
    points = replace(model.scalars, confidence=((0.0, 0.5), (1.0, 0.9)), undecided_below=0.99)
    table = _scored(["很满意"], replace(model, scalars=points), cut_texts)
    assert table["sentiment_confidence"][0] == pytest.approx(0.5 + 0.4 * table["sentiment_score"][0], abs=1e-4)
    assert table["undecided"][0]


def test_a_question_for_facts_is_not_praised_for_its_manners(model: SentimentModel, cut_texts: CutTexts) -> None:
    assert _scored(["请问怎么办理会员卡，谢谢"], model, cut_texts)["sentiment"][0] != "pos"


PIECES = [
    "好吃",
    "不",
    "没有",
    "太",
    "贵",
    "，",
    "。",
    "但是",
    "虽然",
    "希望",
    "呵呵",
    "难道",
    "吗",
    "“",
    "”",
    "别家",
    " ",
    "abc",
    "，，",
    "客服",
    "\n",
    "🙂",
]


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), min_size=1, max_size=6), at=st.integers(0, 6))
def test_how_documents_are_chunked_changes_nothing(model: SentimentModel, cut_texts: CutTexts, texts: list[str], at: int) -> None:
    whole = _scored(texts, model, cut_texts)
    parts = pd.concat([_scored(part, model, cut_texts) for part in (texts[:at], texts[at:])], ignore_index=True)
    pd.testing.assert_frame_equal(whole, parts)
    assert whole["sentiment_score"].between(-1, 1).all()
    assert whole["sentiment_confidence"].between(0, 1).all()

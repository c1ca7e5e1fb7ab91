"""Intent by cues, attitude and question marks."""

from __future__ import annotations

import pandas as pd
import pytest

from textmine.categories.intent import assign_intent


def _mood(*moods: str | None) -> pd.DataFrame:
    return pd.DataFrame({"sentiment": pd.Series(list(moods), dtype="str")})


@pytest.mark.parametrize(("mood", "intent"), [("neg", "complaint"), ("pos", "praise"), ("neu", "statement")])
def test_without_cues_the_attitude_decides(hits_of, documents_of, mood, intent) -> None:
    assert assign_intent(documents_of(["随便一句话"]), hits_of(), _mood(mood))["intent"].tolist() == [intent]


def test_a_suggestion_at_the_beginning_outweighs_a_negative_mood(hits_of, documents_of) -> None:
    hits = hits_of((0, 0, 0, "intent", "suggestion", "建议增加", 1.8))
    assert assign_intent(documents_of(["建议增加一台取号机"]), hits, _mood("neg"))["intent"].tolist() == ["suggestion"]


def test_the_same_cue_at_the_end_of_a_complaint_does_not(hits_of, documents_of) -> None:
    hits = hits_of((0, 3, 24, "intent", "suggestion", "建议", 1.1))
    texts = ["上门两次都没带配件，第三次又说要等，真是服了，建议换人"]
    assert assign_intent(documents_of(texts), hits, _mood("neg"))["intent"].tolist() == ["complaint"]


def test_a_question_mark_asks_where_the_mood_is_not_negative(hits_of, documents_of) -> None:
    hits = hits_of((0, 0, 3, "intent", "inquiry", "什么时候", 0.8), (1, 0, 3, "intent", "inquiry", "什么时候", 0.8))
    result = assign_intent(documents_of(["柜台是什么时候开？", "你们是什么时候开？"]), hits, _mood("neu", "neg"))
    assert result["intent"].tolist() == ["inquiry", "complaint"]


def test_a_negated_cue_of_complaint_does_not_count(hits_of, documents_of) -> None:
    rows = [(0, 0, 1, "intent", "complaint", "难吃", 1.6, True), (1, 0, 1, "intent", "complaint", "难吃", 1.6, False)]
    result = assign_intent(documents_of(["不难吃", "真难吃"]), hits_of(*rows), _mood("neu", "neu"))
    assert result["intent"].tolist() == ["statement", "complaint"]


def test_confidence_grows_with_the_margin(hits_of, documents_of) -> None:
    hits = hits_of((1, 0, 0, "intent", "complaint", "投诉", 1.2))
    result = assign_intent(documents_of(["慢", "投诉"]), hits, _mood("neg", "neg"))
    assert result["intent_confidence"].tolist() == [0.8, 0.898]  # margins 1.5 and 1.5 + 1.2 * 2


def test_an_invalid_text_has_no_intent(hits_of, documents_of) -> None:
    result = assign_intent(documents_of(["广告"], validity=["advert"]), hits_of(), _mood("pos"))
    assert result["intent"].isna().all() and result["intent_confidence"].isna().all()


def test_a_text_without_sentiment_is_decided_by_its_cues(hits_of, documents_of) -> None:
    hits = hits_of((0, 0, 0, "intent", "inquiry", "请问", 1.5))
    assert assign_intent(documents_of(["请问几点关门"]), hits, _mood(None))["intent"].tolist() == ["inquiry"]

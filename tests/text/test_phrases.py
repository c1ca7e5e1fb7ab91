import pickle

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textmine.errors import ConfigError
from textmine.taxonomy import Phrase
from textmine.text import phrases as module
from textmine.text.phrases import PhraseMatcher

PARTS = ["好吃", "不好吃", "吃", "差", "退款", "退款慢", "态度…差", "A…b", "app"]
OTHERS = [Phrase("intent", "x", "好吃"), Phrase("category", "y", "吃", 2.0)]
PHRASES = [Phrase("category", "taste", text) for text in PARTS] + OTHERS
TEXTS = st.lists(st.text(alphabet="好吃不差态度退款慢aABb pP，。\n", max_size=20), max_size=5)


def hits(texts, *phrases):
    """(doc, start, end, list.label, words) of every hit."""
    frame = PhraseMatcher(phrases).find(texts)
    names = frame["list"].astype("str") + "." + frame["label"].astype("str")
    return list(zip(frame["doc"], frame["start"], frame["end"], names, frame["words"], strict=True))


def taste(text):
    return Phrase("category", "taste", text)


def test_a_hit_says_where_in_which_clause_and_under_which_label():
    frame = PhraseMatcher([Phrase("category", "after_sales.refund", "退款", 1.5)]).find(pd.Series(["很慢", "菜好，不给退款"]))
    assert frame.astype({"list": "str", "label": "str", "words": "str"}).to_dict("records") == [
        {"doc": 1, "clause": 1, "start": 5, "end": 7, "list": "category", "label": "after_sales.refund", "words": "退款",
         "weight": 1.5, "negated": True}
    ]  # fmt: skip
    assert {name: str(kind) for name, kind in frame.dtypes.items()} == {
        "doc": "int32", "clause": "int32", "start": "int32", "end": "int32", "list": "category", "label": "category",
        "words": "category", "weight": "float32", "negated": "bool"}  # fmt: skip


def test_the_same_words_in_several_lists_and_labels_give_several_hits():
    found = hits(["差"], Phrase("category", "a", "差"), Phrase("category", "b", "差"), Phrase("intent", "a", "差"))
    assert [name for *_, name, _ in found] == ["category.a", "category.b", "intent.a"]


def test_within_a_list_the_longer_hit_wins_and_other_lists_keep_theirs():
    found = hits(["不好吃"], taste("好吃"), taste("不好吃"), Phrase("intent", "praise", "好吃"))
    assert found == [(0, 0, 3, "category.taste", "不好吃"), (0, 1, 3, "intent.praise", "好吃")]


def test_hits_that_overlap_without_one_inside_the_other_both_count():
    assert [words for *_, words in hits(["退款慢吞吞"], taste("退款慢"), taste("慢吞吞"))] == ["退款慢", "慢吞吞"]


def test_ascii_letters_match_in_either_case_and_the_words_stay_as_given():
    assert [found[1:3] + found[4:] for found in hits(["用APP和app"], taste("App"))] == [(1, 4, "App"), (5, 8, "App")]


@pytest.mark.parametrize(("text", "phrase"), [("happy", "app"), ("13155", "315"), ("apple", "app")])
def test_an_ascii_phrase_is_not_found_inside_a_longer_word_or_number(text, phrase):
    assert hits([text], taste(phrase)) == []


def test_an_ascii_phrase_is_found_beside_chinese_and_beside_the_other_kind():
    assert len(hits(["打315举报", "app2好用"], taste("315"), taste("app"))) == 2


def test_two_parts_match_within_twelve_characters_of_one_sentence():
    near, far = "态度" + "一" * 12 + "差", "态度" + "一" * 13 + "差"
    found = hits([near, far, "态度。差", "态度，真差", "差态度"], taste("态度…差"))
    assert found == [(0, 0, 15, "category.taste", "态度…差"), (3, 0, 5, "category.taste", "态度…差")]


def test_of_several_first_and_second_parts_the_nearest_pair_counts():
    assert [found[1:3] for found in hits(["态度和态度差，差"], taste("态度…差"))] == [(3, 6)]


def test_a_part_of_a_found_pair_takes_the_place_of_an_equal_phrase_of_its_list():
    phrases = Phrase("category", "service", "态度…差"), Phrase("category", "product", "差"), Phrase("flag", "f", "差")
    found = hits(["态度差"], *phrases)
    assert [name for *_, name, _ in found] == ["category.service", "flag.f"]


def test_what_lies_between_the_parts_still_counts():
    assert [words for *_, words in hits(["态度和菜都差"], taste("态度…差"), taste("菜"))] == ["态度…差", "菜"]


def test_a_phrase_does_not_reach_from_one_text_into_the_next():
    assert hits(["态", "度差"], taste("态度"), taste("态…差")) == []


@pytest.mark.parametrize("text", ["", " ", "…差", "态度…", "一…二…三", "好\n吃", "好" * 201])
def test_a_phrase_that_is_no_phrase_is_refused(text):
    with pytest.raises(ConfigError, match="taste"):
        PhraseMatcher([taste(text)])


def test_no_phrases_or_no_texts_give_an_empty_frame_with_the_same_columns():
    empty = [PhraseMatcher([]).find(["好"]), PhraseMatcher(PHRASES).find([]), PhraseMatcher(PHRASES).find(["", None])]
    for frame in empty:
        assert list(frame) == ["doc", "clause", "start", "end", "list", "label", "words", "weight", "negated"]
        assert len(frame) == 0


def test_characters_beyond_the_basic_plane_count_as_one():
    assert [found[1:3] for found in hits(["😀𠮷好吃"], taste("好吃"))] == [(2, 4)]


def test_series_arrays_and_lists_give_the_same():
    texts = ["不好吃", None, "退款慢"]
    kinds = (texts, pd.Series(texts, dtype="str"), pa.array(texts), pa.chunked_array([texts]))
    frames = [PhraseMatcher(PHRASES).find(kind) for kind in kinds]
    for frame in frames[1:]:
        pd.testing.assert_frame_equal(frame, frames[0])


def test_a_matcher_can_be_sent_to_a_worker():
    matcher, texts = PhraseMatcher(PHRASES), ["态度很差，不好吃"]
    pd.testing.assert_frame_equal(pickle.loads(pickle.dumps(matcher)).find(texts), matcher.find(texts))


@settings(deadline=None, max_examples=30)
@given(TEXTS)
def test_a_whole_phrase_is_found_at_every_place_that_no_longer_one_covers(texts):
    frame = PhraseMatcher([phrase for phrase in PHRASES if "…" not in phrase.text and phrase.text != "app"]).find(texts)
    plain = ["好吃", "不好吃", "吃", "差", "退款", "退款慢"]
    for doc, text in enumerate(texts):
        spans = {(at, at + len(word)) for word in plain for at in range(len(text)) if text.startswith(word, at)}
        left = {one for one in spans if not any(big[0] <= one[0] and one[1] <= big[1] and big != one for big in spans)}
        mine = frame[(frame["doc"] == doc) & (frame["list"] == "category")]
        assert set(zip(mine["start"], mine["end"], strict=True)) == left


@settings(deadline=None, max_examples=30)
@given(TEXTS, st.integers(1, 30))
def test_the_hits_do_not_depend_on_the_batches(texts, characters):
    matcher = PhraseMatcher(PHRASES)
    whole = matcher.find(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_BATCH_CHARACTERS", characters)
        pd.testing.assert_frame_equal(matcher.find(texts), whole)


def test_the_clause_of_a_hit_is_the_clause_of_its_tokens():
    text = "前台好，退款慢。1,000元"
    frame = PhraseMatcher([taste("退款慢"), taste("元")]).find([text])
    assert dict(zip(frame["words"], frame["clause"], strict=True)) == {"退款慢": 1, "元": 2}
    assert np.array_equal(frame["start"], [4, 13])

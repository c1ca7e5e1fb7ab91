from __future__ import annotations

import pandas as pd

from textmine.priority.red_lines import find_red_lines


def row(sentiment: str | None = "neg", intent: str | None = "complaint", categories: tuple[str, ...] = ("product",)) -> dict:
    return {"sentiment": sentiment, "intent": intent, "categories": list(categories)}


def hit(
    label: str,
    words: str,
    *,
    doc: int = 0,
    clause: int = 0,
    start: int = 0,
    guard: bool = False,
    weight: float = 1.0,
    negated: bool = False,
) -> dict:
    place = {"doc": doc, "clause": clause, "start": start, "end": start + len(words)}
    which = {"list": "red_line_guard" if guard else "red_line", "label": label, "words": words}
    return {**place, **which, "weight": weight, "negated": negated}


def found(policy, rows: list[dict], hits: list[dict]) -> list[list[str]]:
    names = ["doc", "clause", "start", "end", "list", "label", "words", "weight", "negated"]
    frame = pd.DataFrame(hits, columns=names).astype({"list": "category", "label": "category", "words": "category"})
    return [list(codes) for codes in find_red_lines(pd.DataFrame(rows), frame, policy=policy)["red_lines"]]


def test_one_word_of_weight_one_crosses_the_line(policy):
    assert found(policy, [row(), row()], [hit("illness", "拉肚子", doc=1)]) == [[], ["illness"]]


def test_a_negated_word_does_not_count(policy):
    assert found(policy, [row()], [hit("illness", "拉肚子", negated=True)]) == [[]]


def test_a_guard_takes_back_words_of_its_own_clause_only(policy):
    suspected = hit("fraud", "怀疑", guard=True)
    assert found(policy, [row()], [hit("fraud", "假货", start=4), suspected]) == [[]]
    assert found(policy, [row()], [hit("fraud", "假货", clause=1, start=9), suspected]) == [["fraud"]]


def test_a_guard_of_another_line_takes_nothing_back(policy):
    assert found(policy, [row()], [hit("fraud", "假货", start=4), hit("illness", "担心", guard=True)]) == [["fraud"]]


def test_weak_words_must_add_up_and_the_same_word_counts_once(policy):
    weak = hit("illness", "胃疼", weight=0.5)
    assert found(policy, [row()], [weak, hit("illness", "胃疼", start=8, weight=0.5)]) == [[]]
    assert found(policy, [row()], [weak, hit("illness", "胃痛", start=8, weight=0.5)]) == [["illness"]]


def test_a_positive_text_crosses_no_line_unless_it_is_a_complaint(policy):
    assert found(policy, [row("pos", "praise")], [hit("illness", "拉肚子")]) == [[]]
    assert found(policy, [row("pos", "complaint")], [hit("illness", "拉肚子")]) == [["illness"]]


def test_a_text_that_is_not_scored_crosses_no_line(policy):
    assert found(policy, [row(None, None)], [hit("illness", "拉肚子")]) == [[]]


def test_insects_count_in_food_but_not_in_rooms(policy):
    rows = [row(categories=("product",)), row(categories=("environment",))]
    assert found(policy, rows, [hit("unsafe_food", "虫子", doc=0), hit("unsafe_food", "虫子", doc=1)]) == [["unsafe_food"], []]


def test_codes_come_in_the_order_of_the_policy_with_their_words_in_text_order(policy):
    hits = pd.DataFrame([hit("fraud", "假货", start=9), hit("illness", "腹泻", start=5), hit("illness", "呕吐", start=2)])
    result = find_red_lines(pd.DataFrame([row()]), hits, policy=policy)
    assert list(result["red_lines"][0]) == ["illness", "fraud"]
    assert dict(result["red_line_words"][0]) == {"illness": ["呕吐", "腹泻"], "fraud": ["假货"]}


def test_the_order_of_hits_does_not_matter(policy):
    hits = [hit("fraud", "假货", start=9), hit("illness", "腹泻", start=5), hit("illness", "呕吐", start=2)]
    hits.append(hit("fraud", "欺诈", doc=1))
    rows = pd.DataFrame([row(), row()])
    forwards = find_red_lines(rows, pd.DataFrame(hits), policy=policy)
    backwards = find_red_lines(rows, pd.DataFrame(hits[::-1]), policy=policy)
    pd.testing.assert_frame_equal(forwards, backwards)


def test_no_rows_and_no_hits_give_an_empty_frame_of_the_same_columns(policy):
    assert found(policy, [row()], []) == [[]]
    hits = pd.DataFrame([hit("fraud", "假货")]).iloc[:0]
    nothing = find_red_lines(pd.DataFrame([row()]).iloc[:0], hits, policy=policy)
    assert list(nothing.columns) == ["red_lines", "red_line_words"]
    assert len(nothing) == 0

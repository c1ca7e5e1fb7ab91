"""Nothing that is measured on enough rows may get worse."""

from __future__ import annotations

import pandas as pd

from tests.learn.test_evaluate import rows, said
from textmine.learn.gate import CANNOT_JUDGE, Check, Verdict, compare, compare_contrast, compare_speed, unjudged


def checks(n, wrong, *, before=0):
    """Comparisons of a champion with ``before`` wrong of ``n`` rows and a challenger with ``wrong``."""
    labels = ["neg", "pos"] * (n // 2)
    examples = rows(n, sentiment=labels)
    told = [labels[place] if place >= count else "neu" for count in (before, wrong) for place in range(n)]
    return {check.of: check for check in compare(examples, said(n, sentiment=told[:n]), said(n, sentiment=told[n:]))}


def test_the_same_predictions_pass():
    assert {check.verdict for check in checks(400, 0).values()} == {"ok"}


def test_a_source_of_200_rows_that_loses_more_than_two_points_fell():
    found = checks(400, 40)
    assert found["labels"].verdict == "fell"
    assert (found["labels"].champion, found["labels"].challenger) == (1.0, 0.9)


def test_a_small_source_that_got_worse_is_shown_and_refuses_nothing():
    found = checks(100, 10)
    assert {check.verdict for check in found.values()} == {"shown"}
    assert Verdict("old", tuple(found.values())).passed


def test_a_small_loss_that_is_certain_fell_too():
    found = checks(2000, 30)["labels"]  # 1.5 points, all in one direction
    assert found.challenger > found.champion - 0.02
    assert (found.high < 0, found.verdict) == (True, "fell")


def test_a_class_of_fewer_than_200_rows_is_only_shown_beside_its_source():
    found = checks(300, 60)
    assert found["labels"].verdict == "fell"
    assert (found["labels: neg"].n, found["labels: neg"].verdict) == (150, "shown")


def test_gold_rows_are_a_gate_too_and_are_called_gold():
    examples = rows(400, sentiment=["neg", "pos"] * 200).assign(role="gold")
    spoilt = said(400, sentiment=["neu"] * 40 + ["neg", "pos"] * 180)
    found = {check.of: check for check in compare(examples, said(400, sentiment=["neg", "pos"] * 200), spoilt)}
    assert found["gold labels"].verdict == "fell"
    assert found["gold labels: neg"].n == 200


def test_a_task_that_is_replaced_without_200_rows_to_judge_it_is_for_a_person():
    small, replaced = checks(198, 0).values(), {"sentiment": ("sentiment",), "intent": ("intent",)}
    found = list(unjudged(small, replaced=replaced))
    assert [(check.task, check.of, check.n, check.verdict) for check in found] == [
        ("sentiment", CANNOT_JUDGE, 198, "fell"),
        ("intent", CANNOT_JUDGE, 0, "fell"),
    ]
    assert not Verdict("old", (*small, *found)).passed
    assert list(unjudged(checks(200, 0).values(), replaced={"sentiment": ("sentiment",)})) == []
    assert list(unjudged(small, replaced={})) == []


def test_a_kind_of_the_contrast_suite_may_lose_one_case_and_no_more():
    before = {"turn": (9, 10), "emoji": (6, 10), "degree": (5, 10)}
    found = list(compare_contrast(before, {"turn": (7, 10), "emoji": (5, 10), "degree": (8, 10)}))
    assert [(check.of, check.verdict) for check in found] == [
        ("turn", "fell"),
        ("emoji", "ok"),
        ("degree", "ok"),
        ("all kinds", "ok"),
    ]


def test_ninety_per_cent_of_the_suite_is_not_given_up():
    found = list(compare_contrast({"turn": (90, 100)}, {"turn": (89, 100)}))
    assert [check.verdict for check in found] == ["ok", "fell"]


def test_the_suite_as_a_whole_may_lose_two_points():
    lost = {"turn": (39, 50), "emoji": (39, 50)}
    assert [check.verdict for check in compare_contrast({"turn": (40, 50), "emoji": (40, 50)}, lost)] == ["ok"] * 3
    assert (
        list(compare_contrast({"turn": (40, 49), "emoji": (40, 49)}, {"turn": (39, 49), "emoji": (38, 49)}))[-1].verdict == "fell"
    )


def test_a_bundle_may_be_a_quarter_slower_and_no_more():
    assert compare_speed(1.0, 1.25, n=10).verdict == "ok"
    assert compare_speed(1.0, 1.26, n=10).verdict == "fell"


def test_without_a_champion_there_is_nothing_to_fail():
    verdict = Verdict("", ())
    assert verdict.passed
    assert list(verdict.table().columns) == list(Check.__annotations__)
    assert isinstance(verdict.table(), pd.DataFrame)

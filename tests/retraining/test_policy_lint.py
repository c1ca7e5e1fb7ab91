from __future__ import annotations

import pytest

from textmine.policy import Cue, RedLine, read_policy
from textmine.retraining.policy_lint import lint_policy
from textmine.taxonomy import read_taxonomy


@pytest.fixture(scope="module")
def policy(vocabulary):
    return read_policy(vocabulary / "policy.toml")


def line(*phrases: str, guards: tuple[str, ...] = ()) -> RedLine:
    return RedLine(code="danger", chinese="危险", level="P0", phrases=phrases, guards=guards, handling="处理")


def test_the_shipped_policy_has_no_problem(policy, vocabulary):
    assert lint_policy(policy, taxonomy=read_taxonomy(vocabulary / "taxonomy.toml")) == []


@pytest.mark.parametrize(
    ("red_line", "problem"),
    [
        (line("着火", "着火^0.5"), "danger: '着火' stands twice"),
        (line("没有着火", guards=("没有",)), "holds the guard '没有', so it never counts"),
        (line("着…火…了"), "at most one …"),
    ],
)
def test_words_that_cannot_count_are_named(policy, red_line, problem):
    [told] = lint_policy(policy.model_copy(update={"red_line": (red_line,)}))
    assert problem in told


def test_a_category_the_taxonomy_does_not_have_is_named(policy, vocabulary):
    strange = line("着火").model_copy(update={"categories": ("fire",)})
    problems = lint_policy(
        policy.model_copy(update={"red_line": (strange,)}), taxonomy=read_taxonomy(vocabulary / "taxonomy.toml")
    )
    assert problems == ["'fire' is no category of the taxonomy"]


def test_a_cut_out_of_reach_and_a_weight_without_effect_are_named(policy):
    high = policy.cuts.model_copy(update={"P1": 99.0})
    idle = policy.weights.model_copy(update={"cue": 0.0})
    cues = (Cue(code="remedy", chinese="要求", value=0.5, phrases=("退款",)),)
    problems = lint_policy(policy.model_copy(update={"cuts": high, "weights": idle, "cue": cues}))
    assert [problem.partition(":")[0].partition(" ")[0] for problem in problems] == ["cuts.P1", "weights.cue"]

from __future__ import annotations

import tomllib

import pytest

from textmine.errors import ConfigError
from textmine.policy import Policy
from textmine.priority.adjust import numbers_of
from textmine.priority.proposal import rewrite


@pytest.fixture(scope="module")
def shipped(vocabulary) -> str:
    return (vocabulary / "policy.toml").read_text("utf-8")


def test_the_same_numbers_leave_every_byte(policy, shipped):
    assert rewrite(shipped, numbers_of(policy)) == shipped


def test_only_numbers_change_and_comments_stay(policy, shipped):
    wanted = {
        ("weights", "severity"): 0.77,
        ("values", "category", "safety"): 0.5,
        ("values", "cue", "remedy"): 0.01,
        ("cuts", "P1"): 2.99,
    }
    text = rewrite(shipped, wanted)
    after = numbers_of(Policy.model_validate(tomllib.loads(text)))
    assert after == numbers_of(policy) | wanted
    pairs = list(zip(shipped.split("\n"), text.split("\n"), strict=True))
    changed = [(old, new) for old, new in pairs if old != new]
    assert len(changed) == 4
    assert [old.partition("#")[2] for old, _ in changed] == [new.partition("#")[2] for _, new in changed]


def test_a_number_that_is_not_on_a_line_of_its_own_is_refused():
    with pytest.raises(ConfigError, match=r"weights\.severity"):
        rewrite("weights = { severity = 0.6 }", {("weights", "severity"): 0.5})

"""Errors pass through Prefect as states, in words that are safe to store."""

from __future__ import annotations

import pytest
from prefect.states import Failed

from pipelines.plain import UnforeseenError, as_state, is_io, words
from textmine.errors import ConfigError, TextmineError, UnitError


def raising(error):
    raise error


def test_what_the_work_gives_is_given():
    assert as_state(int, "3") == 3


@pytest.mark.parametrize("error", [ConfigError("no key", where="a.toml"), OSError(28, "No space left on device", "/lake")])
def test_an_error_of_known_kind_goes_on_as_it_is(error):
    state = as_state(raising, error)
    assert (state.is_failed(), state.data, state.message) == (True, error, words(error))


def test_an_error_of_the_system_is_told_by_its_reason_and_path():
    assert words(OSError(28, "No space left on device", "/lake")) == "/lake: No space left on device"
    assert words(TimeoutError()) == "TimeoutError"


def test_any_other_error_is_told_by_kind_and_place_only():
    state = as_state(raising, ValueError("她说电话是13912345678"))
    assert isinstance(state.data, UnforeseenError)
    assert "ValueError" in state.message
    assert "test_plain.py line " in state.message
    assert "13912345678" not in state.message + repr(state.data.__cause__)


def test_stopping_is_no_error_of_the_work():
    with pytest.raises(KeyboardInterrupt):
        as_state(raising, KeyboardInterrupt())


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (OSError(5, "Input/output error"), True),
        (TimeoutError(), True),
        (UnitError("cannot be read", reason="unreadable"), True),
        (UnitError("no file fits the path", reason="no_file"), False),
        (TextmineError("the disk is full"), False),
        (UnforeseenError("KeyError"), False),
    ],
)
def test_only_input_and_output_is_tried_again(error, again):
    assert is_io(None, None, Failed(data=error)) is again

"""The command line: help for everything, quick; errors in one line with their exit code."""

from __future__ import annotations

import subprocess
import sys

import click
import pytest

from textmine.cli.main import COMMANDS, cli
from textmine.errors import AuditError, LakeBusyError, TextmineError


def _all_commands() -> list[tuple[str, ...]]:
    context = click.Context(cli)
    found: list[tuple[str, ...]] = [()]
    for name in COMMANDS:
        command = cli.get_command(context, name)
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, sub) for sub in command.commands]
    return found


@pytest.mark.parametrize("words", _all_commands(), ids=" ".join)
def test_every_command_has_help_with_a_sentence_and_its_options(textmine, words):
    done = textmine(*words, "--help")
    assert done.code == 0
    assert done.out.startswith("Usage: textmine")
    assert "--help" in done.out
    assert len(done.out.split("\n\n")[1].strip()) > 20  # what it does


def test_help_lists_every_command_with_what_it_does(textmine):
    shown = textmine("--help").out
    for name, what in COMMANDS.items():
        assert f"  {name} " in shown
        assert what.split()[0] in shown


@pytest.mark.parametrize("words", [("--help",), ("nightly", "--help"), ("label", "--help"), ("--version",)], ids=" ".join)
def test_help_imports_neither_pandas_nor_prefect_nor_a_model(words):
    heavy = ("pandas", "prefect", "pyarrow", "numpy", "sklearn", "jieba", "snownlp")
    code = (
        "import sys\nfrom textmine.cli.main import cli\n"
        f"cli.main({list(words)!r}, standalone_mode=False)\nprint(sorted(set({heavy!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_importing_textmine_loads_nothing_heavy():
    code = "import sys, textmine\nprint('pandas' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "False"


def test_an_unknown_command_and_an_unknown_option_are_wrong_use(textmine):
    assert textmine("nightli").code == 2
    assert textmine("nightly", "--nihgt", "2026-11-03").code == 2
    assert textmine("nightly", "--night", "2026-13-01").code == 2


@pytest.mark.parametrize(
    ("error", "code"),
    [(TextmineError("broken", where="here", todo="mend it"), 1), (LakeBusyError("busy"), 4), (AuditError("held"), 5)],
)
def test_an_error_is_one_line_with_its_exit_code(textmine, monkeypatch, error, code):
    def fails(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("textmine.night.run_night", fails)
    done = textmine("nightly", "--sample")
    assert done.code == code
    assert done.err.strip().splitlines()[-1] == f"error {error}"
    assert "Traceback" not in done.err


def test_an_interrupt_says_stopped(textmine, monkeypatch):
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("textmine.night.run_night", stopped)
    done = textmine("nightly", "--sample")
    assert (done.code, done.err.strip().splitlines()[-1]) == (1, "stopped")

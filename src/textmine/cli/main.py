"""The ``textmine`` command: one file per noun, loaded only when called, errors told in one line with their exit code."""

from __future__ import annotations

import importlib
import logging
import sys
from pathlib import Path
from types import TracebackType

import click

from textmine.errors import TextmineError

COMMANDS = {
    "init": "write a config: finds files and columns, makes a key",
    "nightly": "one night: read, label, publish",
    "label": "label any file, no lake needed",
    "backfill": "many nights at once, or history labelled again with another bundle",
    "runs": "what the runs did, and whether every record is accounted for",
    "doctor": "is everything in place for the night?",
    "quarantine": "records that could not be used, and why",
    "report": "one night as an HTML page",
    "labels": "the review queue: export texts, import corrections, audit labels",
    "bundles": "what was learned or chosen: list, show, diff, promote, roll back",
    "retrain": "learn from labels or texts, measure, compare with the bundle in use, seal, promote",
    "evaluate": "how good a bundle is: its figures, or measured on your own labels",
    "dictionary": "words jieba lacks: lint, candidates",
    "policy": "what is urgent: lint, dry run of another policy",
    "taxonomy": "categories: lint",
}


class LazyGroup(click.Group):
    """Commands by name; a command's module is imported when it is called, so ``--help`` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of a name, or None."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"textmine.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="textmine")
@click.option("-v", "--verbose", is_flag=True, help="Log every stage to standard error.")
def cli(verbose: bool) -> None:
    r"""A night's Chinese customer feedback, labelled, prioritised and published as parquet. Offline.

    \b
    Exit codes: 0 done, 1 failed (nothing new published), 2 wrong use or config,
    3 published but a source or a whole file is missing, 4 another run holds the lake,
    5 the audit held the night back.
    """
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="%(levelname)s %(name)s: %(message)s")


def _unforeseen(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell kind and place of an error nobody foresaw, not its message: that may quote a customer."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    click.echo(f"error unforeseen {kind.__name__} at {place} | to do: report it with the version and the command", err=True)


def main() -> None:
    """Entry point: runs the command and turns a textmine error into one line and its exit code."""
    sys.excepthook = _unforeseen
    try:
        result = cli.main(prog_name="textmine", standalone_mode=False)
    except click.exceptions.Abort:
        click.echo("stopped", err=True)
        sys.exit(1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except TextmineError as error:
        click.echo(click.style("error ", fg="red") + str(error), err=True)
        sys.exit(error.exit_code)
    sys.exit(result if isinstance(result, int) else 0)

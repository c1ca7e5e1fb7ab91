"""Many nights as a Prefect flow: ``textmine.backfill`` with what Prefect may see of it, dates, ids and counts."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.schemas.objects import State
from prefect.states import Completed

from pipelines.byhand import complain, run_by_hand
from pipelines.nightly import day
from pipelines.plain import as_state
from pipelines.watch import current_watch
from textmine.backfill import BackfillResult, backfill_lines, rescore
from textmine.backfill import backfill as run_nights
from textmine.errors import TextmineError
from textmine.settings import read_config, read_settings


@flow(name="backfill", flow_run_name="backfill {first} to {last}", persist_result=False)
def backfill(
    first: date,
    last: date,
    bundle: str | None = None,
    config: str = "textmine.toml",
    again: bool = False,
    dry_run: bool = False,
) -> Any:
    """Nights ``first`` to ``last`` run in date order; with ``bundle`` their published texts labelled again with it.

    A run that was killed goes on where it was when it is started again. Gives a Completed state with exit code and counts
    by what was done, or a Failed state that carries the error.

    Parameters
    ----------
    first, last : date
        The range, both included.
    bundle : str, optional
        Id of a bundle.
    config : str
        Path of the config file.
    again : bool
        Also nights that are published and as they should be.
    dry_run : bool
        With ``bundle``: only the change report.
    """
    result = as_state(_run, first, last, bundle, Path(config), again, dry_run)
    if isinstance(result, State):
        return result
    current_watch().result = result
    page = "\n".join(f"- {line}" for line in backfill_lines(result))
    as_state(lambda: create_markdown_artifact(page, key="backfill", description=f"backfill {first} to {last}"))
    done = [night.what for night in result.nights]
    facts = {"exit_code": result.exit_code, **{what: done.count(what) for what in sorted(set(done))}}
    return Completed(
        name="Incomplete" if result.exit_code else "Completed",
        message=", ".join(f"{name} {number}" for name, number in facts.items()),
        data=facts,
    )


def _run(first: date, last: date, bundle: str | None, config: Path, again: bool, dry_run: bool) -> BackfillResult:
    chosen, settings, progress = read_config(config), read_settings(), current_watch().progress
    if bundle is None:
        return run_nights(chosen, settings=settings, first=first, last=last, again=again, progress=progress)
    return rescore(
        chosen,
        settings=settings,
        first=first,
        last=last,
        bundle_id=bundle,
        again=again,
        dry_run=dry_run,
        progress=progress,
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the flow once; returns the exit code of the public contract."""
    parser = argparse.ArgumentParser(prog="python -m pipelines.backfill", description="Many nights through Prefect.")
    parser.add_argument("--from", dest="first", type=day, required=True, help="first night, YYYY-MM-DD")
    parser.add_argument("--to", dest="last", type=day, required=True, help="last night")
    parser.add_argument("--bundle", help="label the published texts again with this bundle, and report what changes")
    parser.add_argument("--dry-run", action="store_true", help="with --bundle: only the report")
    parser.add_argument("--again", action="store_true", help="also nights that are published and as they should be")
    parser.add_argument("--config", type=Path, help="config file (default: TEXTMINE_CONFIG or textmine.toml)")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what Prefect logs")
    given = parser.parse_args(arguments)
    if given.dry_run and not given.bundle:
        parser.error("--dry-run needs --bundle")
    try:
        config = given.config or read_settings().config
        read_config(config)
    except TextmineError as error:
        return complain(error)
    chosen = {"bundle": given.bundle, "config": str(config), "again": given.again, "dry_run": given.dry_run}
    return run_by_hand(lambda: backfill(first=given.first, last=given.last, **chosen, return_state=True), verbose=given.verbose)


if __name__ == "__main__":
    sys.exit(main())

"""``textmine backfill``: many nights at once, or history labelled again with another bundle."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("backfill")
@click.option("--from", "first", type=DAY, required=True, help="First night, YYYY-MM-DD.")
@click.option("--to", "last", type=DAY, required=True, help="Last night.")
@click.option("--bundle", help="Label the published texts of these nights again with this bundle, and report what changes.")
@click.option("--dry-run", is_flag=True, help="With --bundle: only the report, nothing is published.")
@click.option("--again", is_flag=True, help="Also nights that are published and as they should be.")
@click.option("--config", type=click.Path(path_type=Path), help="Config file (default: TEXTMINE_CONFIG or textmine.toml).")
def command(first: datetime, last: datetime, bundle: str | None, dry_run: bool, again: bool, config: Path | None) -> int:
    """Run every night of a range that has landed files, in date order; or with --bundle label history again.

    A backfill that was stopped goes on where it was.
    """
    from textmine.backfill import backfill, backfill_lines, rescore
    from textmine.cli.progress import TerminalProgress
    from textmine.settings import read_config, read_settings

    if dry_run and not bundle:
        raise click.UsageError("--dry-run needs --bundle")
    settings = read_settings()
    chosen = read_config(config or settings.config)
    start, end = first.date(), last.date()
    with TerminalProgress() as progress:
        if bundle:
            result = rescore(
                chosen,
                settings=settings,
                first=start,
                last=end,
                bundle_id=bundle,
                again=again,
                dry_run=dry_run,
                progress=progress,
            )
        else:
            result = backfill(chosen, settings=settings, first=start, last=end, again=again, progress=progress)
    for line in backfill_lines(result):
        click.echo(line)
    return result.exit_code

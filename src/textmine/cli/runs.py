"""``textmine runs``: what the runs did, and whether every record is accounted for."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("runs")
@click.option("--config", type=click.Path(path_type=Path), help="Config file (default: TEXTMINE_CONFIG or textmine.toml).")
@click.option("-n", "--limit", default=20, show_default=True, help="How many, the latest first.")
def command(config: Path | None, limit: int) -> int:
    """Runs, the latest first, with their conservation line; then the nights and those that are missing."""
    from textmine.night.result import balance_line
    from textmine.settings import read_config, read_settings
    from textmine.store.lake import Lake
    from textmine.store.ledger import Ledger
    from textmine.upkeep import missing_nights, waiting_nights

    lake = Lake(read_config(config or read_settings().config).root)
    if not lake.ledger.is_dir():
        click.echo("no run yet: textmine nightly")
        return 0
    with Ledger(lake) as ledger:
        for run in ledger.runs(limit=limit):
            code = "-" if run.exit_code is None else run.exit_code
            click.echo(
                f"{run.run_id}  night {run.night}  {run.status}  exit {code}  began {run.started_at:%Y-%m-%d %H:%M:%S} UTC"
            )
            if run.counts:
                click.echo(f"    {balance_line(run.counts)}")
            if run.problem:
                click.echo(f"    problem: {run.problem}")
        for row in ledger.nights():
            if row.state != "published":
                click.echo(f"night {row.night}: {row.state} (run {row.run_id})")
        waiting = waiting_nights(lake, ledger)
    for night in waiting:
        click.echo(f"night {night}: waiting, files were landed for it but it is not published: textmine nightly --night {night}")
    for night in [night for night in missing_nights(lake) if night not in waiting]:
        click.echo(f"night {night}: missing")
    return 0

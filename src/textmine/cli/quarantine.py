"""``textmine quarantine``: records that could not be used, and why."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path

import click

CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), help="Config file (default: TEXTMINE_CONFIG or textmine.toml)."
)


@click.group("quarantine")
def command() -> None:
    """Records that could not be used, and why."""


@command.command("list")
@click.option("--night", type=click.DateTime(["%Y-%m-%d"]), help="Left out: every published night.")
@CONFIG
def list_(night: datetime | None, config: Path | None) -> int:
    """Counts by source and reason, then every entry."""
    from textmine.settings import read_config, read_settings
    from textmine.store.reading import read_table

    root = read_config(config or read_settings().config).root
    rows = read_table("quarantine", nights=None if night is None else night.date(), root=root)
    for (source, reason), part in rows.groupby(["source", "reason"]):
        click.echo(f"{source}  {reason}  {part['records'].sum():,} records")
    for row in rows.to_dict("records"):
        place = "whole file" if row["row_number"] == 0 else f"row {row['row_number']}"
        click.echo(f"{row['quarantine_id']}  {row['night']}  {row['unit_name']}  {place}  {row['reason']}  {row['detail']}")
    if rows.empty:
        click.echo("nothing in quarantine")
    return 0


@command.command("show")
@click.argument("quarantine_id")
@CONFIG
def show(quarantine_id: str, config: Path | None) -> int:
    """The raw content of one entry, as it came, to standard output. It may hold personal data."""
    from textmine.settings import read_config, read_settings
    from textmine.upkeep import quarantined_content

    settings = read_settings()
    chosen = read_config(config or settings.config)
    sys.stdout.buffer.write(quarantined_content(quarantine_id, root=chosen.root, settings=settings))
    return 0

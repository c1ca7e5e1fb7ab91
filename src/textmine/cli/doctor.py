"""``textmine doctor``: is everything in place for the night?"""

from __future__ import annotations

from pathlib import Path

import click


@click.command("doctor")
@click.option("--config", type=click.Path(path_type=Path), help="Config file (default: TEXTMINE_CONFIG or textmine.toml).")
def command(config: Path | None) -> int:
    """One line per check; exit 0 when all are right, 2 when one is not."""
    from textmine.night.checks import CHECKS
    from textmine.settings import read_config, read_settings

    settings = read_settings()
    chosen = read_config(config or settings.config)
    wrong = 0
    for name, check in CHECKS.items():
        fault, said = check(chosen, settings)
        wrong += fault
        click.echo(f"{click.style('wrong', fg='red') if fault else click.style('ok   ', fg='green')}  {name:<10}{said}")
    return 2 if wrong else 0

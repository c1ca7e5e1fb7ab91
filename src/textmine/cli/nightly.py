"""``textmine nightly``: one night without Prefect."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click


@click.command("nightly")
@click.option("--night", type=click.DateTime(["%Y-%m-%d"]), help="Day in Asia/Shanghai; left out: the day that ended.")
@click.option("--config", type=click.Path(path_type=Path), help="Config file (default: TEXTMINE_CONFIG or textmine.toml).")
@click.option("--sample", is_flag=True, help="The sample data shipped with the project.")
def command(night: datetime | None, config: Path | None, sample: bool) -> int:
    """Read, label and publish one night."""
    from textmine.calendar import night_ended_before
    from textmine.cli.progress import TerminalProgress
    from textmine.night import run_night, sample_config, summary_lines
    from textmine.settings import read_config, read_settings

    settings = read_settings()
    chosen = read_config(sample_config() if sample else config or settings.config)
    owned: date = night.date() if night else night_ended_before(datetime.now().astimezone())
    with TerminalProgress() as progress:
        result = run_night(chosen, settings=settings, night=owned, progress=progress)
    for line in summary_lines(result):
        click.echo(line)
    return result.exit_code

"""``textmine report``: one night as an HTML page."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click


@click.command("report")
@click.option("--night", type=click.DateTime(["%Y-%m-%d"]), help="Left out: the latest published night.")
@click.option("--config", type=click.Path(path_type=Path), help="Config file (default: TEXTMINE_CONFIG or textmine.toml).")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Where to write it (default: reports/ of the lake).")
def command(night: datetime | None, config: Path | None, out: Path | None) -> int:
    """Write the page of a published night and say where it is."""
    from textmine.errors import NightMissingError
    from textmine.night.page import write_page
    from textmine.settings import read_config, read_settings
    from textmine.store.bundles import open_bundle
    from textmine.store.lake import Lake
    from textmine.store.manifest import published_nights
    from textmine.store.shipped import bundle_folders

    settings = read_settings()
    chosen = read_config(config or settings.config)
    lake = Lake(chosen.root)
    nights = published_nights(lake)
    if not nights:
        raise NightMissingError("no night is published yet", where=str(lake.root), todo="textmine nightly")
    owned: date = night.date() if night else nights[-1]
    bundle = open_bundle(bundle_folders(settings.models or chosen.models))
    click.echo(write_page(owned, lake=lake, bundle=bundle.path, out=out))
    return 0

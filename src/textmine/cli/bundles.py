"""``textmine bundles``: which bundles there are, which one is in use, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import click

MODELS = click.option(
    "--models",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of bundles (left out: TEXTMINE_MODELS, else the shipped ones).",
)


@click.group("bundles")
def command() -> None:
    """Bundles: everything a night needs that was learned or chosen, under one id."""


@command.command("list")
@MODELS
def list_(models: Path | None) -> int:
    """Ids, the one in use marked with a star."""
    from textmine.store.bundles import bundle_ids, champion

    folders = _folders(models)
    current = champion(folders).current[0]
    for bundle_id in bundle_ids(folders):
        click.echo(f"{'*' if bundle_id == current else ' '} {bundle_id}")
    return 0


@command.command("show")
@click.argument("bundle_id", required=False)
@MODELS
def show(bundle_id: str | None, models: Path | None) -> int:
    """The card of a bundle (left out: the one in use), after every file was verified."""
    from textmine.store.bundles import open_bundle

    bundle = open_bundle(_folders(models), bundle_id)
    click.echo(json.dumps(dict(bundle.card), ensure_ascii=False, indent=1))
    return 0


@command.command("promote")
@click.argument("bundle_id")
@MODELS
def promote(bundle_id: str, models: Path | None) -> int:
    """Verify a bundle and use it from the next night on; the one before is kept for rollback."""
    from textmine.store.bundles import promote as make_champion

    click.echo(f"champion is now {make_champion(_folders(models), bundle_id).id}")
    return 0


@command.command("rollback")
@MODELS
def rollback(models: Path | None) -> int:
    """Use the bundle that was in use before."""
    from textmine.store.bundles import rollback as step_back

    click.echo(f"champion is now {step_back(_folders(models)).id}")
    return 0


def _folders(models: Path | None) -> list[Path]:
    from textmine.settings import read_settings
    from textmine.store.shipped import bundle_folders

    own = models or read_settings().models
    return [own] if own is not None else bundle_folders(None)

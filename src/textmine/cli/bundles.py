"""``textmine bundles``: which bundles there are, how they differ, which one is in use, and the way back."""

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
    """The card of a bundle (left out: the one in use) without its tables, after every file was verified."""
    from textmine.store.bundles import open_bundle

    bundle = open_bundle(_folders(models), bundle_id)
    tables = {"figures": bundle.card.get("figures"), "checks": bundle.card.get("gate", {}).get("checks")}
    counted = {name: f"{len(table['rows'])}, see textmine evaluate" for name, table in tables.items() if table}
    gate = {key: value for key, value in bundle.card.get("gate", {}).items() if key != "checks"}
    shown = dict(bundle.card) | ({"gate": gate} if gate else {}) | counted
    click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
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


@command.command("diff")
@click.argument("first")
@click.argument("second")
@click.option(
    "--texts", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="File with feedback (left out: a sample)."
)
@click.option("--text-column", help="Column that holds the words (left out: a well-known name).")
@MODELS
def diff(first: str, second: str, texts: Path | None, text_column: str | None, models: Path | None) -> int:
    """Labels of two bundles that differ on the same texts, and the figures of both cards side by side."""
    from textmine.anyfile import read_any
    from textmine.cli.tables import show_frame
    from textmine.label import Labeller
    from textmine.retraining.diff import compare_figures, compare_labels, sample_texts
    from textmine.store.bundles import open_bundle

    one, other = (open_bundle(_folders(models), bundle_id) for bundle_id in (first, second))
    words = read_any(texts, text_column=text_column).feedback["text"].dropna() if texts else sample_texts()
    before, after = (Labeller.open(bundle.path, bundle_id=bundle.id) for bundle in (one, other))
    found = compare_labels(before, after, words)
    show_frame(found.counts, title=f"{one.id} and {other.id} on {len(words):,} texts")
    for title, frame in (("from which label to which", found.confusion), ("examples, masked", found.examples)):
        if len(frame):
            show_frame(frame, title=title)
    figures = compare_figures(one.card, other.card)
    if len(figures):
        show_frame(figures, title="figures of the cards")
    return 0


def _folders(models: Path | None) -> list[Path]:
    from textmine.settings import read_settings
    from textmine.store.shipped import bundle_folders

    return bundle_folders(models or read_settings().models)

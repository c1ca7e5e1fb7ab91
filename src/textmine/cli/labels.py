"""``textmine labels``: the review queue, tasks out, corrections in, labels that look wrong."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from textmine.reviewing.desk import Desk

DAY = click.DateTime(["%Y-%m-%d"])
CONFIG = click.option(
    "--config", type=click.Path(path_type=Path), help="Config file (default: TEXTMINE_CONFIG or textmine.toml)."
)
NIGHT = click.option("--night", type=DAY, help="One night (left out: the latest published one).")


@click.group("labels")
def command() -> None:
    """Corrections by people: they win over the models and outlive every re-run."""


@command.command("queue")
@NIGHT
@CONFIG
def queue(night: datetime | None, config: Path | None) -> int:
    """The review queue of a night, with counts by channel and reason. No words: export it to read them."""
    from textmine.store.reading import read_table

    desk = _desk(config)
    [chosen] = _nights(desk, night, None, None)
    rows = read_table("review_queue", nights=chosen, root=desk.lake.root)
    click.echo(f"night {chosen}: {len(rows):,} texts to review")
    for name in ("channel", "reason"):
        click.echo(f"{name:<10}" + "  ".join(f"{value} {n:,}" for value, n in rows[name].value_counts().items()))
    for row in rows.sort_values("rank").itertuples(index=False):
        labels = f"{row.sentiment}  {row.primary_category}  {row.intent}  {row.priority}"
        click.echo(f"{row.rank:>5}  {row.feedback_id}  {row.channel:<14}{row.reason:<10}{row.uncertainty:.2f}  {labels}")
    return 0


@command.command("export")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT")
@NIGHT
@click.option("--from", "first", type=DAY, help="First night of several.")
@click.option("--to", "last", type=DAY, help="Last night of several.")
@click.option("--format", "form", type=click.Choice(["xlsx", "csv", "labelstudio"]), help="Left out: by OUT's extension.")
@click.option("--all", "whole", is_flag=True, help="Every scored text, not the review queue alone.")
@click.option("--annotator", default="", help="Who will label: written into every row.")
@CONFIG
def export(
    out: Path,
    night: datetime | None,
    first: datetime | None,
    last: datetime | None,
    form: str | None,
    whole: bool,
    annotator: str,
    config: Path | None,
) -> int:
    """Write texts with the model's labels and empty places for a person's to OUT (.xlsx, .csv, .json of Label Studio).

    The texts are masked, as they are published.
    """
    from textmine.reviewing.tasks import export_tasks, format_of, make_tasks

    chosen = format_of(out, form)
    desk = _desk(config)
    tasks = make_tasks(desk, _nights(desk, night, first, last), whole=whole, annotator=annotator)
    for path in export_tasks(tasks, out, form=chosen, desk=desk):
        click.echo(f"wrote {path}")
    click.echo(f"{len(tasks):,} texts  " + "  ".join(f"{name} {n:,}" for name, n in Counter(tasks["channel"]).most_common()))
    return 0


@command.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE")
@click.option("--by", required=True, help="Who gave the labels, where the file does not say.")
@click.option("--guideline", default="", help="Version of the labelling guideline.")
@CONFIG
def import_(file: Path, by: str, guideline: str, config: Path | None) -> int:
    """Keep the labels of FILE (.xlsx, .csv, .json of Label Studio); refused as a whole where anything is wrong."""
    from textmine.labelfiles.checks import LabelsRefusedError
    from textmine.reviewing.importing import import_labels, read_label_file

    desk = _desk(config)
    read = read_label_file(file)
    for why, n in read.left_out.items():
        click.echo(f"left out {n:,} annotations: {why}", err=True)
    try:
        done = import_labels(read.rows, desk=desk, by=by, at=datetime.now(UTC), guideline=guideline, where=str(file))
    except LabelsRefusedError as error:
        for line in error.lines():
            click.echo(line, err=True)
        raise
    if not done.written:
        click.echo(f"no change: these labels are in the lake already ({done.path.name})")
        return 0
    click.echo(f"{done.texts:,} texts  " + "  ".join(f"{label} {n:,}" for label, n in done.labels.items()))
    click.echo(f"kept {done.path}")
    for night in done.nights:
        click.echo(f"takes effect with: textmine nightly --night {night}")
    return 0


@command.command("audit")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT")
@click.option(
    "--labels", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Label file (left out: the lake's own)."
)
@click.option(
    "--column", type=click.Choice(["sentiment", "primary_category", "intent", "priority"]), default="sentiment", show_default=True
)
@CONFIG
def audit(out: Path, labels: Path | None, column: str, config: Path | None) -> int:
    """Write labels that look wrong to OUT (.xlsx, .csv, .parquet), the most doubtful first; the file holds the texts.

    Near-duplicate texts with different labels come first, then labels that a model trained on the other texts contradicts.
    """
    from textmine.anyfile import check_extension, write_any
    from textmine.reviewing.doubts import find_doubts, labels_of_file, labels_of_lake

    check_extension(out)
    bundle = _bundle(config) if labels else None
    if labels and bundle:
        found = find_doubts(labels_of_file(labels), column=column, bundle=bundle)
    else:
        desk = _desk(config)
        found = find_doubts(labels_of_lake(desk), column=column, bundle=desk.bundle.path)
    write_any(found, out)
    click.echo(f"{column}: {len(found):,} labels to look at again  {out}")
    for row in found.head(20).itertuples(index=False):
        place = f"row {row.row:>7}" if labels else str(row.feedback_id)
        click.echo(f"{place}  {row.reason:<13}{row.label} -> {row.predicted}  margin {row.margin:.2f}")
    return 0


def _bundle(config: Path | None) -> Path:
    """Folder of the bundle in use; a label file needs no lake, so the config may be missing."""
    from textmine.settings import read_config, read_settings
    from textmine.store.bundles import open_bundle
    from textmine.store.shipped import bundle_folders

    settings = read_settings()
    path = config or settings.config
    own = settings.models or (read_config(path).models if config or path.is_file() else None)
    return open_bundle(bundle_folders(own)).path


def _desk(config: Path | None) -> Desk:
    from textmine.reviewing.desk import Desk
    from textmine.settings import read_config, read_settings

    settings = read_settings()
    return Desk.open(read_config(config or settings.config), settings)


def _nights(desk: Desk, night: datetime | None, first: datetime | None, last: datetime | None) -> list[date]:
    """Published nights meant by the options: one, a range, or the latest."""
    from textmine.errors import ConfigError, NightMissingError
    from textmine.store.manifest import published_nights

    if night and (first or last):
        raise ConfigError("--night and --from/--to exclude each other", todo="give one of them")
    there = published_nights(desk.lake)
    low, high = (bound.date() if bound else None for bound in ((night, night) if night else (first, last)))
    chosen = [day for day in there if (low is None or day >= low) and (high is None or day <= high)]
    if not chosen:
        raise NightMissingError("no such night is published", where=str(desk.lake.root), todo="textmine nightly")
    return chosen if first or last else chosen[-1:]

"""``textmine retrain``: fit topics on your own texts and seal a new bundle."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("retrain")
@click.option("--task", type=click.Choice(["topics"]), required=True, help="What to fit.")
@click.option(
    "--texts",
    "files",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    required=True,
    help="File with feedback, any format; may be given several times.",
)
@click.option("--text-column", help="Column that holds the words (left out: a well-known name).")
@click.option(
    "--models",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("models"),
    show_default=True,
    help="Where the bundle goes.",
)
@click.option(
    "--vocabulary",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder with your own taxonomy.toml, policy.toml, dictionary.txt ... (left out: the shipped ones).",
)
@click.option("--name", default="bundle", show_default=True, help="First part of the bundle's id.")
@click.option("--n-topics", default=60, show_default=True, help="How many topics at most.")
@click.option("--note", default="", help="Where the texts are from, for the bundle's card.")
@click.option("--promote", is_flag=True, help="Use it from now on.")
def command(
    task: str,
    files: tuple[Path, ...],
    text_column: str | None,
    models: Path,
    vocabulary: Path | None,
    name: str,
    n_topics: int,
    note: str,
    promote: bool,
) -> int:
    """Fit topics on your own texts, freeze the vocabulary with them, and seal both as a new bundle."""
    import pandas as pd

    from textmine.anyfile import read_any
    from textmine.retraining import build_bundle
    from textmine.store.bundles import promote as make_champion
    from textmine.store.shipped import SHIPPED_VOCABULARY

    texts = {path.name: read_any(path, text_column=text_column).feedback["text"].dropna() for path in files}
    bundle_id = build_bundle(
        pd.concat(texts.values(), ignore_index=True),
        models=models,
        name=name,
        n_topics=n_topics,
        sources={file: len(column) for file, column in texts.items()},
        vocabulary=vocabulary or SHIPPED_VOCABULARY,
        note=note,
    )
    click.echo(f"sealed {models / bundle_id}")
    if promote:
        make_champion([models], bundle_id)
        click.echo(f"champion is now {bundle_id}")
    return 0

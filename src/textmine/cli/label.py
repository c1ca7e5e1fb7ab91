"""``textmine label``: any file, no lake."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click


@click.command("label")
@click.argument("in", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="IN")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="OUT")
@click.option("--text-column", help="Column that holds the words (left out: a well-known name).")
@click.option("--customer-column", help="Column that names the customer; becomes a pseudonym, which needs the deployment's key.")
@click.option("--bundle", help="Bundle id (left out: the champion).")
@click.option("--workers", default=2, show_default=True, help="Processes.")
def command(
    out: Path, text_column: str | None, customer_column: str | None, bundle: str | None, workers: int, **given: Path
) -> int:
    """Label every row of IN and write OUT (.parquet, .xlsx, .csv).

    IN is csv, tsv, xlsx, json, jsonl, parquet, txt, mbox or eml, plain or in gz or zip.
    """
    import pandas as pd

    from textmine.anyfile import check_extension, customer_keys, join_own, label_frame, read_any, write_any
    from textmine.cli.progress import TerminalProgress
    from textmine.label import Labeller
    from textmine.settings import read_settings
    from textmine.store.keys import Keyring

    check_extension(out)
    _check_apart(given["in"], out)
    settings = read_settings()
    with TerminalProgress() as progress:
        progress.stage("read")
        read = read_any(given["in"], text_column=text_column)
        progress.advance(len(read.own))
        progress.stage("label", total=len(read.own))
        labelled = []
        for piece in label_frame(read.feedback, labeller=Labeller.load(bundle, models=settings.models), workers=workers):
            labelled.append(piece)
            progress.advance(len(piece))
        labels = pd.concat(labelled, ignore_index=True)
        if customer_column:
            keyring = Keyring.from_settings(settings, root=Path())
            labels["customer_key"] = customer_keys(read.own, customer_column, keyring=keyring).to_numpy()
        progress.stage("write")
        write_any(join_own(read.own, labels), out)
        progress.advance(len(labels))
    click.echo(f"{len(labels):,} rows labelled: {out}")
    for reason, rows in Counter(reject.reason for reject in read.rejects).items():
        click.echo(f"left out {rows:,} rows that cannot be read: {reason}", err=True)
    return 0


def _check_apart(source: Path, out: Path) -> None:
    from textmine.errors import ConfigError

    if out.exists() and out.samefile(source):
        raise ConfigError("OUT is the same file as IN, which would be lost", where=str(out), todo="name another OUT")

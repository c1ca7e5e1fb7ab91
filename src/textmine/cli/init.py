"""``textmine init``: a config for the files of a folder, and a key."""

from __future__ import annotations

import glob
import itertools
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from textmine.night.discovery import Found

HEAD = """\
# textmine: what a night reads, and where its tables lie. Every choice is shown with its default.
# Check it with `textmine doctor`, run a night with `textmine nightly`.

[lake]
root = "data"          # landing (encrypted), published tables, quarantine, ledger, reports
# models = "models"    # bundles of your own; without it the shipped starter bundle is used
workers = {workers}            # processes that label
# backend = "loky"     # or "dask" for a cluster
# chunk_rows = 10000   # records a worker takes at once

[audit]                # a night outside these bounds is made but not shown (exit 5)
# max_quarantined = 0.5
# max_unscored = 0.9
"""
SOURCE = """
[[sources]]
name = {name}
path = {path}   # a pattern such as "survey/*.csv" takes the files of the nights to come as well
channel = "{channel}"   # survey hotline email chat social interview suggestion_box crm
{column}     # one file with many channels: the column that tells them
# format = "auto"       # csv tsv excel json jsonl parquet txt mbox eml
# encoding = "auto"
# timezone = "Asia/Shanghai"
[sources.columns]       # well-known names, Chinese or English, are found without being named here
{text}
"""


@click.command("init")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
@click.option("-y", "--yes", is_flag=True, help="Take every proposal without asking.")
@click.option("--force", is_flag=True, help="Replace a config that is there.")
def command(folder: Path, yes: bool, force: bool) -> int:
    """Write FOLDER/textmine.toml from the files found there, and make a key for the lake."""
    from textmine.errors import ConfigError
    from textmine.night.discovery import look_over
    from textmine.settings import read_config, read_settings
    from textmine.store.keyfile import make_key_file

    target = folder / "textmine.toml"
    if target.exists() and not force:
        raise ConfigError("a config is there already", where=str(target), todo="edit it, or give --force")
    ask = sys.stdin.isatty() and not yes
    found = look_over(folder)
    names = {"all"}  # stands for all sources together
    sources = [text for file in found if (text := _source(file, folder=folder, names=names, ask=ask))]
    target.write_text(HEAD.format(workers=_workers()) + "".join(sources), "utf-8")
    config, settings = read_config(target), read_settings()
    click.echo(f"wrote {target} with {len(sources)} of {len(found)} files as sources")
    if not (settings.key or settings.key_file or (config.root / ".key").exists()):
        config.root.mkdir(parents=True, exist_ok=True)
        make_key_file(config.root / ".key")
        click.echo(
            f"made the key {config.root / '.key'}: keep a copy elsewhere; without it the landing zone cannot be read, "
            "and customers get other pseudonyms"
        )
    click.echo("next: textmine doctor, then textmine nightly")
    return 0


def _source(file: Found, *, folder: Path, names: set[str], ask: bool) -> str:
    """The config's block of a file, under a name that is not in ``names`` yet; '' where it cannot be used or is not wanted."""
    shown = file.path.relative_to(folder)
    if file.problem:
        click.echo(f"left out {shown}: {file.problem}", err=True)
        return ""
    text = file.text
    if ask:
        if not click.confirm(f"{shown}: a source of channel {file.channel}, text in {text or '?'}; take it?", default=True):
            return ""
        text = text or click.prompt("which column holds the customer's words", type=click.Choice(file.columns))
    if text is None:
        click.echo(f"left out {shown}: no column is known to hold the words; columns: {', '.join(file.columns)}", err=True)
        return ""
    from textmine.text.mask import mask_text

    # a known name is left to the channel's reader, which knows that a case has a subject as well
    line = f"text = {_toml(text)}" if file.text is None else f"# text = {_toml(text)}   # found by its name"
    column = f"channel_column = {_toml(file.channel_column)}" if file.channel_column else '# channel_column = "渠道"'
    return SOURCE.format(
        name=_toml(_name(mask_text(shown.stem), names)),
        path=_toml(glob.escape(shown.as_posix())),
        channel=file.channel,
        column=column,
        text=line,
    )


def _name(stem: str, names: set[str]) -> str:
    """``stem`` as a name of a source, numbered where it is taken; added to ``names``."""
    plain = "".join(letter if letter.isalnum() else "_" for letter in stem)
    free = next(name for number in itertools.count(1) if (name := plain if number == 1 else f"{plain}_{number}") not in names)
    names.add(free)
    return free


def _toml(value: str) -> str:
    # a JSON string is a TOML basic string
    return json.dumps(value, ensure_ascii=False)


def _workers() -> int:
    import joblib

    return int(joblib.cpu_count())

"""``textmine policy``: is the file in order, and what would another one change?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    import pandas as pd

    from textmine.label import Labeller
    from textmine.policy import Policy
    from textmine.priority.dryrun import Moves

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


@click.group("policy")
def command() -> None:
    """What makes a feedback urgent, who acts, by when and how: data that a business user edits."""


@command.command("lint")
@click.argument("file", required=False, type=FILE)
@click.option("--taxonomy", type=FILE, help="Taxonomy whose categories the policy may name (left out: the shipped one).")
def lint(file: Path | None, taxonomy: Path | None) -> int:
    """Faults of a policy FILE (left out: the shipped one); exit code 2 when there are any."""
    import pandas as pd

    from textmine.cli.tables import show_frame
    from textmine.policy import read_policy
    from textmine.retraining.policy_lint import lint_policy
    from textmine.store.shipped import SHIPPED_VOCABULARY
    from textmine.taxonomy import read_taxonomy

    path = file or SHIPPED_VOCABULARY / "policy.toml"
    policy = read_policy(path)
    problems = lint_policy(policy, taxonomy=read_taxonomy(taxonomy or SHIPPED_VOCABULARY / "taxonomy.toml"))
    if problems:
        show_frame(pd.DataFrame({"problem": problems}), title=str(path))
    click.echo(f"{len(policy.red_line)} red lines, {len(policy.cue)} cues, {len(problems)} problems: {path}")
    return 2 if problems else 0


@command.command("dryrun")
@click.option("--policy", "file", type=FILE, required=True, help="The policy to try.")
@click.option("--night", type=DAY, help="A published night (left out: the latest).")
@click.option("--texts", type=FILE, help="A file with feedback instead of a published night.")
@click.option("--text-column", help="Column of --texts that holds the words (left out: a well-known name).")
@click.option("--bundle", help="Bundle whose policy it is compared with, for --texts (left out: the champion).")
@click.option("--config", type=click.Path(path_type=Path), help="Config file (default: TEXTMINE_CONFIG or textmine.toml).")
def dryrun(
    file: Path, night: datetime | None, texts: Path | None, text_column: str | None, bundle: str | None, config: Path | None
) -> int:
    """Which rows would move between P0 and P3 with another policy. Nothing is written; ids are shown, never texts."""
    from textmine.cli.tables import show_frame
    from textmine.label import Labeller
    from textmine.policy import read_policy
    from textmine.settings import read_settings

    policy = read_policy(file)
    labeller = Labeller.load(bundle, models=read_settings().models)
    moves = _of_file(texts, text_column, labeller, policy) if texts else _of_night(config, night, policy)
    show_frame(moves.table.rename_axis("before / after").reset_index())
    show_frame(moves.groups)
    if len(moves.examples):
        show_frame(moves.examples)
    click.echo(f"{moves.moved:,} of {int(moves.table.to_numpy().sum()):,} rows move")
    return 0


def _of_file(texts: Path, text_column: str | None, labeller: Labeller, policy: Policy) -> Moves:
    from dataclasses import replace

    import pandas as pd

    from textmine.anyfile import read_any
    from textmine.channels.own import as_feedback
    from textmine.label import HISTORY
    from textmine.priority.dryrun import compare_priorities
    from textmine.retraining.policy_trial import matcher_of

    feedback = as_feedback(read_any(texts, text_column=text_column).feedback.reset_index(drop=True), text_column="text")
    other = replace(labeller, policy=policy, matcher=matcher_of(policy, labeller.matcher))
    read = labeller.read(feedback).rows
    quiet = pd.DataFrame(0.0, index=read.index, columns=list(HISTORY))
    before, after = (one.rank(one.read(feedback).rows, quiet)["priority"] for one in (labeller, other))
    return compare_priorities(read.drop(columns="feedback_id"), before, after)


def _of_night(config: Path | None, night: datetime | None, policy: Policy) -> Moves:
    from textmine.errors import NightMissingError
    from textmine.policy import read_policy
    from textmine.priority.dryrun import compare_priorities
    from textmine.retraining.policy_trial import replay
    from textmine.settings import read_config, read_settings
    from textmine.store.bundles import open_bundle
    from textmine.store.lake import Lake
    from textmine.store.manifest import published_nights
    from textmine.store.reading import read_table
    from textmine.store.shipped import bundle_folders

    settings = read_settings()
    chosen = read_config(config or settings.config)
    nights = published_nights(Lake(chosen.root))
    if not nights:
        raise NightMissingError("no night is published", where=str(chosen.root))
    day = night.date() if night else max(nights)
    rows: pd.DataFrame = read_table("labelled_feedback", nights=day, root=chosen.root)
    old = open_bundle(bundle_folders(settings.models or chosen.models), str(rows["bundle_id"].iloc[0])) if len(rows) else None
    before = policy if old is None else read_policy(old.path / "policy.toml")
    return compare_priorities(rows, rows["priority"], replay(rows, before=before, after=policy))

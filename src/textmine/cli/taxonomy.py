"""``textmine taxonomy``: is the file of categories in order?"""

from __future__ import annotations

from pathlib import Path

import click


@click.group("taxonomy")
def command() -> None:
    """Categories, their words and teams: data that a business user edits."""


@command.command("lint")
@click.argument("file", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def lint(file: Path | None) -> int:
    """Faults of a taxonomy FILE (left out: the shipped one); exit code 2 when there are any."""
    import pandas as pd

    from textmine.categories.lint import lint_taxonomy
    from textmine.cli.tables import show_frame
    from textmine.store.shipped import SHIPPED_VOCABULARY
    from textmine.taxonomy import read_taxonomy

    path = file or SHIPPED_VOCABULARY / "taxonomy.toml"
    taxonomy = read_taxonomy(path)
    problems = lint_taxonomy(taxonomy)
    if problems:
        show_frame(pd.DataFrame({"problem": problems}), title=str(path))
    second = sum(len(category.subcategories) for category in taxonomy.categories)
    click.echo(f"{len(taxonomy.categories)} categories, {second} second-level ones, {len(problems)} problems: {path}")
    return 2 if problems else 0

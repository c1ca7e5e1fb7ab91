"""``textmine evaluate``: how good a bundle is, from its card or on labels of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from textmine.cli.retrain import TaskName

if TYPE_CHECKING:
    import pandas as pd

    from textmine.retraining import Inputs
    from textmine.store.bundles import BundleFolder

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
# task of the command line: tasks of the figures
TASKS = {
    "sentiment": ("sentiment",),
    "categories": ("categories", "all_categories"),
    "intent": ("intent",),
    "priority": ("priority",),
    "aspects": ("aspect", "polarity"),
    "topics": ("topics",),
    "contrast": ("contrast",),
}


@click.command("evaluate")
@click.option("--task", type=TaskName(["all", *TASKS]), default="all", show_default=True, help="Figures of what.")
@click.option(
    "--labels",
    type=FILE,
    multiple=True,
    help="File of labels, all its rows measured; beside --recipe only those it holds out. May be repeated.",
)
@click.option("--recipe", type=FILE, help="Recipe whose held-out and gold rows are measured.")
@click.option("--shared", type=FOLDER, help="Folder of the recipe's files, besides its own.")
@click.option("--text-column", default="", help="Column that holds the words (left out: a well-known name).")
@click.option("--label-column", default="", help="Column that holds the labels of the one task named.")
@click.option("--map", "mapped", default="", help="What values mean, as in label:1=pos,0=neg.")
@click.option("--config", type=click.Path(path_type=Path), help="Config of the lake whose feedback_ids the labels name.")
@click.option("--bundle", help="Id of the bundle (left out: the one in use).")
@click.option("--models", type=FOLDER, help="Folder of bundles (left out: TEXTMINE_MODELS, else the shipped ones).")
@click.option("--classes/--no-classes", default=True, help="Figures of each class too.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write them here too: .json, .csv or .md.")
def command(
    task: str,
    labels: tuple[Path, ...],
    recipe: Path | None,
    shared: Path | None,
    text_column: str,
    label_column: str,
    mapped: str,
    config: Path | None,
    bundle: str | None,
    models: Path | None,
    classes: bool,
    out: Path | None,
) -> int:
    """Figures of a bundle with 95 % intervals: those of its card, or measured on labels or on a recipe's held-out rows."""
    from textmine.cli.retrain import lake_of
    from textmine.cli.tables import check_figures_file, show_frame, write_figures
    from textmine.retraining import Inputs
    from textmine.retraining.inputs import label_files
    from textmine.settings import read_settings
    from textmine.store.bundles import open_bundle
    from textmine.store.shipped import bundle_folders

    if out:
        check_figures_file(out)
    found = open_bundle(bundle_folders(models or read_settings().models), bundle)
    files = label_files(labels, text_column=text_column, label_column=label_column, task=task, mapped=mapped)
    figures = _figures(found, Inputs(recipe, shared, files, root=lake_of(config, wanted=bool(labels))))
    if task != "all":
        figures = figures[figures["task"].isin(TASKS[task])]
    if not classes:
        figures = figures[figures["class"].eq("") | figures["task"].eq("contrast")]
    show_frame(figures, title=f"bundle {found.id}")
    if out:
        write_figures(figures, out)
        click.echo(f"written {out}")
    return 0


def _figures(found: BundleFolder, inputs: Inputs) -> pd.DataFrame:
    """Measured where anything is given to measure on, else those of the card."""
    from textmine.cli.retrain import told
    from textmine.errors import ConfigError
    from textmine.retraining.card import card_figures
    from textmine.retraining.measure import measure_inputs

    if inputs.labels or inputs.recipe:
        with told():
            return measure_inputs(inputs, found)
    figures = card_figures(found.card)
    if figures.empty:
        raise ConfigError("the card of the bundle holds no figures", where=found.id, todo="give --labels or --recipe")
    return figures

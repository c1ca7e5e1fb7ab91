"""``textmine retrain``: learn from labels or texts, measure, compare with the champion, seal, promote."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from textmine.retraining import Inputs, Request, Retraining

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
TASK_NAMES = ("all", "sentiment", "categories", "intent", "urgency", "aspects", "topics", "priority")
SYNONYMS = {"category": "categories"}  # as textmine.retraining.tasks has them


class TaskName(click.Choice[str]):
    """A choice of tasks that takes ``category`` for ``categories`` too."""

    def normalize_choice(self, choice: object, ctx: click.Context | None) -> str:
        """The name itself, or the one that it is a synonym of."""
        return SYNONYMS.get(str(choice), str(choice))


@click.command("retrain")
@click.option("--task", "tasks", type=TaskName(TASK_NAMES), multiple=True, required=True, help="What to learn; may be repeated.")
@click.option("--recipe", type=FILE, help="TOML that says which files hold labels and what their columns mean.")
@click.option("--shared", type=FOLDER, help="Folder of the recipe's files, besides its own.")
@click.option(
    "--labels", type=FILE, multiple=True, help="File of labels: CSV, Excel, parquet, JSONL, Label Studio JSON; may be repeated."
)
@click.option("--texts", type=FILE, multiple=True, help="File with feedback without labels, any format; may be repeated.")
@click.option("--text-column", default="", help="Column that holds the words (left out: a well-known name).")
@click.option("--label-column", default="", help="Column that holds the labels of the one task named.")
@click.option("--map", "mapped", default="", help="What values mean, as in label:1=pos,0=neg.")
@click.option("--config", type=click.Path(path_type=Path), help="Config of the lake whose feedback_ids the labels name.")
@click.option("--corrections", is_flag=True, help="What people corrected in the lake counts too.")
@click.option(
    "--models",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("models"),
    show_default=True,
    help="Where the bundle goes.",
)
@click.option("--vocabulary", type=FOLDER, help="Folder with your own taxonomy.toml, policy.toml, dictionary.txt ...")
@click.option("--fresh", is_flag=True, help="Begin from the shipped vocabulary, not from the bundle in use.")
@click.option("--name", default="", help="First part of the bundle's id (left out: the recipe's name, else bundle).")
@click.option("--n-topics", default=60, show_default=True, help="How many topics at most.")
@click.option("--note", default="", help="Where the texts are from, for the bundle's card.")
@click.option("--promote", is_flag=True, help="Use it from now on, if nothing got worse.")
def command(
    tasks: tuple[str, ...],
    recipe: Path | None,
    shared: Path | None,
    labels: tuple[Path, ...],
    texts: tuple[Path, ...],
    text_column: str,
    label_column: str,
    mapped: str,
    config: Path | None,
    corrections: bool,
    models: Path,
    vocabulary: Path | None,
    fresh: bool,
    name: str,
    n_topics: int,
    note: str,
    promote: bool,
) -> int:
    """Learn from labels or texts; measure on rows never seen; seal a new bundle; use it if nothing got worse.

    What is not learned again stays as in the bundle in use. Wrong labels are refused with a table of what is wrong.
    """
    from textmine.retraining import Inputs, Request
    from textmine.retraining.inputs import label_files

    task = tasks[0] if len(tasks) == 1 else "all"
    files = label_files(labels, text_column=text_column, label_column=label_column, task=task, mapped=mapped)
    root = lake_of(config, wanted=bool(labels) or corrections)
    inputs = Inputs(recipe, shared, files, texts, text_column, root, corrections)
    settings = {name: dict(given) for name, given in inputs.settings().items()}
    settings["topics"] = {"n_topics": n_topics} | settings.get("topics", {})
    request = Request(
        models=models,
        name=name or inputs.name() or "bundle",
        tasks=tasks,
        base=not fresh,
        vocabulary=vocabulary or inputs.vocabulary(),
        accepted=_accepted(config),
        note=note or inputs.note(),
        settings=settings,
    )
    return _finish(_steps(inputs, request), models, promoted=promote)


def _steps(inputs: Inputs, request: Request) -> Retraining:
    from textmine.cli.progress import TerminalProgress
    from textmine.retraining import open_retraining

    with told(), TerminalProgress() as progress, open_retraining(request) as run:
        progress.stage("read")
        examples = run.read(inputs)
        progress.advance(len(examples))
        progress.stage("prepare")
        tasks = run.prepare(examples)
        progress.advance(len(run.prepared))
        for task in tasks:
            progress.stage(f"learn {task}")
            run.train(task)
            progress.advance()
        progress.stage("measure")
        progress.advance(len(run.evaluate()))
        progress.stage("seal")
        run.seal()
        progress.advance()
    return run


@contextmanager
def told() -> Iterator[None]:
    """Shows the table of what is wrong before refused labels end the command."""
    from textmine.cli.tables import show_frame
    from textmine.retraining.problems import ExamplesRefusedError

    try:
        yield
    except ExamplesRefusedError as error:
        show_frame(error.table, title="what is wrong", error=True)
        raise


def _finish(run: Retraining, models: Path, *, promoted: bool) -> int:
    from textmine.cli.tables import show_frame
    from textmine.learn.gate import CANNOT_JUDGE

    show_frame(run.figures[run.figures["class"] == ""], title=f"figures of {run.folder.name}, on rows it has not seen")
    checks = run.verdict.table()
    if len(checks):
        notable = checks[~(checks["of"].str.contains(": ") & checks["verdict"].eq("ok"))]
        show_frame(notable, title=f"against {run.verdict.champion}")
    click.echo(f"sealed {models / run.folder.name}")
    for path in sorted(run.folder.glob("learned-priority-policy.toml")) if "priority" in run.learned else []:
        click.echo(f"proposed policy, for a person to take over: {path}")
    if not run.verdict.passed:
        fell = checks[checks["verdict"] == "fell"]
        click.echo(f"not better enough: {len(fell)} figures fell; the champion stays {run.verdict.champion}", err=True)
        if CANNOT_JUDGE in set(fell["of"]):
            click.echo(f"what cannot be judged a person may promote: textmine bundles promote {run.folder.name}", err=True)
        return 1 if promoted else 0
    if promoted:
        run.promote()
        click.echo(f"champion is now {run.folder.name}")
    return 0


def _accepted(config: Path | None) -> Path | None:
    """Words that people accepted in the lake, where there is one."""
    from textmine.retraining.accepted_words import accepted_file
    from textmine.store.lake import Lake

    root = lake_of(config, wanted=True)
    return accepted_file(Lake(root)) if root else None


def lake_of(config: Path | None, *, wanted: bool) -> Path | None:
    """The lake, where there is one: label files may name feedback by its id alone."""
    from textmine.settings import read_config, read_settings

    chosen = config or read_settings().config
    return read_config(chosen).root if config or (wanted and chosen.is_file()) else None

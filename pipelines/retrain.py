"""Retraining as a Prefect flow: the steps of ``textmine.retraining`` as tasks, and nothing else.

Only paths, names of tasks, counts and ids pass through Prefect; it stores what passes.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import pandas as pd
from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from pipelines.byhand import run_by_hand
from pipelines.plain import as_state
from pipelines.watch import current_watch
from textmine.cli.tables import markdown
from textmine.retraining import Inputs, Request, Retraining, open_retraining
from textmine.retraining.accepted_words import accepted_file
from textmine.retraining.labels import LabelFile
from textmine.retraining.tasks import SYNONYMS, TASKS
from textmine.settings import read_config
from textmine.store.lake import Lake

NOT_STORED: dict[str, Any] = {"persist_result": False, "cache_policy": NO_CACHE}


@flow(name="retrain", persist_result=False)
def retrain(
    tasks: tuple[str, ...] = ("all",),
    recipe: str | None = None,
    shared: str | None = None,
    labels: tuple[str, ...] = (),
    models: str | None = None,
    vocabulary: str | None = None,
    fresh: bool = False,
    name: str = "",
    promote: bool = False,
    config: str | None = None,
    corrections: bool = False,
) -> Any:
    """Learn, measure, compare, seal and promote; gives the bundle's id and the verdict, or a Failed state with the error.

    Parameters
    ----------
    tasks : tuple of str
        ``all``, or names of ``textmine.retraining.tasks.TASKS``.
    recipe, shared, labels, models, vocabulary : str
        Paths, as of ``textmine retrain``.
    config : str
        Config of a lake: its folder of bundles is taken where ``models`` is not given, and the words accepted in it.
    corrections : bool
        What people corrected in that lake counts too.
    promote : bool
        Use the bundle from now on, if the gate passes.
    """
    files = tuple(LabelFile(Path(path)) for path in labels)
    given, folder = (Path(path) if path else None for path in (recipe, shared))
    read = as_state(lambda: read_config(Path(config)) if config else None)
    if isinstance(read, State):
        return read
    root = read.root if read else None
    inputs = Inputs(given, folder, labels=files, root=root, corrections=corrections)
    target = Path(models) if models else (read.models if read else None) or Path("models")
    accepted = accepted_file(Lake(root)) if root else None
    request = Request(
        models=target,
        name=name or inputs.name() or "bundle",
        tasks=tuple(tasks),
        base=not fresh,
        vocabulary=Path(vocabulary) if vocabulary else inputs.vocabulary(),
        accepted=accepted,
        note=inputs.note(),
        settings=inputs.settings(),
    )
    result = as_state(_one_retraining, inputs, request, promote)
    if isinstance(result, State):
        return result
    run, promoted = result
    page = _page(run, promoted=promoted)
    as_state(lambda: create_markdown_artifact(page, key="retrain", description=f"bundle {run.folder.name}"))
    code = 0 if run.verdict.passed or not promote else 1
    facts = {"bundle_id": run.folder.name, "passed": run.verdict.passed, "promoted": promoted, "exit_code": code}
    return Completed(name="Completed" if not code else "Refused", message=_sentence(run, promoted=promoted), data=facts)


def _one_retraining(inputs: Inputs, request: Request, promote: bool) -> tuple[Retraining, bool]:
    with open_retraining(request) as run:
        return run, _steps(run, inputs, promote=promote)


def _steps(run: Retraining, inputs: Inputs, *, promote: bool) -> bool:
    """Whether the bundle was promoted. The frames stay in this function: tasks give counts and names."""
    examples: list[pd.DataFrame] = []

    def read_examples() -> int:
        examples.append(run.read(inputs))
        return len(examples[0])

    step = task(_step, **NOT_STORED)
    progress = current_watch().progress
    progress.stage("read")
    progress.advance(step.with_options(name="read")(read_examples, return_state=True).result())
    progress.stage("prepare")
    names = step.with_options(name="prepare")(lambda: run.prepare(examples[0]), return_state=True).result()
    for name in names:
        progress.stage(f"learn {name}")
        step.with_options(name=f"learn {name}")(lambda name=name: run.train(name), return_state=True).result()
    progress.stage("measure")
    step.with_options(name="measure and compare")(lambda: len(run.evaluate()), return_state=True).result()
    progress.stage("seal")
    step.with_options(name="seal")(run.seal, return_state=True).result()
    return bool(promote and step.with_options(name="promote")(run.promote, return_state=True).result())


def _step(work: Any) -> Any:
    return as_state(work)


def _sentence(run: Retraining, *, promoted: bool) -> str:
    gate = "passed" if run.verdict.passed else "refused"
    against = f"against {run.verdict.champion}: {gate}" if run.verdict.champion else "no champion to compare with"
    return f"bundle {run.folder.name}, {against}{', promoted' if promoted else ''}"


def _page(run: Retraining, *, promoted: bool) -> str:
    """Figures and verdict as markdown: counts and names, no text."""
    whole = run.figures[run.figures["class"] == ""]
    checks = run.verdict.table()
    parts = [f"## {_sentence(run, promoted=promoted)}\n", markdown(whole)]
    return "\n".join([*parts, "\n### gate\n", markdown(checks)] if len(checks) else parts)


def _task(name: str) -> str:
    return SYNONYMS.get(name, name)


def main(arguments: list[str] | None = None) -> int:
    """Run the flow once; returns the exit code of the public contract."""
    parser = argparse.ArgumentParser(prog="python -m pipelines.retrain", description="One retraining through Prefect.")
    parser.add_argument("--task", action="append", type=_task, choices=["all", *TASKS], dest="tasks", help="default: all")
    parser.add_argument("--recipe", help="TOML that says which files hold labels and what their columns mean")
    parser.add_argument("--shared", help="folder of the recipe's files, besides its own")
    parser.add_argument("--labels", action="append", default=[], help="file of labels; may be repeated")
    parser.add_argument("--models", help="where the bundle goes (default: the config's, else models)")
    parser.add_argument("--vocabulary", help="folder with your own taxonomy.toml, policy.toml ...")
    parser.add_argument("--config", help="config of a lake: its bundles and the words accepted in it")
    parser.add_argument("--corrections", action="store_true", help="what people corrected in the lake counts too")
    parser.add_argument("--fresh", action="store_true", help="begin from the shipped vocabulary, not from the bundle in use")
    parser.add_argument("--name", default="", help="first part of the bundle's id")
    parser.add_argument("--promote", action="store_true", help="use it from now on, if nothing got worse")
    parser.add_argument("-v", "--verbose", action="store_true", help="show what Prefect logs")
    given = vars(parser.parse_args(arguments))
    verbose, given["tasks"] = given.pop("verbose"), tuple(given["tasks"] or ("all",))
    states: list[State[Any]] = []

    def run() -> State[Any]:
        states.append(retrain(**given, return_state=True))
        return states[0]

    code = run_by_hand(run, verbose=verbose)
    if code or not states:
        return code
    print(states[0].message)
    return int(states[0].result()["exit_code"])


if __name__ == "__main__":
    sys.exit(main())

"""One retraining, step by step: prepare, learn, measure, compare, seal, promote. Nothing is seen in the models before the end."""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd

from textmine.label import Labeller
from textmine.learn.gate import Verdict
from textmine.learn.prepared import Learned, Prepared
from textmine.retraining.card import make_card, with_figures
from textmine.retraining.conflicts import too_small
from textmine.retraining.folder import CARD, begin_folder, clear, content_digest, place
from textmine.retraining.gatekeeping import compare_with
from textmine.retraining.inputs import Inputs
from textmine.retraining.lineage import dictionary_of, fewer_rows, of_another_dictionary
from textmine.retraining.measure import measure, predict
from textmine.retraining.prepare import prepare
from textmine.retraining.problems import ExamplesRefusedError
from textmine.retraining.request import Request
from textmine.retraining.tasks import TASKS
from textmine.store.bundles import BundleFolder, champion, open_bundle, promote
from textmine.store.champion import FILE
from textmine.store.durable import make_folder
from textmine.store.shipped import bundle_folders
from textmine.taxonomy import read_taxonomy

logger = logging.getLogger(__name__)

SCRATCH = ".retrain-"
STALE_SECONDS = 86_400  # a scratch folder this old was left by a run that was killed


class Retraining:
    """The steps; each logs one line. ``open_retraining`` makes it and sweeps up after it."""

    def __init__(self, request: Request, *, scratch: Path) -> None:
        self.request, self.scratch = request, scratch
        self.folder = scratch / request.name
        self.champion = _champion(request.models)
        self.learned: dict[str, Learned] = {}
        self.tasks: tuple[str, ...] = ()
        self.origin: Mapping[str, Any] = {}
        self.about: dict[str, dict[str, Any]] = {}
        self.stale: list[str] = []
        self.verdict = Verdict("", ())
        self.figures = pd.DataFrame()
        base = self._base.path if self._base else None
        begin_folder(self.folder, base=base, vocabulary=request.vocabulary, accepted=request.accepted)

    @property
    def _base(self) -> BundleFolder | None:
        return self.champion if self.request.base else None

    def read(self, inputs: Inputs) -> pd.DataFrame:
        """Examples of the inputs, their labels as codes of this bundle's taxonomy. Raises like ``Inputs.read``."""
        self.origin = inputs.origin()
        return inputs.read(taxonomy=read_taxonomy(self.folder / "taxonomy.toml"))

    def prepare(self, examples: pd.DataFrame) -> tuple[str, ...]:
        """The tasks that are learned, now that the texts are prepared for them.

        Raises
        ------
        ExamplesRefusedError
            If a task has too few rows, or one class only, before or after held-out and unusable rows are set aside.
        BundleError, ConfigError
            If what is kept of the bundle begun from is of another version.
        """
        self.tasks = self.request.choose(examples, begun=self._base is not None)
        self._refuse_small(examples)
        if self._base:
            for name in self.tasks:
                if TASKS[name].label:  # a bundle without topics cannot be opened
                    clear(self.folder, TASKS[name])
            Labeller.open(self.folder, bundle_id=self.request.name)  # better refused now than after learning
        self.prepared: Prepared = prepare(examples, folder=self.folder)
        self._refuse_small(self.prepared.examples[~self.prepared.examples["held_out"]], when=" besides the held-out ones")
        self._warn()
        return self.tasks

    def _refuse_small(self, examples: pd.DataFrame, *, when: str = "") -> None:
        tasks = [(name, TASKS[name]) for name in self.tasks if TASKS[name].label]
        found = [too_small(examples, task.label, task=name, fewest=task.fewest, when=when) for name, task in tasks]
        if problems := [problem for part in found for problem in part]:
            raise ExamplesRefusedError(problems)

    def _warn(self) -> None:
        """Say what is learned from far fewer rows than before, and what was learned with another dictionary and is kept."""
        labels = {name: TASKS[name].label for name in self.tasks if TASKS[name].label}
        rows = {name: int(self.prepared.training(label).sum()) for name, label in labels.items()}
        self.about = {name: {"dictionary": dictionary_of(self.folder)} for name in self.tasks}
        for name, n in rows.items():
            self.about[name]["training_rows"] = n
        for sentence in fewer_rows(self.champion.card if self.champion else {}, rows):
            logger.warning("fewer than a tenth of the rows: %s", sentence)
        if self._base:
            self.stale = of_another_dictionary(self._base.card, folder=self.folder, tasks=self.tasks)
        if self.stale:
            logger.warning("the dictionary is another one; learned with the one before, and kept: %s", ", ".join(self.stale))

    def train(self, name: str) -> None:
        """Learn one task; its files of before are replaced."""
        since = time.monotonic()
        learned = TASKS[name].train(self.prepared, self.request.settings.get(name, {}))
        clear(self.folder, TASKS[name])
        learned.save(self.folder)
        self.learned[name] = learned
        logger.info("learned %s: %.1f s", name, time.monotonic() - since)

    def evaluate(self) -> pd.DataFrame:
        """Figures of the new bundle, and the verdict of the gate in ``verdict``."""
        labeller = Labeller.open(self.folder, bundle_id=self.request.name)
        examples = self.prepared.examples
        rows = examples[examples["held_out"] | examples["role"].eq("gold")].reset_index(drop=True)
        said = predict(labeller, rows["text"])
        self.figures, judged = measure(labeller, rows, said)
        if self.champion is not None:
            self.verdict = compare_with(self.champion, labeller, rows, said, judged, tasks=self.tasks)
        return self.figures

    def seal(self) -> str:
        """Id of the bundle, now in the models whole: name and ten hex of what it holds."""
        before = self._base.card if self._base else {}
        origin = {**self.origin, "base": self._base.id if self._base else None, "learned_with_another_dictionary": self.stale}
        note, learned = self.request.note, self.learned
        card = make_card(self.prepared.examples, learned, before=before, note=note, origin=origin, about=self.about)
        told = json.dumps(with_figures(card, self.figures, self.verdict), ensure_ascii=False, indent=1)
        (self.folder / CARD).write_text(told, "utf-8")
        named = self.folder.rename(self.scratch / f"{self.request.name}-{content_digest(self.folder)}")
        self.folder = place(named, models=self.request.models)
        logger.info("sealed %s", self.folder.name)
        return self.folder.name

    def promote(self) -> bool:
        """True where the gate has passed; the bundle is then in use."""
        if self.verdict.passed:
            promote(bundle_folders(self.request.models), self.folder.name)
        return self.verdict.passed


@contextmanager
def open_retraining(request: Request) -> Iterator[Retraining]:
    """A retraining in a scratch folder beside the bundles, which is gone afterwards whatever happens.

    Raises
    ------
    ConfigError
        If a task is not known, or the vocabulary does not hold together.
    """
    request.check()
    there = request.models.is_dir()
    make_folder(request.models)
    _sweep(request.models)
    scratch = Path(tempfile.mkdtemp(prefix=SCRATCH, dir=request.models))
    try:
        yield Retraining(request, scratch=scratch)
    finally:
        shutil.rmtree(scratch)
        if not there and not any(request.models.iterdir()):
            request.models.rmdir()


def retrain(inputs: Inputs | pd.DataFrame, request: Request) -> Retraining:
    """All steps but the promotion, with nothing shown in between."""
    with open_retraining(request) as run:
        examples = inputs if isinstance(inputs, pd.DataFrame) else run.read(inputs)
        for task in run.prepare(examples):
            run.train(task)
        run.evaluate()
        run.seal()
    return run


def _champion(models: Path) -> BundleFolder | None:
    """The bundle in use, verified; None where none was ever promoted."""
    folders = bundle_folders(models)
    if not any((folder / FILE).is_file() for folder in folders):
        return None
    return open_bundle(folders, champion(folders).current[0])


def _sweep(models: Path) -> None:
    for folder in models.glob(f"{SCRATCH}*"):
        if time.time() - folder.stat().st_mtime > STALE_SECONDS:
            shutil.rmtree(folder)

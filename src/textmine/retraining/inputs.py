"""Everything a retraining or a measurement is given - recipe, label files, texts - as one frame of examples."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd

from textmine.anyfile import read_any
from textmine.errors import ConfigError
from textmine.learn.examples import join_examples, make_examples
from textmine.retraining.conflicts import digests, overruled, settle
from textmine.retraining.corrections import read_lake_labels
from textmine.retraining.labels import LabelFile, read_labels
from textmine.retraining.problems import ExamplesRefusedError
from textmine.retraining.recipe import Recipe, read_recipe
from textmine.retraining.sources import read_sources, source_digests
from textmine.taxonomy import Taxonomy

# task of the command line: the label it is learned from, where a file has one column of labels
LABEL_OF_TASK: Mapping[str, str] = {
    "sentiment": "sentiment",
    "categories": "primary_category",
    "intent": "intent",
    "urgency": "priority",
    "priority": "priority",
    "aspects": "aspect",
}


@dataclass(frozen=True)
class Inputs:
    """Paths and what must be said about them; ``root`` is the lake whose feedback the ids of label files mean.

    ``corrections``: what people corrected in that lake counts too.
    """

    recipe: Path | None = None
    shared: Path | None = None
    labels: tuple[LabelFile, ...] = ()
    texts: tuple[Path, ...] = ()
    text_column: str = ""
    root: Path | None = None
    corrections: bool = False

    def read(self, *, taxonomy: Taxonomy) -> pd.DataFrame:
        """The examples of all of them. What people corrected overrules other labels of equal texts that are trained on.

        Raises
        ------
        ConfigError
            If nothing is given, a file or column is missing, or labels are wrong or contradict each other (with a table).
        """
        if not (self.recipe or self.labels or self.texts or self.corrections):
            raise ConfigError("nothing to learn from", todo="give --recipe, --labels or --texts")
        if self.corrections and self.root is None:
            raise ConfigError("corrections are of a lake", todo="name its config with --config")
        recipe, files, said = (join_examples(frames) for frames in self._labelled(taxonomy))
        words = [self._texts(path) for path in self.texts]
        return join_examples([*_agreed(recipe, files, said), *words])

    def origin(self) -> dict[str, Any]:
        """For the card: the recipe's name and the SHA-256 of every file read."""
        recipe = self._recipe()
        digests = source_digests(recipe, shared=self.shared) if recipe else {}
        for path in [*(file.path for file in self.labels), *self.texts]:
            digests[path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
        return {"recipe": recipe.name if recipe else None, "source_files": digests}

    def settings(self) -> Mapping[str, Mapping[str, Any]]:
        """Settings of the learners, as the recipe gives them."""
        recipe = self._recipe()
        return recipe.settings if recipe else {}

    def name(self) -> str:
        """The recipe's name, '' without one."""
        recipe = self._recipe()
        return recipe.name if recipe else ""

    def note(self) -> str:
        """Where the texts are from, as the recipe says."""
        recipe = self._recipe()
        return recipe.note if recipe else ""

    def vocabulary(self) -> Path | None:
        """The folder of the vocabulary that the recipe's labels are of, where it names one."""
        recipe = self._recipe()
        return recipe.vocabulary if recipe else None

    def _recipe(self) -> Recipe | None:
        return read_recipe(self.recipe) if self.recipe else None

    def _labelled(self, taxonomy: Taxonomy) -> Iterator[list[pd.DataFrame]]:
        """What the recipe, the label files and the corrections say."""
        yield [read_sources(read_recipe(self.recipe), taxonomy=taxonomy, shared=self.shared)] if self.recipe else []
        yield [read_labels(self.labels, taxonomy=taxonomy, root=self.root)] if self.labels else []
        yield [read_lake_labels(self.root, taxonomy=taxonomy)] if self.corrections and self.root else []

    def _texts(self, path: Path) -> pd.DataFrame:
        words = read_any(path, text_column=self.text_column or None).feedback["text"].dropna()
        return make_examples(words.to_frame(), source=path.stem, role="text")


def _agreed(recipe: pd.DataFrame, files: pd.DataFrame, said: pd.DataFrame) -> list[pd.DataFrame]:
    """All labels, those of equal texts that label files or corrections speak of compared across the three.

    The sources of a recipe may differ among themselves: their roles and weights say what each is worth.
    """
    given = overruled(join_examples([recipe, files]), by=said) if len(said) else join_examples([recipe, files])
    whole = join_examples([given, said])
    spoken = digests(whole).isin({*digests(files), *digests(said)}) & whole["role"].eq("train")
    kept, problems = settle(whole[spoken], file="recipe, label files and corrections")
    if problems:
        raise ExamplesRefusedError(replace(problem, first_row=0) for problem in problems)  # rows of no single file
    return [whole[~spoken], kept]


def label_files(paths: Sequence[Path], *, text_column: str, label_column: str, task: str, mapped: str) -> tuple[LabelFile, ...]:
    """The label files of a command line; ``mapped`` is ``column:value=code,value=code`` or without the column.

    Raises
    ------
    ConfigError
        If ``mapped`` cannot be read, or a label column is named for no single task.
    """
    column, values = parse_map(mapped)
    column = label_column or column
    if column and task not in LABEL_OF_TASK:
        raise ConfigError("a column of labels belongs to one task", got=task, allowed=list(LABEL_OF_TASK), todo="name it: --task")
    label = LABEL_OF_TASK.get(task, "sentiment")
    return tuple(LabelFile(path, text_column, column, label, values) for path in paths)


def parse_map(mapped: str) -> tuple[str, dict[str, str]]:
    """Column ('' where not named) and values of ``label:1=pos,0=neg``.

    Raises
    ------
    ConfigError
        If a part is not ``value=code``.
    """
    column, colon, rest = mapped.rpartition(":")
    pairs = [part.partition("=") for part in (rest if colon else mapped).split(",") if part]
    if any(not sign or not value.strip() or not code.strip() for value, sign, code in pairs):
        raise ConfigError("no map of values", got=mapped, allowed="column:value=code,value=code", todo="as in label:1=pos,0=neg")
    return column.strip(), {value.strip(): code.strip() for value, _, code in pairs}

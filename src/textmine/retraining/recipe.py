"""The recipe of a bundle: which files hold texts and labels, what their columns mean, what is learned and what is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from textmine.errors import ConfigError, nearest
from textmine.learn.examples import LABELS, ROLES
from textmine.retraining.tasks import TASKS
from textmine.tomlfile import blocks, only_keys, read_toml, text_list

CONFLICTS = ("refuse", "drop")
KEYS = {"name", "file", "files", "text", "role", "weight", "source_column", "created_at", "label", "labels_by_digest", "tasks",
        "single", "conflicts"}  # fmt: skip


@dataclass(frozen=True)
class LabelColumn:
    """A column of the file and what its values mean; a value that stands for no label is mapped to ""."""

    column: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """One kind of file.

    ``name``: group of evaluation; with ``source_column`` the column's values, behind ``name:`` where a name is given too.
    ``labels``: column of the examples to column of the file. ``labels_by_digest``: CSV with ``text_sha256`` and labels, joined
    to the texts; texts without a row there are left out. ``tasks``: labels of other columns are not used. ``single``: only
    texts that have one row. ``conflicts``: what happens to equal texts with different labels.
    """

    name: str
    files: tuple[str, ...]
    text: str
    role: str = "train"
    weight: float = 1.0
    source_column: str = ""
    created_at: str = ""
    labels: Mapping[str, LabelColumn] | None = None
    labels_by_digest: str = ""
    tasks: tuple[str, ...] = ()
    single: bool = False
    conflicts: str = "refuse"


@dataclass(frozen=True)
class Recipe:
    """Name of the bundles made of it, a note for their cards, settings of tasks, the sources, the recipe's own folder, and the
    folder of the vocabulary that its labels are of.
    """

    name: str
    note: str
    sources: tuple[Source, ...]
    folder: Path
    settings: Mapping[str, Mapping[str, Any]]
    vocabulary: Path | None = None


def read_recipe(path: Path) -> Recipe:
    """The recipe of a TOML file.

    Raises
    ------
    ConfigError
        If the file is missing or no TOML, or a key, a role or a label column is not known; names the nearest.
    """
    raw, where = read_toml(path), str(path)
    only_keys(raw, {"name", "note", "source", "task", "vocabulary"}, where, optional={"note", "task", "vocabulary"})
    only_keys(raw.get("task", {}), set(TASKS), f"{where}: task", optional=set(TASKS))
    sources = tuple(_source(block, where) for block in blocks(raw["source"], where))
    folder = path.resolve().parent
    vocabulary = folder / str(raw["vocabulary"]) if "vocabulary" in raw else None
    return Recipe(str(raw["name"]), str(raw.get("note", "")), sources, folder, raw.get("task", {}), vocabulary)


def find_file(name: str, *, folders: list[Path]) -> Path:
    """The first file of this name along the folders.

    Raises
    ------
    ConfigError
        If it is in none of them.
    """
    for folder in folders:
        if (folder / name).is_file():
            return folder / name
    todo = "give its folder with --shared, or mend the recipe"
    raise ConfigError("a file of the recipe is missing", got=name, allowed=[str(folder) for folder in folders], todo=todo)


def _source(block: dict[str, Any], where: str) -> Source:
    place = f"{where}: source {block.get('name', '')}"
    only_keys(block, KEYS, place, optional=KEYS - {"text"})
    files = text_list(block["files"], place) if "files" in block else tuple(str(block[key]) for key in ("file",) if key in block)
    if not files or not (block.get("name") or block.get("source_column")):
        missing = "file" if not files else "name"
        raise ConfigError("a key is missing", where=place, got=sorted(block), allowed=missing, todo=f"add {missing}")
    return Source(
        name=str(block.get("name", "")),
        files=files,
        text=str(block["text"]),
        role=_one_of(block.get("role", "train"), ROLES, f"{place}: role"),
        weight=_weight(block.get("weight", 1.0), place),
        source_column=str(block.get("source_column", "")),
        created_at=str(block.get("created_at", "")),
        labels={
            _one_of(task, LABELS, f"{place}: label"): _column(given, place) for task, given in block.get("label", {}).items()
        },
        labels_by_digest=str(block.get("labels_by_digest", "")),
        tasks=tuple(_one_of(task, LABELS, f"{place}: tasks") for task in text_list(block.get("tasks", []), place)),
        single=bool(block.get("single", False)),
        conflicts=_one_of(block.get("conflicts", "refuse"), CONFLICTS, f"{place}: conflicts"),
    )


def _column(given: Any, where: str) -> LabelColumn:
    if isinstance(given, str):
        return LabelColumn(given, {})
    if not isinstance(given, dict):
        raise ConfigError("a label is the name of a column, or a table", where=where, got=type(given).__name__)
    only_keys(given, {"column", "values"}, f"{where}: label", optional={"values"})
    return LabelColumn(str(given["column"]), {str(key): str(value) for key, value in given.get("values", {}).items()})


def _one_of(value: Any, allowed: tuple[str, ...], where: str) -> str:
    if value not in allowed:
        close = nearest(str(value), allowed)
        todo = f"did you mean {close!r}?" if close else ""
        raise ConfigError("not allowed here", where=where, got=str(value), allowed=allowed, todo=todo)
    return str(value)


def _weight(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
        raise ConfigError("a weight is a number above 0", where=where, got=str(value))
    return float(value)

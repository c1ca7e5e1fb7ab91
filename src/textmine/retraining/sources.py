"""The sources of a recipe as examples; what is wrong in any of them is told at once."""

from __future__ import annotations

import hashlib
import logging
from pathlib import Path

import pandas as pd

from textmine.channels.formats import read_unit
from textmine.channels.times import parse_times
from textmine.channels.values import as_label, as_text
from textmine.errors import ConfigError, nearest, shown_names
from textmine.labelfiles.columns import CHINESE, TASK
from textmine.learn.examples import EXAMPLE_COLUMNS, join_examples, make_examples, text_digest
from textmine.retraining.codes import as_codes, names_of, unknown_labels
from textmine.retraining.conflicts import settle
from textmine.retraining.problems import ExamplesRefusedError, Problem
from textmine.retraining.recipe import LabelColumn, Recipe, Source, find_file
from textmine.taxonomy import Taxonomy

logger = logging.getLogger(__name__)

DIGEST = "text_sha256"
DIGEST_COLUMNS = {"sentiment": "sentiment", "primary": "primary_category", "categories": "categories", "intent": "intent",
                  "priority": "priority"}  # fmt: skip
# names that a message may repeat, whatever else stands in the header
KNOWN = frozenset({*EXAMPLE_COLUMNS, *DIGEST_COLUMNS, DIGEST, *CHINESE, *CHINESE.values(), *TASK, "channel"})


def read_sources(recipe: Recipe, *, taxonomy: Taxonomy, shared: Path | None = None) -> pd.DataFrame:
    """Examples of all sources of a recipe. Files are looked for in the recipe's folder, then in ``shared``.

    Raises
    ------
    ConfigError
        If a file or a column is missing.
    ExamplesRefusedError
        If a label is of no known class, or equal texts of a source have different labels.
    """
    folders = [recipe.folder, *([shared] if shared else [])]
    frames, problems = [], []
    for source in recipe.sources:
        for file in source.files:
            rows, wrong = _read(source, find_file(file, folders=folders), folders=folders, taxonomy=taxonomy)
            frames.append(rows)
            problems += wrong
    if problems:
        raise ExamplesRefusedError(problems)
    return join_examples(frames)


def source_digests(recipe: Recipe, *, shared: Path | None = None) -> dict[str, str]:
    """SHA-256 of every file of the recipe, by the name it has there."""
    folders = [recipe.folder, *([shared] if shared else [])]
    names = {name for source in recipe.sources for name in (*source.files, source.labels_by_digest) if name}
    return {name: _sha256(find_file(name, folders=folders)) for name in sorted(names)}


def read_frame(path: Path) -> pd.DataFrame:
    """The rows of a file of any kind with their own columns: parquet as it is, others as the channels read them.

    Raises
    ------
    UnitError
        If the file cannot be read.
    """
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    batches = [batch.frame for batch in read_unit(path.read_bytes(), name=path.name)]
    return pd.concat(batches, ignore_index=True).drop(columns="_row") if batches else pd.DataFrame()


def to_examples(frame: pd.DataFrame, source: Source, *, file: str, taxonomy: Taxonomy) -> tuple[pd.DataFrame, list[Problem]]:
    """Examples of the rows of a file as the source says, and what is wrong with its labels."""
    rows: dict[str, pd.Series] = {"text": as_text(_column(frame, source.text, file))}
    if source.source_column:
        groups = as_label(_column(frame, source.source_column, file)).fillna(source.name or "unknown")
        rows["source"] = source.name + ":" + groups if source.name else groups
    if source.created_at:
        rows["created_at"] = parse_times(_column(frame, source.created_at, file), zone="Asia/Shanghai")[0]
    problems: list[Problem] = []
    for label, given in (source.labels or {}).items():
        if source.tasks and label not in source.tasks:
            continue
        names = names_of(label, taxonomy=taxonomy)
        cells = _column(frame, given.column, file)
        rows[label], strange = as_codes(cells, column=label, names=names, values=given.values)
        problems += unknown_labels(strange, file=file, column=given.column, allowed=[*names, *given.values])
    made = make_examples(pd.DataFrame(rows), source=source.name, role=source.role, weight=source.weight)
    return made[made["text"].notna()].reset_index(drop=True), problems


def _read(source: Source, path: Path, *, folders: list[Path], taxonomy: Taxonomy) -> tuple[pd.DataFrame, list[Problem]]:
    frame = read_frame(path)
    if source.labels_by_digest:
        frame, source = _join(frame, source, find_file(source.labels_by_digest, folders=folders), file=path.name)
    if source.single:
        texts = _column(frame, source.text, path.name)
        frame = frame[~texts.duplicated(keep=False)].reset_index(drop=True)
    made, problems = to_examples(frame, source, file=path.name, taxonomy=taxonomy)
    kept, wrong = settle(made, drop=source.conflicts == "drop", file=path.name)
    logger.info("%s: %d rows in, %d examples, role %s", path.name, len(frame), len(kept), source.role)
    return kept, problems + wrong


def _join(frame: pd.DataFrame, source: Source, path: Path, *, file: str) -> tuple[pd.DataFrame, Source]:
    """The rows that the digest file has labels for, with these in columns of their own, and the source that reads them."""
    labels = read_frame(path)
    if DIGEST not in labels:
        raise ConfigError("no such column", where=path.name, got=shown_names(labels.columns, known=KNOWN), allowed=DIGEST)
    own = {column: label for column, label in DIGEST_COLUMNS.items() if column in labels}
    labels = labels[[DIGEST, *own]].drop_duplicates(DIGEST)
    named = labels.rename(columns={column: f"digest_{column}" for column in own})
    digests = as_text(_column(frame, source.text, file)).fillna("").map(text_digest)
    joined = frame.assign(**{DIGEST: digests}).drop_duplicates(DIGEST).merge(named, on=DIGEST, how="inner")
    columns = {label: LabelColumn(f"digest_{column}", {}) for column, label in own.items()}
    return joined, Source(**{**vars(source), "labels": {**(source.labels or {}), **columns}})


def _column(frame: pd.DataFrame, name: str, file: str) -> pd.Series:
    if name not in frame.columns:
        names = shown_names(frame.columns, known=KNOWN)
        close = nearest(name, names)
        todo = f"did you mean {close!r}?" if close else "name the column"
        raise ConfigError("no such column", where=file, got=name, allowed=names, todo=todo)
    return frame[name]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()

"""Files of labels - CSV, Excel, parquet, JSONL, exports of Label Studio - as examples; refused whole where anything is wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from textmine.channels.mapping import find_columns
from textmine.channels.times import parse_times
from textmine.channels.values import as_label, as_text
from textmine.errors import ConfigError, NightMissingError, UnitError, shown_names
from textmine.labelfiles.columns import CORRECTED, as_given, plain_names
from textmine.labelfiles.labelstudio import read_label_studio
from textmine.learn.examples import LABELS, join_examples
from textmine.retraining.conflicts import settle
from textmine.retraining.problems import ExamplesRefusedError, Problem
from textmine.retraining.recipe import LabelColumn, Source
from textmine.retraining.sources import KNOWN, read_frame, to_examples
from textmine.settings import Columns
from textmine.store.reading import read_table
from textmine.taxonomy import Taxonomy

ID = "feedback_id"
CHINESE = {"方面": "aspect", "极性": "polarity", "来源": "source", "创建时间": "created_at"}
FROM_LAKE = (ID, "text", "created_at", "channel")


@dataclass(frozen=True)
class LabelFile:
    """A file of labels and what must be said about it: column of the words, column of one label, what its values mean."""

    path: Path
    text_column: str = ""
    label_column: str = ""
    label: str = "sentiment"
    values: Mapping[str, str] = field(default_factory=dict)


def read_labels(files: Sequence[LabelFile], *, taxonomy: Taxonomy, root: Path | None = None) -> pd.DataFrame:
    """Examples of all files, role train, the file's name or its column ``source`` or the channel as their source.

    A row needs words, or a ``feedback_id`` that is published in the lake ``root``: a row without words of its own has the
    text, the time and the channel of the lake. A file with ``corrected_...`` columns counts by these alone.

    Raises
    ------
    ExamplesRefusedError
        If any label, id or pair of rows is wrong; its table names them all.
    ConfigError
        If a column is missing.
    """
    frames, problems = [], []
    for file in files:
        rows, wrong = _read(file, taxonomy=taxonomy, root=root)
        frames.append(rows)
        problems += wrong
    joined, wrong = settle(join_examples(frames), file="all label files") if not problems else (join_examples(frames), [])
    if problems := problems + wrong:
        raise ExamplesRefusedError(problems)
    return joined


def _read(file: LabelFile, *, taxonomy: Taxonomy, root: Path | None) -> tuple[pd.DataFrame, list[Problem]]:
    name = file.path.name
    frame = _own_columns(file)
    unknown: list[Problem] = []
    if ID in frame and root is not None:
        frame = with_lake(frame, root=root, name=file.path.stem)
    if ID in frame:
        unknown = list(_unknown(frame, name))
    source = Source(
        name=file.path.stem if "source" not in frame else "",
        files=(name,),
        text="text",
        source_column="source" if "source" in frame else "",
        created_at="created_at" if "created_at" in frame else "",
        labels=_labels(frame, file),
    )
    made, strange = to_examples(frame, source, file=name, taxonomy=taxonomy)
    settled, wrong = settle(made, file=name)
    return settled, [*unknown, *strange, *wrong]


def _own_columns(file: LabelFile) -> pd.DataFrame:
    """The rows with ``text`` and the columns called as the examples are; exported files by what people corrected."""
    if file.path.suffix == ".json" and not file.label_column:
        frame = read_label_studio(file.path)
    else:
        frame = read_frame(file.path)
        frame.columns = pd.Index([CHINESE.get(name, name) for name in plain_names([str(name) for name in frame.columns])])
        if any(name in frame for name in CORRECTED):
            frame = as_given(frame)
    if file.text_column and file.text_column not in frame:
        found = shown_names(frame.columns, known=KNOWN)
        raise ConfigError("no such column", where=file.path.name, got=file.text_column, allowed=found)
    words = file.text_column or ("text" if "text" in frame else _words(frame, file.path.name))
    return frame.assign(text=frame[words] if words else pd.Series([None] * len(frame), dtype="str"))


def _words(frame: pd.DataFrame, where: str) -> str:
    """The column of the words by well-known names; none where the rows have ids."""
    try:
        return find_columns(frame, Columns(), where=where, text_fields=("text",)).texts[0]
    except UnitError as error:
        if ID in frame:
            return ""
        found = shown_names(frame.columns, known=KNOWN)
        todo = "name the column of the words with --text-column"
        raise ConfigError("no column of words and no feedback_id", where=where, got=found, todo=todo) from error


def with_lake(frame: pd.DataFrame, *, root: Path, name: str = "labels") -> pd.DataFrame:
    """The rows; those without words have text, time and channel of the lake where the id is published, its newest revision.

    Rows with words keep what the file says of them; ``name`` is their source where it names none.
    """
    words = as_text(frame["text"])
    bare = words.isna() & frame[ID].notna()
    if not bare.any():
        return frame
    there = _published(root)
    found = {column: as_label(frame[ID]).map(there[column]) for column in ("text", "created_at", "channel")}
    none = pd.Series([None] * len(frame), index=frame.index, dtype="str")
    when = parse_times(frame.get("created_at", none), zone="Asia/Shanghai")[0]
    source = as_label(frame.get("source", none)).fillna(name)
    return frame.assign(
        text=words.where(~bare, found["text"].astype("str")),
        created_at=when.where(~bare, pd.to_datetime(found["created_at"], utc=True)),
        source=source.where(~bare, found["channel"].astype("str").fillna("labels")),
    )


def _published(root: Path) -> pd.DataFrame:
    """FROM_LAKE by id, the newest revision; no rows where no night is published."""
    try:
        there = read_table("labelled_feedback", columns=list(FROM_LAKE), root=root)
    except NightMissingError:
        there = pd.DataFrame({column: pd.Series(dtype="str") for column in FROM_LAKE})
    return there.drop_duplicates(ID, keep="last").set_index(ID)


def _unknown(frame: pd.DataFrame, name: str) -> Iterator[Problem]:
    lost = (frame["text"].isna() & frame[ID].notna()).reset_index(drop=True)
    if lost.any():
        todo = "the id is published in no night of the lake, or give the words too"
        yield Problem(name, ID, "unknown id", f"{int(lost.sum())} ids", int(lost.sum()), int(lost.to_numpy().argmax()) + 1, todo)


def _labels(frame: pd.DataFrame, file: LabelFile) -> dict[str, LabelColumn]:
    if file.label_column:
        return {file.label: LabelColumn(file.label_column, file.values)}
    found = {label: LabelColumn(label, file.values) for label in LABELS if label in frame}
    if not found:
        names = shown_names(frame.columns, known=KNOWN)
        todo = "name the column with --label-column"
        raise ConfigError("no column of labels", where=file.path.name, got=names, allowed=LABELS, todo=todo)
    return found

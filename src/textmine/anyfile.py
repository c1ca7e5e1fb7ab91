"""Any file labelled, no lake and no key needed: its own columns first, then those of ``labelled_feedback``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from joblib import Parallel, delayed

from textmine.channels.feedback import make_feedback
from textmine.channels.formats import read_unit
from textmine.channels.mapping import find_columns
from textmine.channels.rawframe import Reject
from textmine.channels.scores import parse_scores, parse_votes
from textmine.channels.times import parse_times
from textmine.channels.values import as_label, as_text
from textmine.errors import ConfigError, UnitError
from textmine.label import Labeller
from textmine.report.flat import flatten
from textmine.settings import Columns
from textmine.store.durable import write_durably
from textmine.store.keys import Keyring
from textmine.tables import LABELLED_FEEDBACK

TEXT_FIELDS = ("text", "transcript", "messages", "body", "subject")
CHUNK_ROWS = 10_000
WRITERS = (".parquet", ".xlsx", ".csv")


class Read(NamedTuple):
    """A file's rows as they are, the feedback made of them (same order), and what could not be read."""

    own: pd.DataFrame
    feedback: pd.DataFrame
    rejects: list[Reject]


def read_any(path: Path, *, text_column: str | None = None) -> Read:
    """Every readable row of a file, any format.

    Raises
    ------
    UnitError
        If the file is unreadable or empty, or no column holds the words; names the columns found.
    """
    frames: list[pd.DataFrame] = []
    rejects: list[Reject] = []
    for batch in read_unit(path.read_bytes(), name=path.name):
        frames.append(batch.frame)
        rejects += batch.rejects
    if not frames:
        raise UnitError("no row can be read", reason="empty_file", where=path.name, rows=len(rejects), todo="look at the file")
    own = pd.concat(frames, ignore_index=True)
    return Read(own.drop(columns="_row"), _feedback(own, text_column, where=path.name), rejects)


def _feedback(own: pd.DataFrame, text_column: str | None, *, where: str) -> pd.DataFrame:
    mapped = find_columns(own, Columns(text=text_column), where=where, text_fields=TEXT_FIELDS)
    values = {"row_number": own["_row"], "text": as_text(own[mapped.texts[0]])}
    for field, column in mapped.one.items():
        if column in mapped.texts:
            continue
        if field in ("rating", "nps", "ces"):
            values[field] = parse_scores(own[column], field=field, where=where)
        elif field == "votes":
            values[field] = parse_votes(own[column], where=where)
        elif field == "created_at":
            values[field], _ = parse_times(own[column], zone="Asia/Shanghai")
        elif field in ("product", "region", "team", "segment"):
            values[field] = as_label(own[column])
    return make_feedback(values, rows=len(own))


def label_frame(feedback: pd.DataFrame, *, labeller: Labeller, workers: int) -> Iterator[pd.DataFrame]:
    """Labelled rows in order, chunk by chunk; on ``workers`` processes when there is more than one chunk."""
    pieces = [feedback.iloc[start:start + CHUNK_ROWS] for start in range(0, len(feedback), CHUNK_ROWS)]
    if len(pieces) < 2 or workers < 2:
        yield from (labeller.label(piece) for piece in pieces)
        return
    yield from Parallel(n_jobs=workers, return_as="generator")(delayed(labeller.label)(piece) for piece in pieces)


def customer_keys(own: pd.DataFrame, column: str, *, keyring: Keyring) -> pd.Series:
    """Pseudonyms of the customers named in ``column``."""
    if column not in own.columns:
        raise ConfigError("no such column", got=column, allowed=[str(name) for name in own.columns])
    return keyring.pseudonym(as_label(own[column]))


def join_own(own: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """The file's own columns first, a clash with the suffix ``_in``, then the labels."""
    clash = {name: f"{name}_in" for name in own.columns if name in labels.columns}
    return pd.concat([own.rename(columns=clash).reset_index(drop=True), labels.reset_index(drop=True)], axis=1)


def write_any(frame: pd.DataFrame, path: Path) -> None:
    """The frame as .parquet, .xlsx or .csv, whole or not at all.

    Raises
    ------
    ConfigError
        If the extension is none of the three.
    """
    check_extension(path)
    if path.suffix == ".parquet":
        write_durably(path, lambda file: pq.write_table(_as_arrow(frame), file, compression="zstd"))
    elif path.suffix == ".csv":
        text = flatten(frame, formulas_prefixed=True).to_csv(index=False)
        write_durably(path, text.encode("utf-8-sig"))
    else:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
        with pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
            flatten(frame).to_excel(writer, index=False, sheet_name="labelled_feedback")


def check_extension(path: Path) -> None:
    """Raise ConfigError unless the path ends in one of the extensions that can be written."""
    if path.suffix not in WRITERS:
        raise ConfigError("the extension of OUT says the format", where=str(path), got=path.suffix or "none", allowed=WRITERS)


def _as_arrow(frame: pd.DataFrame) -> pa.Table:
    """Own columns as they are (mixed types as text), labels with their declared types."""
    declared = {column.name: column.type for column in LABELLED_FEEDBACK.columns}
    arrays = {str(name): _array(frame[name], declared.get(str(name))) for name in frame.columns}
    return pa.table(arrays)


def _array(values: pd.Series, kind: pa.DataType | None) -> pa.Array:
    if kind is None:
        return pa.array(as_text(values) if values.dtype == object else values)
    if pa.types.is_map(kind) and values.dtype == object:
        return pa.array([list(cell.items()) if isinstance(cell, dict) else None for cell in values], type=kind)
    return pa.Array.from_pandas(values, type=kind)

"""Any file labelled, no lake and no key needed: its own columns first, then those of ``labelled_feedback``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from joblib import Parallel, delayed
from xlsxwriter import Workbook

from textmine.channels.feedback import make_feedback
from textmine.channels.formats import read_unit
from textmine.channels.mapping import Mapped, find_columns
from textmine.channels.rawframe import Reject
from textmine.channels.scores import parse_scores, parse_votes
from textmine.channels.times import parse_times
from textmine.channels.values import as_label, as_text
from textmine.errors import ConfigError, UnitError
from textmine.label import Labeller
from textmine.report.flat import DANGEROUS, flatten
from textmine.settings import Columns
from textmine.store.durable import write_durably
from textmine.store.keys import Keyring
from textmine.tables import LABELLED_FEEDBACK

TEXT_FIELDS = ("text", "transcript", "messages", "body", "subject")
CHUNK_ROWS = 10_000
WRITERS = (".parquet", ".xlsx", ".csv")
SHEET_ROWS = 1_048_575  # of an Excel sheet, below the header
SHEET_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "constant_memory": True,
    "nan_inf_to_errors": True,
    "default_date_format": "yyyy-mm-dd hh:mm:ss",
}


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
        If the file is unreadable or empty.
    ConfigError
        If no column holds the words; names the columns found.
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
    mapped = _mapped(own, text_column, where=where)
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


def _mapped(own: pd.DataFrame, text_column: str | None, *, where: str) -> Mapped:
    try:
        return find_columns(own, Columns(text=text_column), where=where, text_fields=TEXT_FIELDS)
    except UnitError as error:
        if error.reason != "missing_column":
            raise
        named = "no such column", error.todo
        problem, todo = named if text_column else (error.problem, "name the text column with --text-column")
        raise ConfigError(problem, where=where, got=error.got, allowed=error.allowed, todo=todo) from None


def label_frame(feedback: pd.DataFrame, *, labeller: Labeller, workers: int) -> Iterator[pd.DataFrame]:
    """Labelled rows in order, chunk by chunk; on ``workers`` processes when there is more than one chunk."""
    pieces = [feedback.iloc[start : start + CHUNK_ROWS] for start in range(0, len(feedback), CHUNK_ROWS)]
    alone = len(pieces) < 2 or workers < 2
    work = Parallel(n_jobs=1 if alone else workers, return_as="generator")
    for labels in work(delayed(labeller.label)(piece) for piece in pieces):
        # a piece numbers its rows from 1, the file goes on counting
        numbered = [f"row_{place + 1}" for place in labels.index]
        yield labels.assign(feedback_id=pd.Series(numbered, index=labels.index, dtype="str"))


def customer_keys(own: pd.DataFrame, column: str, *, keyring: Keyring) -> pd.Series:
    """Pseudonyms of the customers named in ``column``."""
    if column not in own.columns:
        raise ConfigError("no such column", got=column, allowed=[str(name) for name in own.columns])
    return keyring.pseudonym(as_label(own[column]))


def join_own(own: pd.DataFrame, labels: pd.DataFrame) -> pd.DataFrame:
    """The file's own columns first, a clash with the suffix ``_in``, then the labels; no name comes twice."""
    names: list[str] = []
    for name in own.columns:
        free = name
        while free in labels.columns or free in names or (free != name and free in own.columns):
            free = f"{free}_in"
        names.append(free)
    return pd.concat([own.set_axis(names, axis=1).reset_index(drop=True), labels.reset_index(drop=True)], axis=1)


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
        headed = frame.rename(columns=lambda name: f"'{name}" if str(name).startswith(DANGEROUS) else name)
        write_durably(path, flatten(headed, formulas_prefixed=True).to_csv(index=False).encode("utf-8-sig"))
    elif len(frame) > SHEET_ROWS:
        raise ConfigError(
            "more rows than a sheet holds",
            where=str(path),
            got=f"{len(frame):,}",
            allowed=f"{SHEET_ROWS:,}",
            todo="write .parquet or .csv",
        )
    else:
        write_durably(path, lambda file: _write_workbook(flatten(frame), file))


def _write_workbook(frame: pd.DataFrame, file: BinaryIO) -> None:
    # row by row: pandas writes column by column, of which constant memory keeps the last row alone
    with Workbook(file, SHEET_OPTIONS) as book:
        sheet = book.add_worksheet(LABELLED_FEEDBACK.name)
        sheet.write_row(0, 0, [str(name) for name in frame.columns])
        cells = frame.astype(object).where(frame.notna(), None)
        for number, row in enumerate(cells.itertuples(index=False, name=None), start=1):
            sheet.write_row(number, 0, row)


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

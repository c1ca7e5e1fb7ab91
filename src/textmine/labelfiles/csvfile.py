"""Label files as CSV: UTF-8 with BOM for Excel, nothing a spreadsheet would run, and read back exactly."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

import pandas as pd

from textmine.errors import ConfigError
from textmine.labelfiles.columns import TASK, plain_names

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")  # OWASP, CSV injection
MARKED = (*RUN_BY_SPREADSHEETS, "'")  # a cell that begins with the mark itself is marked too, so that taking it off is exact
ENCODINGS = ("utf-8-sig", "gb18030")  # Excel on a Chinese Windows saves the second
LONGEST_FIELD = 10_000_000


def write_csv(tasks: pd.DataFrame, file: BinaryIO) -> None:
    """The tasks (columns TASK) as CSV; a cell that begins with one of MARKED gets ``'`` before it."""
    marked = tasks[list(TASK)].apply(_marked)
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(TASK)
    writer.writerows(marked.itertuples(index=False, name=None))
    text.detach()


def read_csv(data: bytes, *, where: str) -> pd.DataFrame:
    """Rows of a label file, every cell as text with the marks taken off, columns by their codes, index the number in the file.

    Raises
    ------
    ConfigError
        If the file is neither UTF-8 nor GB18030, or a line has more or fewer cells than the header.
    """
    csv.field_size_limit(LONGEST_FIELD)
    lines = list(csv.reader(io.StringIO(_decoded(data, where), newline="")))
    if not lines:
        raise ConfigError("the file is empty", where=where, todo="give a label file")
    header = plain_names([_unmarked(cell) for cell in lines[0]])
    body = {number: line for number, line in enumerate(lines[1:], start=2) if any(line)}
    if ragged := [line for line in body.values() if len(line) != len(header)]:
        found = f"{len(ragged[0])} cells"
        raise ConfigError("lines do not fit the header", where=where, rows=len(ragged), got=found, allowed=f"{len(header)}")
    cells = [[_unmarked(cell) for cell in line] for line in body.values()]
    return pd.DataFrame(cells, columns=header, index=list(body), dtype="str")


def _decoded(data: bytes, where: str) -> str:
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ConfigError("the text cannot be decoded", where=where, allowed=ENCODINGS, todo="save it as CSV UTF-8")


def _marked(column: pd.Series) -> pd.Series:
    text = column.astype("str").fillna("")
    return text.where(~text.str.startswith(MARKED), "'" + text)


def _unmarked(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(MARKED) else cell

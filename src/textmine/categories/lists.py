"""List columns built from pairs (document, value) without a Python loop per document."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


def list_column(rows: Ints, values: Ints, *, names: Sequence[str], length: int) -> pd.Series:
    """One list of names for each document, as a pandas Series of Arrow type list<string>.

    Parameters
    ----------
    rows : array of int
        Document of each value, ascending.
    values : array of int
        Position in ``names`` of each value, in the order the list shall have.
    names : sequence of str
        What the values stand for.
    length : int
        Number of documents; a document without values gets an empty list.
    """
    lists = pa.ListArray.from_arrays(offsets_of(rows, length=length), pa.array(names, pa.string()).take(pa.array(values)))
    return arrow_column(lists)


def offsets_of(rows: Ints, *, length: int) -> pa.Array:
    """Where the values of each document begin (int32, ``length + 1`` of them), for ascending ``rows``."""
    counts = np.bincount(rows, minlength=length)
    return pa.array(np.concatenate(([0], np.cumsum(counts))), pa.int32())


def code_column(codes: Ints, *, names: Sequence[str]) -> pd.Series:
    """One name for each code, as a pandas Series of strings; -1 is missing."""
    return pd.Series(pa.array(names, pa.string()).take(pa.array(codes, mask=codes < 0)).to_pandas(), dtype="str")


def arrow_column(values: pa.Array) -> pd.Series:
    """The array as a pandas Series that keeps its Arrow type."""
    return pd.Series(values, dtype=pd.ArrowDtype(values.type))


def by_score(chosen: Bools, scores: Reals) -> tuple[Ints, Ints]:
    """Row and column of each chosen cell, rows ascending, in a row the highest score first, equal scores by column."""
    rows, columns = np.nonzero(chosen)
    order = np.lexsort((columns, -scores[rows, columns], rows))
    return rows[order].astype(np.int64), columns[order].astype(np.int64)

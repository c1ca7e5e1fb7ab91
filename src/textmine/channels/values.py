"""Cells of a raw frame as strings, keys and maps, whatever the source put into them."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.channels.feedback import STRING

logger = logging.getLogger(__name__)

EXACT_FLOAT = 1e15
"""Excel keeps 15 significant digits (Microsoft, "Excel specifications and limits"): a longer number has lost its last ones."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_ROUNDED = r"^[+-]?\d+(?:\.\d+)?[eE]\+?\d+$"
_PERSON_KEYS = ("id", "name", "email", "phone", "nickname")


def as_text(series: pd.Series[Any]) -> pd.Series[str]:
    """Cells as ``str``: null where there is nothing or only blanks; whole numbers without ``.0``; lists and dicts as JSON.

    Lone surrogates, which Arrow cannot hold, become U+FFFD. The index is kept, the input is not touched.
    """
    strings = series if series.dtype == STRING else mended([cell_text(cell) for cell in series.array], series.index)
    blank = strings.str.strip() == ""
    return strings.mask(blank) if blank.any() else strings


def as_label(series: pd.Series[Any]) -> pd.Series[str]:
    """Cells as trimmed strings, null where blank: status, product, question ..."""
    return as_text(series).str.strip()


def as_key(series: pd.Series[Any], *, column: str, where: str) -> pd.Series[str]:
    """Cells as trimmed keys (customer, agent, number of the record); a dict gives its id, else its name.

    A long number that a spreadsheet has rounded (a float from 1e15, or text such as ``1.10101E+17``) is no key: it would join
    strangers. It becomes null and is counted in a warning.
    """
    if series.dtype == object:
        series = changed(series, _person)
    keys = as_label(series)
    rounded = found_in(keys, _ROUNDED)
    if series.dtype == object or series.dtype.kind == "f":
        rounded |= np.fromiter(map(_is_rounded, series.array), bool, len(series))
    if count := int(rounded.sum()):
        logger.warning("%s: column %s: %d long numbers rounded by a spreadsheet are not used as keys", where, column, count)
        keys = keys.mask(rounded)
    return keys


def found_in(strings: pd.Series[str], pattern: str) -> npt.NDArray[np.bool_]:
    """Where an RE2 pattern is found; False where there is no string. Arrow's own search: pandas would hand ``(?m)`` to Python."""
    found = pc.match_substring_regex(pa.chunked_array([one_array(strings)]), pattern)
    return np.array(pc.fill_null(found, False).to_numpy())


def one_array(strings: pd.Series[str]) -> pa.Array:
    """Strings as one Arrow array, whatever the chunks behind them."""
    cells = pa.array(strings.array)
    return cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells


def as_maps(columns: Mapping[str, Any]) -> list[dict[str, Any] | None]:
    """A dict a row of the columns that have a value there (name to value), None where none has."""
    names = list(columns)
    rows = zip(*(pd.Series(values).astype(object).tolist() for values in columns.values()), strict=True)
    return [{name: value for name, value in zip(names, row, strict=True) if not is_missing(value)} or None for row in rows]


def under_subject(words: pd.Series[str], subjects: pd.Series[Any]) -> pd.Series[str]:
    """The words under their subject: the subject alone where there are none, the words alone where they begin with it."""
    heads = as_label(subjects)
    return mended([_under(word, head) for word, head in zip(as_cells(words), as_cells(heads), strict=True)], words.index)


def changed(cells: pd.Series[Any], change: Callable[[Any], Any]) -> pd.Series[Any]:
    """Each cell changed, as objects: ``map`` would guess a type and fail on a lone surrogate."""
    return pd.Series([change(cell) for cell in cells.array], index=cells.index, dtype=object)


def as_cells(strings: pd.Series[str]) -> list[Any]:
    """Strings as a plain list, None where null."""
    return [string if isinstance(string, str) else None for string in strings.array]


def cell_text(cell: Any) -> str | None:
    """One cell as a string, None where there is nothing; never raises."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, (list, tuple, dict, np.ndarray)):
        return json.dumps(cell, ensure_ascii=False, default=_plain, skipkeys=True) if len(cell) else None
    if isinstance(cell, bytes):
        return cell.decode("utf-8", "replace")
    if cell is None or is_missing(cell):
        return None
    if isinstance(cell, (float, np.floating)):
        return _float_text(float(cell))
    return cell.isoformat() if isinstance(cell, (datetime, date)) else str(cell)


def mended(strings: Sequence[Any], index: pd.Index[Any]) -> pd.Series[str]:
    """Strings as a ``str`` series, lone surrogates (which Arrow cannot hold) as U+FFFD."""
    try:
        return pd.Series(strings, index=index, dtype=STRING)
    except UnicodeEncodeError:
        clean = [_SURROGATES.sub("\ufffd", string) if isinstance(string, str) else None for string in strings]
        return pd.Series(clean, index=index, dtype=STRING)


def _under(words: str | None, subject: str | None) -> str | None:
    if not words or not subject or words.lstrip().startswith(subject):
        return words or subject
    return f"{subject}\n{words}"


def _float_text(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < EXACT_FLOAT else repr(number)


def is_missing(cell: Any) -> bool:
    """Whether a cell holds nothing: None, NaN, NaT or NA; a list or a string never is."""
    return cell is None or cell is pd.NA or cell is pd.NaT or (isinstance(cell, (float, np.floating)) and cell != cell)


def _plain(cell: Any) -> Any:
    return cell.tolist() if isinstance(cell, np.ndarray) else str(cell)


def _person(cell: Any) -> Any:
    if isinstance(cell, dict):
        return next((cell[key] for key in _PERSON_KEYS if cell.get(key) not in (None, "")), None)
    return cell


def _is_rounded(cell: Any) -> bool:
    return isinstance(cell, (float, np.floating)) and abs(float(cell)) >= EXACT_FLOAT

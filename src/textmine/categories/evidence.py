"""The words behind the labels: a map from each label of a text to the words that speak for it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.categories.lists import Bools, Ints, arrow_column, offsets_of
from textmine.categories.mentions import of_list

PREFIX = {"category": "", "intent": "intent:", "flag": "flag:", "red_line": "red_line:", "cue": "cue:", "urgency": "urgency:"}


def collect_evidence(
    hits: pd.DataFrame,
    *,
    subcategories: pd.Series,
    intents: pd.Series,
    flags: pd.Series,
    red_lines: pd.Series | None = None,
    cues: pd.Series | None = None,
    urgencies: pd.Series | None = None,
) -> pd.Series:
    """Words that speak for each label of a document, as Arrow map<string, list<string>>.

    Reads ``doc``, ``start``, ``list``, ``label``, ``words``, ``negated`` of the hits; ``subcategories``, ``intents``, ``flags``,
    ``red_lines``, ``cues`` and ``urgencies`` hold the labels that the document was given. Keys are ``product.taste``,
    ``intent:complaint``, ``flag:churn_risk``, ``red_line:food``, ``cue:remedy``, ``urgency:urgent``, in that order of kinds and
    alphabetically within a kind; the words of a key in text order, each once. A negated word is evidence of a category or cue
    only. A label that no words speak for (a rule raised it, or the attitude alone decided) has no key; a document without
    evidence has an empty map.
    """
    length = len(subcategories)
    names = [name for kind in PREFIX for name in _names(hits, kind)]
    number = {name: place for place, name in enumerate(names)}
    doc, label = hits["doc"].to_numpy(dtype=np.int64), _numbered(hits, number)
    given = np.zeros(length * max(len(names), 1), dtype=np.bool_)
    columns = (subcategories, intents, flags, red_lines, cues, urgencies)
    for kind, column in zip(PREFIX, columns, strict=True):
        if column is None:
            continue
        given[_cells(column, kind, number, width=max(len(names), 1))] = True
    keep = label >= 0
    keep[keep] = given[doc[keep] * len(names) + label[keep]]
    cell, word = _distinct(hits, doc * len(names) + label, keep)
    return _mapped(cell, word, names, hits["words"], length=length)


def _names(hits: pd.DataFrame, kind: str) -> list[str]:
    """Keys of the kind's labels that occur among the hits' labels, in alphabetical order."""
    codes = np.unique(hits["label"].cat.codes.to_numpy()[of_list(hits, kind=kind)])
    return sorted(f"{PREFIX[kind]}{hits['label'].cat.categories[code]}" for code in codes)


def _numbered(hits: pd.DataFrame, number: dict[str, int]) -> Ints:
    """Key of each hit, -1 where it is no evidence."""
    out = np.full(len(hits), -1, dtype=np.int64)
    for kind, prefix in PREFIX.items():
        known = [number.get(f"{prefix}{label}", -1) for label in hits["label"].cat.categories] or [-1]
        mine = of_list(hits, kind=kind) & ((kind in ("category", "cue")) | ~hits["negated"].to_numpy(dtype=np.bool_))
        out[mine] = np.array(known, dtype=np.int64)[hits["label"].cat.codes.to_numpy()[mine]]
    return out


def _cells(column: pd.Series, kind: str, number: dict[str, int], *, width: int) -> Ints:
    """Cells (document * width + key) that the column of labels gives."""
    values = pa.array(column)
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    listed = pa.types.is_list(values.type)
    rows = pc.list_parent_indices(values).to_numpy() if listed else np.arange(len(values))
    coded = (values.flatten() if listed else values.cast(pa.string())).dictionary_encode()
    known = np.array([number.get(f"{PREFIX[kind]}{label}", -1) for label in coded.dictionary.to_pylist()] + [-1], dtype=np.int64)
    keys = known[coded.indices.fill_null(len(known) - 1).to_numpy(zero_copy_only=False)]
    return np.asarray((rows.astype(np.int64) * width + keys)[keys >= 0])


def _distinct(hits: pd.DataFrame, cell: Ints, keep: Bools) -> tuple[Ints, Ints]:
    """Cell and word of the hits kept, by cell and then text order, a word once a cell."""
    cell, word, start = cell[keep], hits["words"].cat.codes.to_numpy()[keep].astype(np.int64), hits["start"].to_numpy()[keep]
    order = np.lexsort((word, start, cell))
    cell, word = cell[order], word[order]
    _, first = np.unique(cell * (int(word.max(initial=0)) + 1) + word, return_index=True)
    first.sort()
    return cell[first], word[first]


def _mapped(cell: Ints, word: Ints, names: list[str], words: pd.Series, *, length: int) -> pd.Series:
    heads = np.flatnonzero(np.diff(cell, prepend=-1))
    width = max(len(names), 1)
    surfaces = pa.array(words.cat.categories.to_numpy(object), pa.string()).take(pa.array(word))  # one chunk
    lists = pa.ListArray.from_arrays(pa.array(np.append(heads, len(cell)), pa.int32()), surfaces)
    keys = pa.array(names, pa.string()).take(pa.array(cell[heads] % width))
    return arrow_column(pa.MapArray.from_arrays(offsets_of(cell[heads] // width, length=length), keys, lists))

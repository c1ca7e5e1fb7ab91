"""What each clause speaks of, and how: aspects from the category words, polarity from the clause's score."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

Ints = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]

LIST = "category"


def find_aspects(
    documents: pd.DataFrame,
    hits: pd.DataFrame,
    clauses: pd.DataFrame,
    *,
    fallback: str,
    polar_from: float = 0.1,
    silent_below: float = 0.1,
) -> pd.DataFrame:
    """Aspects of the documents, one row for each aspect of a clause.

    Reads ``validity`` of ``documents``, the hits of list ``category``, and ``score`` in [-1, 1] of ``clauses`` (a clause that is
    missing has score 0). Where a clause names an aspect and says nothing about it (score below ``silent_below`` in size), the
    score of the next clause counts if that one names no aspect: 价格嘛，真的不便宜.

    Parameters
    ----------
    fallback : str
        Label that is no aspect: what fits nowhere (``taxonomy.fallback_label``).
    polar_from, silent_below : float
        Size of the score from which a clause is neg or pos, and below which it has no attitude. SOURCE: clauses that only name
        something score up to about 0.1 by their plain words alone.

    Returns
    -------
    pandas.DataFrame
        By document, clause and label: ``doc`` and ``clause`` (int32), ``aspect`` (category.subcategory), ``polarity`` (neg, neu,
        pos), ``polarity_score`` in [-1, 1] to 4 decimals, ``evidence`` (list<string>: the words, each once, in text order).
    """
    named = _naming(documents, hits, fallback=fallback)
    labels = [str(label) for label in named["label"].cat.categories]
    rank = np.argsort(np.argsort(np.array(labels, dtype=str), kind="stable"), kind="stable")
    doc, clause, start = (named[name].to_numpy(dtype=np.int64) for name in ("doc", "clause", "start"))
    order = np.lexsort((start, rank[named["label"].cat.codes.to_numpy()], clause, doc))
    named, doc, clause = named.iloc[order], doc[order], clause[order]
    code = np.asarray(named["label"].cat.codes, dtype=np.int64)
    row = _new(doc, clause, code)
    scores = _scores(doc[row], clause[row], clauses, silent_below=silent_below)
    return pd.DataFrame(
        {
            "doc": doc[row].astype(np.int32),
            "clause": clause[row].astype(np.int32),
            "aspect": pd.Series(pa.array(labels, pa.string()).take(pa.array(code[row])).to_pandas(), dtype="str"),
            "polarity": np.select([scores <= -polar_from, scores >= polar_from], ["neg", "pos"], "neu"),
            "polarity_score": scores,
            "evidence": _evidence(named["words"], row),
        }
    ).astype({"polarity": "str"})


def _naming(documents: pd.DataFrame, hits: pd.DataFrame, *, fallback: str) -> pd.DataFrame:
    """Category hits of valid documents, without the fallback."""
    valid = documents["validity"].eq("ok").to_numpy(dtype=np.bool_)
    keep = hits["list"].eq(LIST).to_numpy(dtype=np.bool_) & hits["label"].ne(fallback).to_numpy(dtype=np.bool_)
    named: pd.DataFrame = hits[keep & valid[hits["doc"].to_numpy()]]
    return named


def _new(*columns: npt.NDArray[np.integer]) -> Ints:
    """Places where any of the sorted columns changes, the first place included."""
    changed = np.ones(len(columns[0]), dtype=np.bool_)
    changed[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return np.flatnonzero(changed)


def _scores(doc: Ints, clause: Ints, clauses: pd.DataFrame, *, silent_below: float) -> Reals:
    """Score of each (document, clause), the next clause's where this one is silent and the next one names nothing."""
    room = int(max(clause.max(initial=0), clauses["clause"].max() if len(clauses) else 0)) + 2
    known = clauses["doc"].to_numpy(dtype=np.int64) * room + clauses["clause"].to_numpy(dtype=np.int64)
    order = np.argsort(known, kind="stable")
    known, score = known[order], clauses["score"].to_numpy(dtype=np.float64)[order]
    place = doc * room + clause
    own, following = _look_up(place, known, score), _look_up(place + 1, known, score)
    borrow = (np.abs(own) < silent_below) & ~np.isin(place + 1, place)
    return np.where(borrow, following, own).round(4)


def _look_up(places: Ints, known: Ints, score: Reals) -> Reals:
    """Score at each place, 0 where it is not known."""
    if not len(known):
        return np.zeros(len(places))
    at = np.minimum(np.searchsorted(known, places), len(known) - 1)
    return np.where(known[at] == places, score[at], 0.0)


def _evidence(words: pd.Series, row: Ints) -> pd.Series:
    """Words of each row, each once: ``row`` holds where the rows begin among the sorted words."""
    code = words.cat.codes.to_numpy(dtype=np.int64)
    of = np.zeros(len(code), dtype=np.int64)
    of[row] = 1
    of = np.cumsum(of) - 1
    _, first = np.unique(of * (int(code.max(initial=0)) + 1) + code, return_index=True)
    first.sort()
    known = words.cat.categories.to_numpy(object)  # joined categories may lie in several chunks
    surfaces = pa.array(known, pa.string()).take(pa.array(code[first]))
    offsets = np.searchsorted(of[first], np.arange(len(row) + 1))
    lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), surfaces)
    return pd.Series(lists, dtype=pd.ArrowDtype(lists.type))

"""Documents in, tokens out: every document cut once, all stages read the same tokens."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from textmine.errors import ContractError
from textmine.text.clauses import count_openings, number_clauses
from textmine.text.codepoints import Whole, batches, join_texts
from textmine.text.engines import Engine, open_engine

TOKENS = pa.schema([("doc", pa.int32()), ("start", pa.int32()), ("clause", pa.int32()), ("token", pa.string())])
_BATCH_CHARACTERS = 30_000  # the best of 600 to 1,200,000: long enough to spare calls, short enough for the cache


@dataclass(frozen=True)
class Cutter:
    """How to cut: a dictionary file and the name of an engine (``rjieba``, or ``jieba``, the reference).

    Small enough to be sent to workers: the engine itself is opened once in each process, for the file's content.
    """

    dictionary: Path
    engine: str = "rjieba"

    @property
    def digest(self) -> str:
        """SHA-256 of the dictionary file, in hexadecimal."""
        return hashlib.sha256(self.dictionary.read_bytes()).hexdigest()

    def open(self) -> Engine:
        """The engine, ready to cut.

        Raises
        ------
        ConfigError
            If there is no such engine, or a line of the dictionary is not ``word freq tag``.
        """
        return open_engine(self.engine, self.dictionary.read_bytes())


def cut(documents: pd.DataFrame, *, cutter: Cutter) -> pa.Table:
    """Tokens of the documents, one row a token in the order of documents and text.

    Reads ``text`` (missing counts as empty). Returns a table of ``doc`` int32 (position of the document in the frame),
    ``start`` int32 (offset in characters), ``clause`` int32 (from 0 in each document, see clauses.py) and ``token``.
    White space is left out, punctuation stays.

    Raises
    ------
    ConfigError
        If there is no such engine, or a line of the dictionary is not ``word freq tag``.
    ContractError
        If the engine's words do not make up the text again.
    """
    texts = documents["text"].fillna("").tolist()
    engine = cutter.open()
    tables = [_cut_batch(texts[first:last], engine, first) for first, last in batches(texts, _BATCH_CHARACTERS)]
    return pa.concat_tables([TOKENS.empty_table(), *tables]).combine_chunks()


def _cut_batch(texts: list[str], engine: Engine, first: int) -> pa.Table:
    joined = join_texts(texts)
    words = pa.array(engine.cut(joined.text), pa.string())
    ends: Whole = np.cumsum(pc.utf8_length(words).to_numpy(zero_copy_only=False), dtype=np.int64)
    if len(joined.text) != (ends[-1] if len(ends) else 0):
        raise ContractError("the words do not make up the text", where="cut", rows=len(texts))
    kept = np.flatnonzero(~pc.utf8_is_space(words).to_numpy(zero_copy_only=False))
    positions = np.concatenate([np.zeros(1, np.int64), ends])[kept]
    documents = joined.documents(positions)
    clauses = number_clauses(count_openings(joined), joined, positions, documents)
    starts = positions - joined.starts[documents]
    columns = [(documents + first).astype(np.int32), starts.astype(np.int32), clauses, words.take(pa.array(kept))]
    return pa.table(columns, schema=TOKENS)

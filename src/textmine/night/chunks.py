"""Chunks: identified records sealed for a worker, and the worker's job on one of them. Paths travel, not texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from textmine.label import Labeller, Labels
from textmine.night.corrected import corrections_of
from textmine.store.keys import Keyring
from textmine.store.sealed import seal, unseal
from textmine.tables import LABELLED_FEEDBACK
from textmine.text.duplicates import signatures

OWN_COLUMNS = pa.schema(
    [
        ("number", pa.int64()),
        ("unit", pa.string()),
        ("row_number", pa.int64()),
        ("part", pa.int32()),
        ("text_digest", pa.string()),
        ("staff_text", pa.string()),
        ("had_turns", pa.bool_()),
    ]
)
GIVEN = (
    "feedback_id",
    "revision",
    "channel",
    "source",
    "source_ref",
    "answer_id",
    "question",
    "created_at",
    "received_at",
    "customer_key",
    "segment",
    "customer_value",
    "agent_key",
    "team",
    "product",
    "region",
    "rating",
    "nps",
    "ces",
    "dimension_scores",
    "votes",
    "status",
    "first_response_at",
    "resolved_at",
    "informed_at",
    "attributes",
    "text",
)
SEALED_SCHEMA = pa.schema([pa.field(f.name, f.type) for f in LABELLED_FEEDBACK.schema if f.name in GIVEN] + list(OWN_COLUMNS))


class Chunk(NamedTuple):
    """Files of one chunk: sealed records in; labelled rows, aspects and signatures; both in their final shape; counts."""

    sealed: Path
    rows: Path
    aspects: Path
    signatures: Path
    final: Path
    final_aspects: Path
    tally: Path
    runs: Path


def seal_chunks(frames: Iterator[pd.DataFrame], *, folder: Path, keyring: Keyring, rows: int) -> Iterator[Chunk]:
    """Chunks of up to ``rows`` records, written as they come; raw text is on disk only encrypted."""
    for number, table in enumerate(_pieces(frames, rows)):
        name = f"{number:06d}"
        chunk = Chunk(folder / f"{name}.sealed", *(folder / f"{name}.{part}.parquet" for part in Chunk._fields[1:]))
        chunk.sealed.write_bytes(seal(_packed(table), keyring=keyring, name=name))
        yield chunk


def _pieces(frames: Iterator[pd.DataFrame], rows: int) -> Iterator[pa.Table]:
    none = True
    for frame in frames:
        for start in range(0, len(frame), rows):
            none = False
            yield to_arrow(frame.iloc[start : start + rows])
    if none:  # a night without records (all of them duplicates, say) is a chunk without rows, so that every table has its columns
        yield SEALED_SCHEMA.empty_table()


def label_chunk(chunk: Chunk, *, bundle: Path, bundle_id: str, keyring: Keyring, corrections: Path | None = None) -> int:
    """Number of records labelled: reads the sealed chunk and what people said of it, writes masked rows and aspects."""
    data = unseal(chunk.sealed.read_bytes(), keyring=keyring, name=chunk.sealed.stem)
    feedback = from_arrow(pa.ipc.open_stream(data).read_all())
    labels = labeller(bundle, bundle_id).read(feedback, corrections=corrections_of(feedback, corrections))
    write_labels(labels, chunk, keyring=keyring)
    chunk.sealed.unlink()
    return len(feedback)


def write_labels(labels: Labels, chunk: Chunk, *, keyring: Keyring) -> None:
    """The chunk's files that its texts alone tell: rows, aspects, runs and signatures."""
    write_rows(labels.rows, chunk.rows)
    write_rows(labels.aspects, chunk.aspects)
    pq.write_table(labels.runs, chunk.runs, compression="lz4")
    # the digest of the normal form: two spellings of a text are one text
    write_rows(signatures(labels.rows, text_digests=keyring.text_digests(labels.rows["text"])), chunk.signatures)


def warm_up(*, bundle: Path, bundle_id: str) -> int:
    """0 records, and a worker that has its labeller open: it loads while the first unit is still being parsed."""
    labeller(bundle, bundle_id)
    return 0


@lru_cache(maxsize=2)
def labeller(bundle: Path, bundle_id: str) -> Labeller:
    """The labeller of a verified bundle, opened once a process."""
    return Labeller.open(bundle, bundle_id=bundle_id)


def to_arrow(frame: pd.DataFrame) -> pa.Table:
    """Identified records with the schema of a sealed chunk; dicts become maps."""
    return pa.table([_column(frame[field.name], field.type) for field in SEALED_SCHEMA], schema=SEALED_SCHEMA)


def _column(values: pd.Series, kind: pa.DataType) -> pa.Array:
    if pa.types.is_map(kind):
        return pa.array([None if not isinstance(cell, dict) else list(cell.items()) for cell in values], type=kind)
    return pa.Array.from_pandas(values, type=kind)


def _packed(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(compression="lz4")) as writer:
        writer.write_table(table)
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def from_arrow(table: pa.Table) -> pd.DataFrame:
    """The table as pandas holds it best: nested columns keep their Arrow type, the others are plain."""
    frame: pd.DataFrame = table.to_pandas(types_mapper=lambda kind: pd.ArrowDtype(kind) if pa.types.is_nested(kind) else None)
    return frame


def read_rows(path: Path) -> pd.DataFrame:
    """A chunk's rows as they were written."""
    return from_arrow(pq.read_table(path))


def write_rows(rows: pd.DataFrame, path: Path, *, schema: pa.Schema | None = None) -> None:
    """Rows to a scratch file, with the declared schema where one is given."""
    table = pa.Table.from_pandas(rows, schema=schema, preserve_index=False)
    pq.write_table(table.replace_schema_metadata(None), path, compression="lz4")  # pandas cannot read back its note on maps

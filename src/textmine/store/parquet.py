"""Parquet files whose every page carries a checksum that is verified whenever we read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from textmine.errors import ContractError

GROUP_ROWS = 50_000
RUN_ID = b"run_id"


def write_parquet(
    file: BinaryIO, tables: Iterable[pa.Table], *, schema: pa.Schema, run_id: str, group_rows: int = GROUP_ROWS
) -> None:
    """Parquet written into the open file: zstd, page checksums, run id in the metadata, row groups of ``group_rows`` rows.

    The tables must have the schema already. Small ones are joined, so the file does not depend on how the rows were chunked.
    """
    marked = schema.with_metadata({**(schema.metadata or {}), RUN_ID: run_id.encode()})
    with pq.ParquetWriter(file, marked, compression="zstd", write_page_checksum=True) as writer:
        for group in _regrouped(tables, group_rows):
            writer.write_table(group.replace_schema_metadata(marked.metadata), row_group_size=group_rows)


@contextmanager
def open_parquet(path: Path) -> Iterator[pq.ParquetFile]:
    """The open file, its pages verified as they are read. It stays the same file when another one takes its name.

    Raises
    ------
    ContractError
        In the block too: if a page fails its checksum or the file is no parquet.
    FileNotFoundError
        If there is no such file.
    """
    try:
        with pa.OSFile(str(path)) as source, pq.ParquetFile(source, page_checksum_verification=True) as file:
            yield file
    except FileNotFoundError:
        raise
    except (pa.ArrowException, OSError) as error:
        raise ContractError("the file is damaged", where=str(path), todo="run the night again or restore a backup") from error


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """The whole file, verified, without metadata. Raises like ``open_parquet``."""
    with open_parquet(path) as file:
        return file.read(columns=columns).replace_schema_metadata(None)


def run_of(file: pq.ParquetFile) -> str:
    """Run that wrote the file; '' if it does not say."""
    metadata: dict[bytes, bytes] = file.schema_arrow.metadata or {}
    return metadata.get(RUN_ID, b"").decode()


def run_of_file(path: Path) -> str:
    """Run that wrote the file at ``path``; '' if there is none or it does not say."""
    if not path.is_file():
        return ""
    with open_parquet(path) as file:
        return run_of(file)


def _regrouped(tables: Iterable[pa.Table], rows: int) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    for table in tables:
        waiting.append(table)
        if sum(part.num_rows for part in waiting) >= rows:
            joined = pa.concat_tables(waiting).combine_chunks()
            whole = joined.num_rows - joined.num_rows % rows
            yield from (joined.slice(start, rows) for start in range(0, whole, rows))
            waiting = [joined.slice(whole)]
    if any(part.num_rows for part in waiting):
        yield pa.concat_tables(waiting).combine_chunks()

"""What labelling a night again changes: sums kept before it is published, so that a change report needs no old rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

import pandas as pd
import pyarrow.parquet as pq

from textmine.errors import ContractError
from textmine.measure.changes import KEYS, READ, SUMS, add_sums, pair_sums
from textmine.night.chunks import Chunk
from textmine.night.plan import Plan
from textmine.store.index import read_index, write_index
from textmine.store.lake import Lake


def changes_of(chunks: Sequence[Chunk]) -> pd.DataFrame:
    """Sums of the labels as they were published and as they are now (see ``pair_sums``)."""
    return add_sums(_chunk_changes(chunk) for chunk in chunks)


def note_changes(chunks: Sequence[Chunk], *, plan: Plan) -> None:
    """Keep what the bundle changes on the night.

    Where the night has this bundle's labels already, what was kept then stays: it alone knows the labels before the bundle. A
    report takes the new side from what is published (see ``renew_sums``).
    """
    old = {
        name for chunk in chunks for name in pq.read_table(chunk.sealed, columns=["bundle_id"])["bundle_id"].unique().to_pylist()
    }
    if old <= {plan.bundle.id} and kept_changes(plan.night, bundle_id=plan.bundle.id, lake=plan.lake) is not None:
        return
    sums = changes_of(chunks).assign(bundle_id=plan.bundle.id, replaced=", ".join(sorted(old)))
    write_index(sums, kind="changes", lake=plan.lake, night=plan.night, run_id=plan.run_id)


class Kept(NamedTuple):
    """What labelling a night again changed, and the bundles whose labels it replaced."""

    sums: pd.DataFrame
    replaced: frozenset[str]


def kept_changes(night: date, *, bundle_id: str, lake: Lake) -> Kept | None:
    """What labelling the night again with this bundle changed; None if it never was."""
    kept = read_index(kind="changes", lake=lake, before=night + timedelta(days=1), days=1)
    if kept.empty or set(kept["bundle_id"]) != {bundle_id}:
        return None
    replaced = frozenset(name for cell in kept["replaced"].unique() for name in cell.split(", ") if name)
    return Kept(kept[[*KEYS, *SUMS]], replaced)


def _chunk_changes(chunk: Chunk) -> pd.DataFrame:
    old, new = (pq.read_table(path, columns=list(READ)).to_pandas() for path in (chunk.sealed, chunk.final))
    if not old["feedback_id"].equals(new["feedback_id"]):
        raise ContractError("the rows labelled again are not those that were published", where="changes", rows=len(old))
    return pair_sums(old, new)

"""A published night labelled again from its masked text: what it takes from its own tables, and the worker's job on a chunk.

The words that were said by staff, and what cleaning noted, are not published; the flags that came of them are kept as they are.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from textmine.categories.flags import FLAGS, NOTES
from textmine.errors import ContractError
from textmine.night.chunks import GIVEN, Chunk, from_arrow, labeller, write_labels
from textmine.night.corrected import corrections_of
from textmine.night.fates import NOTED
from textmine.night.plan import Plan
from textmine.night.reading import Reading
from textmine.priority.terms import listed_values
from textmine.schema import WORDS
from textmine.store.halfnight import read_files
from textmine.store.keys import Keyring
from textmine.store.ledger import Ledger
from textmine.store.manifest import published_nights
from textmine.store.quarantine import carry_content
from textmine.store.records import read_records
from textmine.tables import FATES

OWN = ("unit", "row_number", "part", "text_digest")
KEPT = (*GIVEN, "language", "validity")
SAID_BY_STAFF = "leading_prompt"


class Again(NamedTuple):
    """A published night as if it had just been read: what was counted then, and chunks of its rows."""

    reading: Reading
    chunks: list[Chunk]


def read_published(plan: Plan, ledger: Ledger) -> Again:
    """The published night, ready to be labelled. Reads its files one by one, so a half replaced night is mended.

    Raises
    ------
    NightMissingError
        If the night is not published.
    ContractError
        If a file is damaged, or the ledger does not know a row.
    """
    tables = read_files(["labelled_feedback", "duplicates", "quarantine", "runs"], night=plan.night, lake=plan.lake)
    records = read_records(plan.night, lake=plan.lake)
    own = replace(plan, config=plan.config.model_copy(update={"sources": []}))  # the night's sources are those of its run
    reading = Reading(own, ledger, frozenset(published_nights(plan.lake)) - {plan.night}, again=True)
    _recount(reading, tables["runs"].to_pandas())
    duplicates, quarantine = tables["duplicates"].to_pandas(), tables["quarantine"].to_pandas()
    if len(duplicates):
        known = records.drop_duplicates([*OWN[:3], "feedback_id", "fate"])[[*OWN, "feedback_id", "fate", "revision"]]
        noted = duplicates.merge(known, how="left", on=[*OWN[:3], "feedback_id", "fate"])
        reading.fates.out.append(noted[[*NOTED, "fate", "first_night"]])
    if len(quarantine):
        reading.quarantine.append(quarantine)
    return Again(reading, _chunks(tables["labelled_feedback"], records, plan=plan))


def carry_quarantine(reading: Reading) -> None:
    """Keep what the night has in quarantine under the run that publishes it again; call it before that."""
    plan = reading.plan
    for rows in reading.quarantine:
        for run_id in sorted(set(rows["run_id"]) - {plan.run_id}):
            carry_content(plan.night, of=run_id, to=plan.run_id, lake=plan.lake)


def _recount(reading: Reading, runs: pd.DataFrame) -> None:
    """The counts of the run that read the night."""
    for row in runs[runs["source"] != "all"].to_dict("records"):
        source = str(row["source"])
        reading.units[source], reading.records_in[source] = int(row["units"]), int(row["records_in"])
        reading.waiting[source] = int(row["waiting"])
        reading.fates.counts[source] = Counter({fate: int(row[fate]) for fate in FATES if fate != "published"})
        if row["status"] == "failed":
            reading.missing.add(source)
        if isinstance(row["problem"], str):
            reading.problems[source] = [row["problem"]]


def _chunks(rows: pa.Table, records: pd.DataFrame, *, plan: Plan) -> list[Chunk]:
    """The rows, with what the ledger knows of them, in files of scratch. They hold no raw text, so they are not sealed."""
    known = records[records["fate"] == "published"].drop_duplicates("feedback_id").set_index("feedback_id")
    places = known.index.get_indexer(pd.Index(rows["feedback_id"].to_pandas()))
    if lost := int((places < 0).sum()):
        raise ContractError(
            "the ledger does not know rows of the night", where=f"night {plan.night}", rows=lost, todo="restore it"
        )
    for name in OWN:
        kind = {"row_number": pa.int64(), "part": pa.int32()}.get(name, pa.string())
        rows = rows.append_column(name, pa.array(known[name].to_numpy()[places], kind))
    rows = rows.append_column("number", pa.array(np.arange(len(rows))))
    size, chunks = plan.config.lake.chunk_rows, []
    for number, start in enumerate(range(0, max(len(rows), 1), size)):
        parts = (plan.scratch / f"{number:06d}.{part}.parquet" for part in Chunk._fields)
        chunks.append(Chunk(*parts))
        pq.write_table(rows.slice(start, size).replace_schema_metadata(None), chunks[-1].sealed, compression="lz4")
    return chunks


def relabel_chunk(chunk: Chunk, *, bundle: Path, bundle_id: str, keyring: Keyring, corrections: Path | None = None) -> int:
    """Number of published rows labelled again: what came from the source or from cleaning stays, labels are made anew."""
    old = from_arrow(pq.read_table(chunk.sealed))
    feedback = old[[*GIVEN, *OWN, "number"]].assign(staff_text=pd.Series(None, index=old.index, dtype="str"), had_turns=False)
    labels = labeller(bundle, bundle_id).read_documents(
        _documents(old), feedback, corrections=corrections_of(feedback, corrections)
    )
    rows = labels.rows.assign(**{name: old[name] for name in KEPT}, flags=_with_kept(labels.rows["flags"], old["flags"]))
    write_labels(replace(labels, rows=rows), chunk, keyring=keyring)
    return len(rows)


def _documents(old: pd.DataFrame) -> pd.DataFrame:
    noted = pd.DataFrame({note: _raised(old["flags"], note) for note in NOTES})
    return pd.DataFrame(
        {
            "feedback_id": old["feedback_id"],
            "text": old["text"].fillna(""),
            "language": old["language"],
            "validity": old["validity"],
            "notes": pd.Series([[note for note in NOTES if row[note]] for row in noted.to_dict("records")], dtype=object),
            "staff_text": pd.Series(None, index=old.index, dtype="str"),
        }
    )


def _with_kept(flags: pd.Series, old: pd.Series) -> pd.Series:
    """The new flags, and what staff said of old where it was raised, in the order of FLAGS."""
    lacking = _raised(old, SAID_BY_STAFF) & ~_raised(flags, SAID_BY_STAFF)
    if not lacking.any():
        return flags
    cells = pa.array(flags, WORDS)
    lists = (cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells).to_pylist()
    kept = [sorted([*cell, SAID_BY_STAFF], key=FLAGS.index) if lost else cell for cell, lost in zip(lists, lacking, strict=True)]
    return pd.Series(pa.array(kept, WORDS), dtype=pd.ArrowDtype(WORDS))


def _raised(flags: pd.Series, code: str) -> np.ndarray:
    return np.asarray(listed_values(flags, {code: 1.0}, ufunc=np.maximum) > 0)

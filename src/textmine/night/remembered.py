"""What a night leaves for later nights to look back on, and whether this run changes it."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from textmine.night.look_back import LookBack
from textmine.night.plan import Plan
from textmine.store.index import IndexKind, read_index, write_index
from textmine.store.manifest import published_nights
from textmine.store.records import RECORDS, read_records, write_records

RECORD_ORDER = ["feedback_id", "unit", "row_number", "part"]


def differs(seen: LookBack, records: pd.DataFrame, tally: pd.DataFrame, *, plan: Plan) -> bool:
    """Whether later nights would see another past than before: the night is new, or its indexes or records change."""
    if plan.night not in published_nights(plan.lake):
        return True
    ordered = records[RECORDS.names].sort_values(RECORD_ORDER, ignore_index=True)
    return (
        _unlike(_stored("duplicates", plan), seen.duplicates_index)
        or _unlike(_stored("history", plan), seen.history_index)
        or _unlike(_stored("drift", plan), tally)
        or _unlike(_stored("new_words", plan), seen.new_words[["word"]])
        or _unlike(read_records(plan.night, lake=plan.lake), ordered)
    )


def remember(seen: LookBack, records: pd.DataFrame, tally: pd.DataFrame, *, plan: Plan) -> None:
    """Write indexes and records of the night, after its manifest: they are never ahead of what can be read."""
    write_index(seen.duplicates_index, kind="duplicates", lake=plan.lake, night=plan.night, run_id=plan.run_id)
    write_index(seen.history_index, kind="history", lake=plan.lake, night=plan.night, run_id=plan.run_id)
    write_index(tally, kind="drift", lake=plan.lake, night=plan.night, run_id=plan.run_id)
    write_index(seen.new_words[["word"]], kind="new_words", lake=plan.lake, night=plan.night, run_id=plan.run_id)
    write_records(records, lake=plan.lake, night=plan.night, run_id=plan.run_id)


def _stored(kind: IndexKind, plan: Plan) -> pd.DataFrame:
    return read_index(kind=kind, lake=plan.lake, before=plan.night + timedelta(days=1), days=1).drop(columns="night")


def _unlike(old: pd.DataFrame, new: pd.DataFrame) -> bool:
    if len(old) != len(new) or set(old.columns) != set(new.columns):
        return True
    try:
        return not new[list(old.columns)].reset_index(drop=True).astype(old.dtypes.to_dict()).equals(old.reset_index(drop=True))
    except (TypeError, ValueError):  # a column of another kind is another past
        return True

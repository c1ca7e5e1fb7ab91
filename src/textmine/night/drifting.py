"""The night against the nights before: its tally, the table ``drift``, and what is kept for the nights to come."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pandas as pd
import pyarrow.parquet as pq

from textmine.measure.drift import alarms, measure_drift
from textmine.measure.tally import TALLY_COLUMNS, add_tallies
from textmine.night.chunks import Chunk
from textmine.night.plan import Plan
from textmine.store.index import read_index
from textmine.tables import DRIFT

logger = logging.getLogger(__name__)


def tally_night(chunks: Sequence[Chunk]) -> pd.DataFrame:
    """Counts of the whole night, which do not depend on how it was cut into chunks."""
    return add_tallies(pq.read_table(chunk.tally).to_pandas() for chunk in chunks)


def drift_table(tally: pd.DataFrame, *, plan: Plan) -> pd.DataFrame:
    """Table ``drift`` of the night. Alarms are told, they hold nothing back; a lake of an older version has no reference yet."""
    past = read_index(kind="drift", lake=plan.lake, before=plan.night).reindex(columns=["night", *TALLY_COLUMNS])
    drift = measure_drift(tally, past, night=plan.night).assign(run_id=plan.run_id)[DRIFT.names]
    logger.info("drift: %d figures, %d alarms", len(drift), int((drift["status"] == "alarm").sum()))
    return drift


def drift_alarms(drift: pd.DataFrame) -> tuple[str, ...]:
    """Sentences for the run's summary."""
    return tuple(alarms(drift))

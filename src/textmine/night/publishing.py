"""Publishing: priorities of every chunk, every table staged and checked, then shown at once; the ledger last."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from joblib import Parallel, delayed

from textmine.errors import TextmineError
from textmine.learn.queue import COLUMNS_READ as QUEUE_COLUMNS
from textmine.learn.queue import choose_queue
from textmine.measure.metrics import COLUMNS_READ, measure_night
from textmine.night.audit import audit_night
from textmine.night.chunks import Chunk, labeller
from textmine.night.counting import Counts, count_sources
from textmine.night.drifting import drift_alarms, drift_table, tally_night
from textmine.night.look_back import LookBack
from textmine.night.page import write_page
from textmine.night.plan import Plan
from textmine.night.progress import Progress
from textmine.night.ranking import rank_chunk
from textmine.night.reading import Reading
from textmine.night.remembered import differs, remember
from textmine.night.result import NightResult
from textmine.store.ledger import Ledger
from textmine.store.nightfiles import StagedNight, staged_night
from textmine.store.quarantine import drop_other_runs
from textmine.store.records import RECORDS
from textmine.tables import PRIORITIES, TABLES
from textmine.topics.summary import summarise_topics
from textmine.upkeep import waiting_nights


def publish_night(
    chunks: Sequence[Chunk], seen: LookBack, *, plan: Plan, reading: Reading, ledger: Ledger, progress: Progress
) -> NightResult:
    """The night, published, and what it came to.

    Raises
    ------
    AuditError
        If the night looks wrong; the old one stays current.
    """
    tally = tally_night(chunks)
    counts = count_sources(seen.rows, reading, plan=plan)
    audit_night(seen.rows, counts, unreadable=reading.unreadable, limits=plan.config.audit, night=plan.night)
    progress.stage("publish", total=len(TABLES))
    policy_version = labeller(plan.bundle.path, plan.bundle.id).policy.version
    seconds = (datetime.now(UTC) - plan.started_at).total_seconds()
    with staged_night(lake=plan.lake, night=plan.night, run_id=plan.run_id) as staged:
        tables = _tables(chunks, seen, counts, plan=plan, reading=reading, policy_version=policy_version, seconds=seconds)
        drift = drift_table(tally, plan=plan)
        rows = {name: _stage(staged, name, table, progress) for name, table in {**tables, "drift": drift}.items()}
        staged.publish(
            bundle_id=plan.bundle.id,
            policy_version=policy_version,
            key_id=plan.keyring.key_id,
            counts=counts.by_source,
            versions={"textmine": plan.version, "pyarrow": version("pyarrow")},
            timings={"seconds": round(seconds, 3)},
        )
    stale = _record(seen, tally, plan=plan, reading=reading, ledger=ledger, counts=counts)
    report = _page(plan, reading)
    return NightResult(
        run_id=plan.run_id,
        night=plan.night,
        bundle_id=plan.bundle.id,
        counts=counts.by_source,
        rows=rows,
        problems=reading.problems,
        missing=frozenset(reading.missing),
        priorities=_priorities(chunks),
        seconds=time.time() - plan.started_at.timestamp(),
        published=plan.lake.published,
        report=report,
        stale=tuple(stale),
        waiting=tuple(waiting_nights(plan.lake, ledger)),
        drift=drift_alarms(drift),
    )


def _page(plan: Plan, reading: Reading) -> Path | None:
    """Path of the page; None, and a problem told, where it cannot be written: the night is published all the same."""
    try:
        return write_page(plan.night, lake=plan.lake, bundle=plan.bundle.path)
    except TextmineError as error:
        reading.problems.setdefault("report", []).append(str(error))
        return None


def rank_chunks(chunks: Sequence[Chunk], seen: LookBack, *, plan: Plan, progress: Progress) -> None:
    """Priorities and the final shape of every chunk, on all workers."""
    progress.stage("rank", total=len(seen.rows))
    work = Parallel(n_jobs=plan.config.lake.workers, backend=plan.config.lake.backend, return_as="generator")
    job = partial(rank_chunk, bundle=plan.bundle.path, bundle_id=plan.bundle.id, run_id=plan.run_id)
    for done in work(delayed(job)(chunk, added) for chunk, added in seen.by_chunk(chunks)):
        progress.advance(done)


def _tables(
    chunks: Sequence[Chunk],
    seen: LookBack,
    counts: Counts,
    *,
    plan: Plan,
    reading: Reading,
    policy_version: str,
    seconds: float,
) -> dict[str, pa.Table | pd.DataFrame | Iterator[pa.Table]]:
    """Every table of the night by name, the large ones chunk by chunk."""
    run_id, names = plan.run_id, [name for name in TABLES["quarantine"].names if name != "run_id"]
    measured = pd.concat([pq.read_table(chunk.final, columns=list(COLUMNS_READ)).to_pandas() for chunk in chunks] or [_nothing()])
    quarantined = pd.concat(reading.quarantine, ignore_index=True) if reading.quarantine else pd.DataFrame(columns=names)
    topics = labeller(plan.bundle.path, plan.bundle.id).topics
    return {
        "labelled_feedback": (pq.read_table(chunk.final) for chunk in chunks),
        "aspects": (pq.read_table(chunk.final_aspects) for chunk in chunks),
        "topics": summarise_topics(_topic_rows(seen), model=topics, bundle_id=plan.bundle.id, run_id=run_id),
        "metrics_daily": measure_night(measured).assign(run_id=run_id),
        "duplicates": reading.fates.table(night=plan.night, run_id=run_id),
        "quarantine": quarantined.assign(run_id=run_id),
        "runs": counts.table(reading, plan=plan, policy_version=policy_version, seconds=seconds),
        "review_queue": _queue(chunks, plan=plan).assign(run_id=run_id),
        "new_words": seen.new_words.assign(bundle_id=plan.bundle.id, run_id=run_id),
    }


def _queue(chunks: Sequence[Chunk], *, plan: Plan) -> pd.DataFrame:
    nothing = TABLES["labelled_feedback"].schema.empty_table().select(list(QUEUE_COLUMNS))
    columns = [pq.read_table(chunk.final, columns=list(QUEUE_COLUMNS)).cast(nothing.schema) for chunk in chunks]
    chosen = plan.config.labels
    rows = pa.concat_tables([nothing, *columns]).to_pandas()
    return choose_queue(rows, size=chosen.queue_rows, random_share=chosen.random_share)


def _topic_rows(seen: LookBack) -> pd.DataFrame:
    return seen.rows.assign(near_duplicate_group=seen.added["near_duplicate_group"])


def _nothing() -> pd.DataFrame:
    schema = TABLES["labelled_feedback"].schema
    empty: pd.DataFrame = pa.table(
        [pa.array([], schema.field(name).type) for name in COLUMNS_READ], names=list(COLUMNS_READ)
    ).to_pandas()
    return empty


def _stage(staged: StagedNight, name: str, table: pa.Table | pd.DataFrame | Iterator[pa.Table], progress: Progress) -> int:
    written = staged.add(name, table)
    progress.advance()
    return written.rows


def _record(seen: LookBack, tally: pd.DataFrame, *, plan: Plan, reading: Reading, ledger: Ledger, counts: Counts) -> list[date]:
    """Ledger and indexes, after the manifest: they are never ahead of what can be read. Returns the nights now stale."""
    lake, night, run_id = plan.lake, plan.night, plan.run_id
    fates = [seen.rows.assign(fate="published"), reading.fates.records(), reading.quarantined_records()]
    records = pd.concat([rows[RECORDS.names] for rows in fates if len(rows)] or [fates[0][RECORDS.names]], ignore_index=True)
    # stale first: a kill after this leaves a night too many to publish again, not one too few
    stale = ledger.mark_stale(night) if differs(seen, records, tally, plan=plan) else []
    remember(seen, records, tally, plan=plan)
    drop_other_runs(night, keep=run_id, lake=lake)
    with ledger.together():
        ledger.set_night(night, "published", run_id=run_id)
        ledger.finish_run(
            run_id,
            at=datetime.now(UTC),
            status="done",
            exit_code=3 if reading.missing else 0,
            bundle_id=plan.bundle.id,
            counts=counts.totals,
            problem="; ".join(f"{name}: {len(said)}" for name, said in reading.problems.items()),
        )
    return stale


def _priorities(chunks: Sequence[Chunk]) -> dict[str, int]:
    found = pd.concat(
        [pq.read_table(chunk.final, columns=["priority"]).to_pandas() for chunk in chunks] or [pd.DataFrame({"priority": []})]
    )
    return {level: int((found["priority"] == level).sum()) for level in PRIORITIES}

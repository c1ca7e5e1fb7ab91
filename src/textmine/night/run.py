"""One night, step by step: land, read and label, publish. A flow may wrap the steps; ``run_night`` just takes them."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from joblib import Parallel, delayed

from textmine.errors import TextmineError
from textmine.night.chunks import Chunk, label_chunk, labeller, seal_chunks, warm_up
from textmine.night.killed import close_killed, half_done, killed_runs
from textmine.night.landing import land_source
from textmine.night.look_back import look_back
from textmine.night.plan import Plan, make_plan
from textmine.night.progress import Progress, Silent
from textmine.night.publishing import publish_night
from textmine.night.reading import Reading
from textmine.night.result import NightResult
from textmine.settings import Config, Settings
from textmine.store.ledger import Ledger
from textmine.store.lock import lake_lock
from textmine.store.manifest import published_nights

logger = logging.getLogger(__name__)


@dataclass
class NightRun:
    """An open night: the lake is locked, the run is in the ledger. Made by ``open_night``."""

    plan: Plan
    ledger: Ledger
    progress: Progress
    reading: Reading
    chunks: list[Chunk] = field(default_factory=list)

    @property
    def source_names(self) -> list[str]:
        """Sources of the config, in its order."""
        return list(self.plan.sources)

    def land(self, source: str) -> int:
        """Number of files of the source that are safe in the landing zone.

        Raises
        ------
        OSError
            If a file cannot be read; worth trying again.
        """
        return land_source(self.plan.sources[source], plan=self.plan, ledger=self.ledger)

    def fail(self, source: str, problem: str) -> None:
        """Note that a source is missing tonight; the others go on."""
        self.reading.miss(source, problem)

    def read(self) -> int:
        """Number of records read, masked and labelled, chunk by chunk on all workers while reading goes on."""
        self.progress.stage("label")
        lake = self.plan.config.lake
        sealed = seal_chunks(self.reading.records(), folder=self.plan.scratch, keyring=self.plan.keyring, rows=lake.chunk_rows)
        work = Parallel(n_jobs=lake.workers, backend=lake.backend, return_as="generator", pre_dispatch="2*n_jobs")
        total = 0
        for done in work(self._jobs(sealed)):
            self.progress.advance(done)
            total += done
        return total

    def _jobs(self, sealed: Iterator[Chunk]) -> Iterator[Any]:
        bundle = {"bundle": self.plan.bundle.path, "bundle_id": self.plan.bundle.id}
        yield from (delayed(warm_up)(**bundle) for _ in range(self.plan.config.lake.workers))
        for chunk in sealed:
            self.chunks.append(chunk)
            yield delayed(label_chunk)(chunk, **bundle, keyring=self.plan.keyring)

    def publish(self) -> NightResult:
        """The published night: what the whole night tells, priorities, tables, manifest, ledger, page."""
        self.progress.stage("look back")
        policy = labeller(self.plan.bundle.path, self.plan.bundle.id).policy
        seen = look_back(self.chunks, plan=self.plan, policy=policy, fates=self.reading.fates)
        self.progress.advance(len(seen.rows))
        return publish_night(self.chunks, seen, plan=self.plan, reading=self.reading, ledger=self.ledger, progress=self.progress)


@contextmanager
def open_night(config: Config, *, settings: Settings, night: date, progress: Progress | None = None) -> Iterator[NightRun]:
    """The night, with the lake to itself; whatever happens, the ledger knows how the run ended and no scratch is left.

    A published night that a killed run was at is published again first, from its landed units.

    Raises
    ------
    ConfigError, KeyMissingError, BundleError
        Before anything is touched.
    LakeBusyError
        If another run holds the lake.
    """
    plan = make_plan(config, settings=settings, night=night)
    with lake_lock(plan.lake):
        plan.lake.prepare()
        with Ledger(plan.lake) as ledger:
            killed = killed_runs(ledger)
            for other in half_done(killed, lake=plan.lake, night=night):
                logger.warning("night %s was left half published by a killed run: publishing it again", other)
                with _begun(make_plan(config, settings=settings, night=other), ledger, Silent()) as mended:
                    mended.read()
                    mended.publish()
            with _begun(plan, ledger, progress or Silent()) as run:
                yield run
            close_killed(killed, ledger=ledger)


@contextmanager
def _begun(plan: Plan, ledger: Ledger, progress: Progress) -> Iterator[NightRun]:
    shutil.rmtree(plan.lake.work, ignore_errors=True)
    plan.scratch.mkdir(parents=True, mode=0o700)
    ledger.begin_run(plan.run_id, night=plan.night, at=plan.started_at, version=plan.version)
    nights = frozenset(published_nights(plan.lake))
    try:
        yield NightRun(plan, ledger, progress, Reading(plan, ledger, nights - {plan.night}, again=plan.night in nights))
    except BaseException as error:
        _note_failure(ledger, plan, error)
        raise
    finally:
        shutil.rmtree(plan.scratch, ignore_errors=True)


def _note_failure(ledger: Ledger, plan: Plan, error: BaseException) -> None:
    # only textmine's own errors are known to hold no customer's text; of others the kind is told
    code = error.exit_code if isinstance(error, TextmineError) else 1
    problem = str(error) if isinstance(error, TextmineError) else type(error).__name__
    ledger.finish_run(
        plan.run_id,
        at=datetime.now(UTC),
        status="held" if code == 5 else "failed",
        exit_code=code,
        bundle_id=plan.bundle.id,
        problem=problem,
    )


def run_night(config: Config, *, settings: Settings, night: date, progress: Progress | None = None) -> NightResult:
    """One whole night without any scheduler.

    Raises
    ------
    TextmineError
        With the exit code of the public contract; nothing new is published then.
    """
    began = time.monotonic()
    with open_night(config, settings=settings, night=night, progress=progress) as run:
        run.progress.stage("land", total=len(run.source_names))
        for source in run.source_names:
            try:
                run.land(source)
            except (TextmineError, OSError) as error:
                run.fail(source, landing_problem(error))
            run.progress.advance()
        run.read()
        result = run.publish()
    logger.info("night %s: %d records in, %.1f s", night, result.totals["records_in"], time.monotonic() - began)
    return result


def landing_problem(error: BaseException) -> str:
    """What to say of a source that could not be landed: textmine's own sentence, else the kind of error and the errno."""
    if isinstance(error, TextmineError):
        return str(error)
    reason = error.strerror if isinstance(error, OSError) and error.strerror else type(error).__name__
    return f"cannot be read ({reason})"

"""One night, step by step: land, read and label, publish. A flow may wrap the steps; ``run_night`` just takes them."""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
from joblib import Parallel, delayed

from textmine.errors import BundleError, TextmineError
from textmine.night.changing import changes_of, note_changes
from textmine.night.chunks import Chunk, label_chunk, labeller, seal_chunks, warm_up
from textmine.night.corrected import note_corrections
from textmine.night.killed import HalfDone, close_killed, half_done, killed_runs
from textmine.night.landing import land_source
from textmine.night.look_back import LookBack, look_back
from textmine.night.plan import Plan, make_plan
from textmine.night.progress import Progress, Silent
from textmine.night.publishing import publish_night, rank_chunks
from textmine.night.reading import Reading
from textmine.night.relabel import carry_quarantine, read_published, relabel_chunk
from textmine.night.result import NightResult
from textmine.settings import Config, Settings
from textmine.store.ledger import Ledger
from textmine.store.lock import lake_lock
from textmine.store.manifest import published_nights
from textmine.taxonomy import read_taxonomy

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
        corrections = self._corrections()
        for chunk in sealed:
            self.chunks.append(chunk)
            yield delayed(label_chunk)(chunk, **bundle, keyring=self.plan.keyring, corrections=corrections)

    def _corrections(self) -> Path | None:
        codes = [category.code for category in read_taxonomy(self.plan.bundle.path / "taxonomy.toml").categories]
        path, lost = note_corrections(self.plan.lake, folder=self.plan.scratch, categories=codes)
        if lost:
            told = f"{lost:,} corrections name a category that the taxonomy does not have"
            self.reading.problems.setdefault("labels", []).append(told)
        return path

    def publish(self) -> NightResult:
        """The published night: what the whole night tells, priorities, tables, manifest, ledger, page."""
        seen = self._rank()
        return publish_night(self.chunks, seen, plan=self.plan, reading=self.reading, ledger=self.ledger, progress=self.progress)

    def republish(self) -> NightResult:
        """The published night, labelled again from its masked text and published whole; what changed is noted before that."""
        self._read_published()
        seen = self._rank()
        note_changes(self.chunks, plan=self.plan)
        carry_quarantine(self.reading)
        return publish_night(self.chunks, seen, plan=self.plan, reading=self.reading, ledger=self.ledger, progress=self.progress)

    def compare(self) -> pd.DataFrame:
        """What the bundle would change on the published night (see ``pair_sums``); nothing is published."""
        self._read_published()
        self._rank()
        return changes_of(self.chunks)

    def _read_published(self) -> None:
        self.progress.stage("label")
        self.reading, self.chunks = read_published(self.plan, self.ledger)
        self.plan = self.reading.plan  # its sources are those of the night, not of today's config
        bundle, corrections = self.plan.bundle, self._corrections()
        job = partial(relabel_chunk, bundle=bundle.path, bundle_id=bundle.id, keyring=self.plan.keyring, corrections=corrections)
        work = Parallel(n_jobs=self.plan.config.lake.workers, backend=self.plan.config.lake.backend, return_as="generator")
        for done in work(delayed(job)(chunk) for chunk in self.chunks):
            self.progress.advance(done)

    def _rank(self) -> LookBack:
        self.progress.stage("look back")
        policy = labeller(self.plan.bundle.path, self.plan.bundle.id).policy
        seen = look_back(self.chunks, plan=self.plan, policy=policy, fates=self.reading.fates)
        self.progress.advance(len(seen.rows))
        rank_chunks(self.chunks, seen, plan=self.plan, progress=self.progress)
        return seen


@contextmanager
def open_night(
    config: Config,
    *,
    settings: Settings,
    night: date,
    progress: Progress | None = None,
    bundle_id: str | None = None,
    relabel: bool = False,
) -> Iterator[NightRun]:
    """The night, with the lake to itself; whatever happens, the ledger knows how the run ended and no scratch is left.

    A published night that a killed run was at is published again first, from its landed units, or from its masked text where
    that is what the killed run did. ``bundle_id``: left out the champion. ``relabel``: it will be asked to ``republish``.

    Raises
    ------
    ConfigError, KeyMissingError, BundleError
        Before anything is touched.
    LakeBusyError
        If another run holds the lake.
    """
    plan = make_plan(config, settings=settings, night=night, bundle_id=bundle_id, relabel=relabel)
    with lake_lock(plan.lake):
        plan.lake.prepare()
        with Ledger(plan.lake) as ledger:
            killed = killed_runs(ledger)
            for broken in half_done(killed, plan=plan):
                logger.warning("night %s was left half published by a killed run: publishing it again", broken.night)
                _mend(broken, config=config, settings=settings, ledger=ledger)
            with _begun(plan, ledger, progress or Silent()) as run:
                yield run
            close_killed(killed, ledger=ledger)


@contextmanager
def open_scratch(config: Config, *, settings: Settings, night: date, bundle_id: str) -> Iterator[NightRun]:
    """A published night to ``compare`` with what a bundle says of it: the lake is locked, but no run is in the ledger.

    Raises like ``open_night``.
    """
    plan = make_plan(config, settings=settings, night=night, bundle_id=bundle_id, relabel=True)
    with lake_lock(plan.lake), Ledger(plan.lake) as ledger, _scratch(plan):
        yield NightRun(plan, ledger, Silent(), Reading(plan, ledger, frozenset()))


def _mend(broken: HalfDone, *, config: Config, settings: Settings, ledger: Ledger) -> None:
    again = broken.relabel is not None
    try:
        plan = make_plan(config, settings=settings, night=broken.night, bundle_id=broken.relabel, relabel=again)
    except BundleError as error:
        if not again:
            raise
        logger.warning("night %s is mended with the bundle in use: %s", broken.night, error)
        plan = make_plan(config, settings=settings, night=broken.night, relabel=True)
    with _begun(plan, ledger, Silent()) as mended:
        if again:
            mended.republish()
        else:
            mended.read()
            mended.publish()


@contextmanager
def _scratch(plan: Plan) -> Iterator[None]:
    shutil.rmtree(plan.lake.work, ignore_errors=True)
    plan.scratch.mkdir(parents=True, mode=0o700)
    try:
        yield
    finally:
        shutil.rmtree(plan.scratch, ignore_errors=True)


@contextmanager
def _begun(plan: Plan, ledger: Ledger, progress: Progress) -> Iterator[NightRun]:
    with _scratch(plan):
        ledger.begin_run(plan.run_id, night=plan.night, at=plan.started_at, version=plan.version, bundle_id=plan.bundle.id)
        nights = frozenset(published_nights(plan.lake))
        try:
            yield NightRun(plan, ledger, progress, Reading(plan, ledger, nights - {plan.night}, again=plan.night in nights))
        except BaseException as error:
            _note_failure(ledger, plan, error)
            raise


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

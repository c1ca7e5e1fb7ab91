"""Reading: landed units to identified records, the unreadable ones to quarantine, every one counted."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd

from textmine.channels.formats import read_unit
from textmine.channels.rawframe import Reject
from textmine.channels.readers import read_batches
from textmine.errors import LostUnitError, UnitError
from textmine.night.fates import Fates
from textmine.night.identity import identify, natural_night, within_night
from textmine.night.plan import Plan
from textmine.settings import Source
from textmine.store.landing import open_unit
from textmine.store.ledger import Ledger
from textmine.store.quarantine import put
from textmine.store.records import known_before
from textmine.store.units import Unit
from textmine.text.mask import mask_text

FRAME_ROWS = 50_000
GONE = ("not_landed", "content_damaged", "other_key")

logger = logging.getLogger(__name__)


@dataclass
class Reading:
    """Reads the units of a night; holds what was counted on the way.

    ``quarantine`` are index rows, ``problems`` sentences by source, ``missing`` sources with a unit that could not be
    read; ``again``: the night is published already.
    By source the number of ``units``, of ``records_in`` of this night and of records ``waiting`` for another.
    """

    plan: Plan
    ledger: Ledger
    published: frozenset[date]
    again: bool = False
    fates: Fates = field(default_factory=Fates)
    quarantine: list[pd.DataFrame] = field(default_factory=list)
    problems: dict[str, list[str]] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    waiting: Counter[str] = field(default_factory=Counter)
    units: Counter[str] = field(default_factory=Counter)
    records_in: Counter[str] = field(default_factory=Counter)

    def records(self) -> Iterator[pd.DataFrame]:
        """Frames of identified records that join the night and are to be labelled; many small units share a frame.

        Raises
        ------
        LostUnitError
            If the night is published and a unit of it can no longer be read: the published rows are then worth more.
        """
        held: list[pd.DataFrame] = []
        for named in self._named():
            held.append(named)
            if sum(map(len, held)) >= FRAME_ROWS:
                yield from self._fresh(held)
                held = []
        yield from self._fresh(held)

    def _named(self) -> Iterator[pd.DataFrame]:
        for unit in self.ledger.units_for_night(self.plan.night):
            self.units[unit.source] += 1
            source = self.plan.sources.get(unit.source)
            if source is None:
                self._lose(unit, "the config no longer names this source, but the night holds files of it")
                self.miss(unit.source, "the config no longer names this source, but the night holds files of it")
            else:
                yield from self._unit(unit, source)

    def _fresh(self, held: list[pd.DataFrame]) -> Iterator[pd.DataFrame]:
        """The records no earlier night published and this one has not seen, of several units at once."""
        if not held:
            return
        named = pd.concat(held, ignore_index=True)
        earlier = known_before(self.plan.night, named["feedback_id"], lake=self.plan.lake)
        newest = earlier[earlier["fate"] == "published"].drop_duplicates("feedback_id", keep="last")
        fresh = self.fates.sift(named, earlier=newest)
        if len(fresh):
            yield fresh

    def _unit(self, unit: Unit, source: Source) -> Iterator[pd.DataFrame]:
        try:
            frames, rejects = self._parse(unit, source)
        except UnitError as error:
            self._refuse(unit, error)
            return
        if unit.landed_night == self.plan.night:
            self._quarantine(unit, rejects)
        nights = self._nights(unit, frames)
        for frame, own in zip(frames, nights, strict=True):
            here = frame[(own == self.plan.night).to_numpy()].reset_index(drop=True)
            self.waiting[source.name] += int((~own.isin(list(self.published | {self.plan.night}))).sum())
            self.records_in[source.name] += len(here)
            if len(here):
                yield self._identified(here, unit)
        self.ledger.set_unit_state(unit.source, unit.digest, "read")

    def _parse(self, unit: Unit, source: Source) -> tuple[list[pd.DataFrame], list[Reject]]:
        # The whole unit before any of its rows goes on: a unit that breaks off publishes nothing.
        data = open_unit(unit.digest, lake=self.plan.lake, keyring=self.plan.keyring)
        zone = None if source.channel_column else source.timezone
        # All at once, because a call or a session may span the edge of a batch.
        batches = list(
            read_unit(data, name=unit.name, format=source.format, encoding=source.encoding, sheet=source.sheet, zone=zone)
        )
        parsed = read_batches(batches, source=source)
        frames = [parsed.feedback.iloc[start : start + FRAME_ROWS] for start in range(0, len(parsed.feedback), FRAME_ROWS)]
        return frames, parsed.rejects

    def _nights(self, unit: Unit, frames: list[pd.DataFrame]) -> list[pd.Series]:
        own = [natural_night(frame["received_at"], landed_night=unit.landed_night) for frame in frames]
        counts = Counter[date]()
        for nights in own:
            counts.update(nights.tolist())
        joins = self.ledger.assign_nights(unit, counts, published=self.published)
        return [nights.map(joins) for nights in own]

    def _identified(self, records: pd.DataFrame, unit: Unit) -> pd.DataFrame:
        named = identify(records, source=unit.source, keyring=self.plan.keyring).assign(unit=unit.digest)
        landed_at = pd.Timestamp(unit.landed_at)
        named["received_at"] = within_night(named["received_at"], landed_at=landed_at, landed_night=unit.landed_night)
        return named

    def _refuse(self, unit: Unit, error: UnitError) -> None:
        said = str(error) if unit.name in str(error) else f"{unit.name}: {error}"
        if error.reason == "empty_file":
            self.problems.setdefault(unit.source, []).append(mask_text(said))
            return
        if error.reason in GONE:
            self._lose(unit, said)
        self.miss(unit.source, f"{said}; then run this night again")
        # Row 0 stands for the whole unit; its content is the landed copy.
        self._quarantine(unit, [Reject(0, error.reason, said, b"", 1)])
        self.ledger.set_unit_state(unit.source, unit.digest, "quarantined")

    def miss(self, source: str, problem: str) -> None:
        """Note that a source, or a file of it, is missing tonight."""
        masked = mask_text(problem)  # names of files, sheets and columns can be a person's
        self.problems.setdefault(source, []).append(masked)
        self.missing.add(source)
        logger.warning("source %s: %s", source, masked)

    def _lose(self, unit: Unit, problem: str) -> None:
        if self.again:
            raise LostUnitError(
                f"published, and cannot be made again without a file: {mask_text(problem)}",
                where=f"night {self.plan.night}, source {unit.source}",
                todo="bring back the source, the key or the landing zone, or label what is published again with "
                "`textmine backfill --bundle`; the published night stays as it is",
            )

    def _quarantine(self, unit: Unit, rejects: list[Reject]) -> None:
        if not rejects:
            return
        masked = [replace(reject, detail=mask_text(reject.detail)) for reject in rejects]
        rows = put(
            masked,
            source=unit.source,
            unit=unit.digest,
            unit_name=mask_text(unit.name),
            night=self.plan.night,
            run_id=self.plan.run_id,
            lake=self.plan.lake,
            keyring=self.plan.keyring,
        )
        self.quarantine.append(rows)
        self.records_in[unit.source] += sum(reject.records for reject in rejects)
        self.fates.count(unit.source, "quarantined", int(rows["records"].sum()))

    @property
    def unreadable(self) -> int:
        """Number of whole units in quarantine."""
        return sum(int((rows["row_number"] == 0).sum()) for rows in self.quarantine)

    def quarantined_records(self) -> pd.DataFrame:
        """What the ledger keeps of the quarantine: unit, row and fate; ids and texts are unknown."""
        rows = [frame[["unit", "row_number"]] for frame in self.quarantine]
        known = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=["unit", "row_number"])
        return known.assign(fate="quarantined", part=0, feedback_id=None, text_digest=None, revision=None)

"""All tables of a night made visible together: staged and verified one by one, then replaced within milliseconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

from textmine.errors import ContractError
from textmine.store.casting import Rows
from textmine.store.durable import Staged, place_all
from textmine.store.lake import Lake
from textmine.store.manifest import Manifest, TableEntry, write_manifest
from textmine.store.tablefile import TableFile, stage_table
from textmine.tables import TABLES


class StagedNight:
    """Tables of a night, written and verified beside their places, not yet visible. Made by ``staged_night``."""

    def __init__(self, *, lake: Lake, night: date, run_id: str) -> None:
        self.lake, self.night, self.run_id = lake, night, run_id
        self._files: dict[str, Staged] = {}
        self._entries: dict[str, TableEntry] = {}

    def add(self, name: str, rows: Rows) -> TableFile:
        """What was staged for the table ``name`` (of TABLES). Raises like ``publish_table``, and for a table staged twice."""
        if name not in TABLES or name in self._files:
            raise ContractError("no such table, or staged twice", where=name, allowed=[n for n in TABLES if n not in self._files])
        path = self.lake.table_file(name, self.night)
        self._files[name], written = stage_table(rows, table=TABLES[name], path=path, run_id=self.run_id)
        self._entries[name] = TableEntry(**written._asdict())
        return written

    def publish(
        self,
        *,
        bundle_id: str,
        policy_version: str,
        key_id: str = "",
        versions: Mapping[str, str] | None = None,
        counts: Mapping[str, Mapping[str, int]] | None = None,
        timings: Mapping[str, float] | None = None,
    ) -> Manifest:
        """The manifest of the night, now published: every file replaced, folders fsynced, manifest written last.

        Raises
        ------
        TextmineError
            If the disk is full or broken. The night may then be half replaced, which readers notice; run it again.
        """
        manifest = Manifest.model_validate(
            {
                "night": self.night,
                "run_id": self.run_id,
                "tables": self._entries,
                "bundle_id": bundle_id,
                "policy_version": policy_version,
                "key_id": key_id,
                "versions": versions or {},
                "counts": counts or {},
                "timings": timings or {},
            }
        )
        place_all(self._files.values())
        return write_manifest(manifest, lake=self.lake)

    def discard(self) -> None:
        """Remove what has not taken its place."""
        for staged in self._files.values():
            staged.discard()


@contextmanager
def staged_night(*, lake: Lake, night: date, run_id: str) -> Iterator[StagedNight]:
    """A night to fill; whatever was not published when the block ends is thrown away, and the old night stays."""
    staged = StagedNight(lake=lake, night=night, run_id=run_id)
    try:
        yield staged
    finally:
        staged.discard()

"""Where everything of a lake lies. The one place that knows the folder names."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from textmine.store.durable import make_folder
from textmine.store.sweep import sweep_temps

PRIVATE, SHARED = 0o700, 0o755


@dataclass(frozen=True)
class Lake:
    """Paths under one root. ``landing``, ``quarantine``, ``ledger`` and ``work`` are readable by the owner alone."""

    root: Path

    @property
    def landing(self) -> Path:
        """Encrypted units, content-addressed."""
        return self.root / "landing"

    @property
    def published(self) -> Path:
        """The tables people read."""
        return self.root / "published"

    @property
    def quarantine(self) -> Path:
        """Encrypted content of what could not be used."""
        return self.root / "quarantine"

    @property
    def ledger(self) -> Path:
        """Runs, units, nights, cursors, record ids, locks."""
        return self.root / "ledger"

    @property
    def labels(self) -> Path:
        """Labels people gave."""
        return self.root / "labels"

    @property
    def registry(self) -> Path:
        """Topic names, pins, mutes, actions."""
        return self.root / "registry"

    @property
    def index(self) -> Path:
        """What later nights look back on."""
        return self.root / "index"

    @property
    def reports(self) -> Path:
        """HTML and workbooks."""
        return self.root / "reports"

    @property
    def work(self) -> Path:
        """Scratch of the running night; sealed where it holds raw text."""
        return self.root / "work"

    def table_file(self, name: str, night: date) -> Path:
        """Path of one table of one night."""
        return self.published / name / f"night={night}" / "data.parquet"

    def manifest_file(self, night: date) -> Path:
        """Path of the manifest that makes a night count as published."""
        return self.published / "_manifest" / f"night={night}.json"

    def records_file(self, night: date) -> Path:
        """Path of the ids of a night."""
        return self.ledger / "records" / f"night={night}.parquet"

    def index_file(self, kind: str, night: date) -> Path:
        """Path of one look-back index of a night."""
        return self.index / kind / f"night={night}.parquet"

    def unit_file(self, digest: str) -> Path:
        """Path of a landed unit."""
        return self.landing / digest[:2] / f"{digest}.bin"

    def prepare(self) -> None:
        """Make the folders, close the private ones to others, remove temp files of dead runs."""
        manifests = self.manifest_file(date.min).parent
        for folder in (self.root, self.published, manifests, self.labels, self.registry, self.index, self.reports):
            make_folder(folder, mode=SHARED)
        for folder in (self.landing, self.quarantine, self.ledger, self.work):
            make_folder(folder, mode=PRIVATE)
            folder.chmod(PRIVATE)
        sweep_temps(self.root)
